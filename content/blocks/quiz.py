"""A question of a knowledge check. Every option has feedback, and none is called wrong."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from content.exercises import Check, Option


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    best = blocks.BooleanBlock(label=_("This is the best answer"), required=False)
    feedback = blocks.TextBlock(
        label=_("What we say back"),
        rows=2,
        help_text=_("Begin with what the person did. Then say what it does to the other."),
    )

    class Meta:
        label = _("Answer")


class CheckValue(blocks.StructValue):
    def exercise(self, block_id):
        """Return this question as a Check; `block_id` is the block's own id."""
        return Check(
            id=str(block_id),
            question=self["question"],
            options=tuple(
                Option(
                    id=str(child.id),
                    text=child.value["text"],
                    feedback=child.value["feedback"],
                    best=bool(child.value["best"]),
                )
                for child in self["options"].bound_blocks
            ),
            choose=self["choose"],
            safety=self["safety"],
        )


class SafetyBlock(blocks.BooleanBlock):
    """Whether a question is about safety: such a question is named apart, and always needed."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("This question is about safety"))
        kwargs.setdefault("help_text", _("Danger, secrets, or advice about medicines."))
        super().__init__(**{"required": False, **kwargs})


class CheckBlock(blocks.StructBlock):
    question = blocks.TextBlock(label=_("Question"), rows=2, max_length=500)
    choose = blocks.ChoiceBlock(
        label=_("People choose"),
        choices=[("one", _("one answer")), ("several", _("every answer that fits"))],
        default="one",
    )
    safety = SafetyBlock()
    options = blocks.ListBlock(
        OptionBlock(),
        label=_("Answers"),
        min_num=2,
        max_num=8,
        default=[{"text": "", "best": False, "feedback": ""}] * 2,
    )

    class Meta:
        icon = "help"
        label = _("Check yourself")
        description = _("One question. Write kind, useful feedback for every answer.")
        value_class = CheckValue
        template = "content/blocks/check.html"
        preview_value = {
            "question": _("Amina says, “I’m sick of being told to cheer up.” What would you say?"),
            "choose": "one",
            "safety": False,
            "options": [
                {
                    "text": _("You’ll feel better soon."),
                    "best": False,
                    "feedback": _("You offered hope."),
                },
                {
                    "text": _("You want them to stop, and just hear you."),
                    "best": True,
                    "feedback": _("You said back the feeling and the wish."),
                },
            ],
        }

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:  # a draft may have gaps, and is kept with them
            return value
        best = sum(bool(option["best"]) for option in value["options"])
        if best == 0:
            raise self._about_options(_("Mark the best answer, so that we can tell people."))
        if value["choose"] == "one" and best == len(value["options"]):
            raise self._about_options(
                _(
                    "Every answer is marked as the best one. "
                    "Leave at least one that is less helpful."
                )
            )
        return value

    @staticmethod
    def _about_options(message):
        return StructBlockValidationError(
            block_errors={
                "options": ListBlockValidationError(non_block_errors=[ValidationError(message)])
            }
        )
