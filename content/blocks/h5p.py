"""An activity made with H5P, in a lesson: the package, and words for those who cannot use it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser

from content.blocks.text import FEATURES, paragraph
from content.exercises import Activity


class PackageChooser(BaseChooser):
    """The button that opens the window in which an activity is chosen."""

    model = "content.H5PPackage"
    icon = "tasks"
    chooser_modal_url_name = "h5p_chooser:choose"
    choose_one_text = _("Choose an activity")
    choose_another_text = _("Choose another activity")
    link_to_chosen_text = _("Look at this activity")


class PackageBlock(blocks.ChooserBlock):
    """The activity that is played. It is the same in every language, so that what was done is."""

    target_model = "content.H5PPackage"
    widget = PackageChooser()

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        """Keep the activity, whatever an older version had in its place."""
        return value

    class Meta:
        icon = "tasks"


class ActivityValue(blocks.StructValue):
    def exercise(self, block_id):
        """Return this activity as an Activity; `block_id` is the block's own id."""
        package = self.get("package")
        return Activity(
            id=str(block_id),
            title=self["title"],
            package=package.pk if package else None,
            words=str(self["words"]),
            asked=bool(self["asked"]),
        )


class H5PBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    package = PackageBlock(label=_("Activity"))
    words = blocks.RichTextBlock(
        label=_("The same in words"),
        features=FEATURES,
        required=False,
        help_text=_(
            "For people who cannot use the activity: what it shows and asks, so that they can "
            "read it and think about it instead."
        ),
    )
    asked = blocks.BooleanBlock(
        label=_("People finish this step once they did the activity"),
        required=False,
        help_text=_("Doing it in words counts as well. How well somebody did it never counts."),
    )

    class Meta:
        icon = "tasks"
        label = _("Activity (H5P)")
        description = _("Something to play with, made with H5P and uploaded here.")
        value_class = ActivityValue
        template = "content/blocks/h5p.html"
        preview_value = staticmethod(
            lambda: {
                "title": _("Which answer leaves room?"),
                "words": paragraph(
                    _("Three people answer a friend. Which answer would make you go on talking?")
                ),
                "asked": False,
            }
        )
