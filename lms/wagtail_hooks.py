"""The CMS in our colours, and what helps while one writes."""

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def our_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("lms/cms/cms.css"))


@hooks.register("insert_editor_js")
def help_while_writing():
    names = ("goes-to", "one-save", "keep-saving", "open-what-is-empty", "name-what-is-added")
    scripts = [(static(f"lms/cms/{name}.js"),) for name in names]
    return format_html_join("", '<script src="{}" defer></script>', scripts)
