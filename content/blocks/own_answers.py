"""Questions that nobody marks: answer in your own words and compare, say how sure you are."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.exercises import Item, Scale, Short


class ShortValue(blocks.StructValue):
    def exercise(self, block_id):
        """Return this question as a Short; `block_id` is the block's own id."""
        return Short(
            id=str(block_id),
            question=self["question"],
            models=tuple(self["models"]),
            look_for=tuple(self["look_for"]),
            help=self["help"],
        )


class ShortBlock(blocks.StructBlock):
    question = blocks.TextBlock(label=_("Question"), rows=2, max_length=500)
    help = blocks.TextBlock(label=_("A word of help"), rows=2, required=False, max_length=500)
    models = blocks.ListBlock(
        blocks.TextBlock(label=_("A good answer"), rows=2, max_length=500),
        label=_("Good answers to compare with"),
        min_num=1,
        max_num=3,
    )
    look_for = blocks.ListBlock(
        blocks.CharBlock(label=_("What to look for"), max_length=200),
        label=_("What to look for in one’s own answer"),
        min_num=1,
        max_num=6,
    )

    class Meta:
        icon = "edit"
        label = _("Short answer")
        description = _(
            "A question to answer in a sentence or two. "
            "Then the writer sees good answers, and compares for themselves."
        )
        value_class = ShortValue
        template = "content/blocks/short.html"
        preview_value = {
            "question": _("Open up this question: “Did you tell your family?”"),
            "help": _("One sentence is enough."),
            "models": [_("How has it been with your family?")],
            "look_for": [_("It cannot be answered with yes or no.")],
        }


class ScaleValue(blocks.StructValue):
    def exercise(self, block_id):
        """Return these statements as a Scale; `block_id` is the block's own id."""
        return Scale(
            id=str(block_id),
            question=self["question"],
            statements=tuple(
                Item(str(child.id), child.value) for child in self["statements"].bound_blocks
            ),
            lowest=self["lowest"],
            highest=self["highest"],
            said_back=self["said_back"],
            help=self["help"],
        )


class ScaleBlock(blocks.StructBlock):
    question = blocks.TextBlock(label=_("Question"), rows=2, max_length=500)
    help = blocks.TextBlock(label=_("A word of help"), rows=2, required=False, max_length=500)
    lowest = blocks.CharBlock(label=_("What 0 means"), max_length=60, default=_("not sure at all"))
    highest = blocks.CharBlock(
        label=_("What 10 means"), max_length=60, default=_("as sure as can be")
    )
    statements = blocks.ListBlock(
        blocks.CharBlock(label=_("Statement"), max_length=200),
        label=_("Statements"),
        help_text=_("Each gets a number from 0 to 10, and each may be left out."),
        min_num=1,
        max_num=12,
    )
    said_back = blocks.TextBlock(
        label=_("What we say back"), rows=2, required=False, max_length=500
    )

    class Meta:
        icon = "order"
        label = _("Scale")
        description = _("A few statements, each with a number from 0 to 10. Nobody marks it.")
        value_class = ScaleValue
        template = "content/blocks/scale.html"
        preview_value = {
            "question": _("How sure are you today that you can …"),
            "help": "",
            "lowest": _("not sure at all"),
            "highest": _("as sure as can be"),
            "statements": [_("help people feel welcome?"), _("listen without giving advice?")],
            "said_back": _("Keep this. You will see it again at the end."),
        }
