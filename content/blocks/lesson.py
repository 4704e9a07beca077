"""The one list of what a lesson can be made of, and how it falls into steps."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from content.blocks.agreeing import AgreementBlock, GroupAgreementBlock
from content.blocks.arranging import OrderBlock, SortBlock
from content.blocks.h5p import H5PBlock
from content.blocks.media import AudioBlock, DownloadBlock, PictureBlock, VideoBlock
from content.blocks.own_answers import ScaleBlock, ShortBlock
from content.blocks.question_bank import CourseCheckBlock
from content.blocks.quiz import CheckBlock
from content.blocks.scenario import ScenarioBlock
from content.blocks.text import CalloutBlock, ReadBlock, SayBlock, StepBlock
from content.blocks.writing import ChecklistBlock, PlanBlock, ReflectionBlock

EXERCISES = (
    "check",
    "order",
    "sort",
    "short",
    "scale",
    "course_check",
    "scenario",
    "reflection",
    "action_plan",
    "checklist",
    "group_agreement",
    "agreement",
    "h5p",
)


@dataclass
class Step:
    """One screen of a lesson: its id (the step block's own), title, and the blocks on it."""

    id: str
    title: str
    blocks: list = field(default_factory=list)

    @property
    def exercises(self):
        """The exercises on this screen, as plain data."""
        return [
            block.value.exercise(block.id)
            for block in self.blocks
            if block.block_type in EXERCISES
        ]


def steps(body) -> Iterator[Step]:
    """Yield the steps of a lesson's stream, in order.

    What stands before the first "New step" (which the editor does not allow, but an import might
    bring) becomes a step of its own, so nothing is ever hidden.
    """
    current = None
    for block in body:
        if block.block_type == "step":
            if current:
                yield current
            current = Step(id=str(block.id), title=block.value["title"])
        else:
            current = current or Step(id=str(block.id), title="")
            current.blocks.append(block)
    if current:
        yield current


class LessonBody(blocks.StreamBlock):
    step = StepBlock(group=_("Screens"))
    read = ReadBlock(group=_("Words"))
    say = SayBlock(group=_("Words"))
    callout = CalloutBlock(group=_("Words"))
    picture = PictureBlock(group=_("See and hear"))
    video = VideoBlock(group=_("See and hear"))
    audio = AudioBlock(group=_("See and hear"))
    download = DownloadBlock(group=_("See and hear"))
    check = CheckBlock(group=_("Exercises"))
    order = OrderBlock(group=_("Exercises"))
    sort = SortBlock(group=_("Exercises"))
    short = ShortBlock(group=_("Exercises"))
    scale = ScaleBlock(group=_("Exercises"))
    course_check = CourseCheckBlock(group=_("Exercises"))
    scenario = ScenarioBlock(group=_("Exercises"))
    reflection = ReflectionBlock(group=_("Exercises"))
    action_plan = PlanBlock(group=_("Exercises"))
    checklist = ChecklistBlock(group=_("Exercises"))
    h5p = H5PBlock(group=_("Exercises"))
    group_agreement = GroupAgreementBlock(group=_("Agreements"))
    agreement = AgreementBlock(group=_("Agreements"))

    class Meta:
        label = _("Lesson")

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:  # a draft may have gaps, and is kept with them
            return value
        faults = {}
        exercises_on_screen = 0
        for index, block in enumerate(value):
            if index == 0 and block.block_type != "step":
                faults[index] = ValidationError(
                    _("Begin the lesson with a “New step” above this, so that it has a title.")
                )
            if block.block_type == "step":
                exercises_on_screen = 0
            elif block.block_type in EXERCISES:
                exercises_on_screen += 1
                if exercises_on_screen > 1:
                    faults[index] = ValidationError(
                        _(
                            "Put a “New step” above this exercise. "
                            "One exercise on a screen is enough."
                        )
                    )
        if faults:
            raise StreamBlockValidationError(block_errors=faults)
        return value
