"""What of an organisation's certificates is set in parts: who signs them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SignatoryBlock(blocks.StructBlock):
    """Somebody whose name stands below the letter."""

    name = blocks.CharBlock(label=_("Name"), max_length=80)
    role = blocks.CharBlock(
        label=_("What they do"),
        max_length=80,
        required=False,
        help_text=_("For example: Chair, or Facilitator of the course."),
    )

    class Meta:
        label = _("Someone who signs")
        label_format = "{name}"
        icon = "edit"
