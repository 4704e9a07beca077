"""The CMS in our colours, and what helps while one writes."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def our_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("lms/cms/cms.css"))


@hooks.register("insert_editor_js")
def names_to_go_to():
    return format_html('<script src="{}" defer></script>', static("lms/cms/goes-to.js"))
