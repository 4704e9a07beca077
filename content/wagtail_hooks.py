"""What the content app adds to the CMS."""

from wagtail import hooks

from content.views.h5p_chooser import chooser


@hooks.register("register_admin_viewset")
def activities_to_choose():
    return chooser
