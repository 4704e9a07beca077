"""The course's question bank, and the place in a lesson where a set of it is asked."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content.blocks.arranging import OrderBlock, SortBlock
from content.blocks.quiz import CheckBlock
from content.exercises import CourseCheck

QUESTIONS = ("check", "order", "sort")


class CheckPurpose(models.TextChoices):
    """What a set of questions is for."""

    BASELINE = "baseline", _("before the course: nothing is said back")
    FINAL = "final", _("at the end of the course")
    PRACTICE = "practice", _("to practise in between")


class CourseCheckValue(blocks.StructValue):
    def exercise(self, block_id):
        """Return this set as a CourseCheck; `block_id` is the block's own id."""
        return CourseCheck(
            id=str(block_id),
            title=self["title"],
            purpose=self["purpose"],
            draw=self["draw"],
            need=self["need"] or 0,
            help=self["help"],
        )


class CourseCheckBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    help = blocks.TextBlock(label=_("A word of help"), rows=2, required=False, max_length=500)
    purpose = blocks.ChoiceBlock(
        label=_("What it is for"), choices=CheckPurpose.choices, default=CheckPurpose.FINAL
    )
    draw = blocks.IntegerBlock(
        label=_("How many questions"),
        min_value=1,
        max_value=100,
        default=20,
        help_text=_("Drawn anew each time. Every question about safety is always among them."),
    )
    need = blocks.IntegerBlock(
        label=_("How many are enough"),
        min_value=0,
        max_value=100,
        default=16,
        required=False,
        help_text=_("The ones about safety are needed as well, whatever the number."),
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Questions from the bank")
        description = _("A set of questions from the course’s question bank, one on each screen.")
        value_class = CourseCheckValue
        template = "content/blocks/course_check.html"
        preview_value = {
            "title": _("What you know now"),
            "help": "",
            "purpose": "final",
            "draw": 20,
            "need": 16,
        }

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:  # a draft may have gaps, and is kept with them
            return value
        problem = self._problem(value["draw"], value["need"] or 0, value["purpose"])
        if problem:
            raise StructBlockValidationError(block_errors={"need": ValidationError(problem)})
        return value

    @staticmethod
    def _problem(draw, need, purpose):
        if need > draw:
            return _("This is more than the number of questions that are asked.")
        if not need and purpose != CheckPurpose.BASELINE:
            return _("Say how many are enough, so that people know what they aim for.")
        return None


class BankBody(blocks.StreamBlock):
    """Questions, in groups: each heading begins one. A set takes evenly from all of them."""

    heading = blocks.CharBlock(
        label=_("Heading"),
        max_length=120,
        icon="title",
        help_text=_("Like “Session 1”. Each heading begins a group of questions."),
    )
    check = CheckBlock()
    order = OrderBlock()
    sort = SortBlock()

    class Meta:
        label = _("Questions")


def questions(body):
    """Return {question id: (heading above it, question)} for a bank's stream, in its order."""
    found, heading = {}, ""
    for block in body:
        if block.block_type in QUESTIONS:
            found[str(block.id)] = heading, block.value.exercise(block.id)
        else:
            heading = str(block.value)
    return found
