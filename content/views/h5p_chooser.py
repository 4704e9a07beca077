"""Choosing an activity for a lesson, as one chooses a picture."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet


class H5PChooser(ChooserViewSet):
    """The window in which an activity is chosen."""

    model = "content.H5PPackage"
    icon = "tasks"
    choose_one_text = _("Choose an activity")
    choose_another_text = _("Choose another activity")
    edit_item_text = _("Look at this activity")


chooser = H5PChooser("h5p_chooser")
