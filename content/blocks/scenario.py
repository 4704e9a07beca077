"""A scenario: a talk that branches, as a peer educator writes it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from content import scenario_words
from content.blocks.scenario_faults import as_errors, faults_of
from content.blocks.translating import NameBlock
from content.exercises import Choice, Ending, Scenario, ScenarioStep

STEPS_AT_MOST, CHOICES_AT_MOST = 20, 6


class TagsBlock(blocks.MultipleChoiceBlock):
    """Skills or roadblocks, ticked by their plain names."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(**kwargs)


class ScenarioChoiceBlock(blocks.StructBlock):
    say = blocks.TextBlock(label=_("What one could say or do"), rows=2, max_length=500)
    then = blocks.TextBlock(
        label=_("What happens next"),
        rows=2,
        max_length=500,
        help_text=_("What the other person says or does then."),
    )
    feedback = blocks.TextBlock(
        label=_("What we say back"),
        rows=2,
        max_length=500,
        help_text=_("Begin with what the person did. Then say what it does to the other."),
    )
    skills = TagsBlock(label=_("Skills it shows"), choices=scenario_words.skills)
    roadblocks = TagsBlock(label=_("Roadblocks it shows"), choices=scenario_words.roadblocks)
    kind = blocks.BooleanBlock(label=_("Meant kindly, but does not help"), required=False)
    go = NameBlock(
        label=_("Goes to"),
        required=False,
        max_length=40,
        help_text=_("The name of a step or of an ending, like 2b."),
    )
    safety_step = blocks.TextBlock(
        label=_("The right step"),
        rows=2,
        required=False,
        max_length=500,
        help_text=_(
            "Only for a choice that could do harm. The right step is shown at once, and people "
            "choose again. Leave “Goes to” empty then."
        ),
    )

    class Meta:
        label = _("Choice")
        label_format = "{say}"
        form_layout = [
            "say",
            "then",
            "feedback",
            "go",
            BlockGroup(
                ["skills", "roadblocks", "kind"],
                heading=_("What it shows"),
                icon="tag",
                help_text=_("Tick at least one. People read it after they have chosen."),
            ),
            "safety_step",
        ]


class ScenarioStepBlock(blocks.StructBlock):
    name = NameBlock(
        label=_("Name of this step"),
        max_length=40,
        help_text=_("Short, like 1 or 2b. Choices lead here by this name."),
    )
    words = blocks.TextBlock(
        label=_("What happens, and what the other says"),
        rows=3,
        max_length=800,
        help_text=_("Sixty words or fewer are enough for one screen."),
    )
    repair = blocks.BooleanBlock(
        label=_("This step is a chance to repair"),
        required=False,
        help_text=_("Something went badly just before, and people can mend it here."),
    )
    choices = blocks.ListBlock(
        ScenarioChoiceBlock(),
        label=_("Choices"),
        min_num=1,
        max_num=CHOICES_AT_MOST,
        collapsed=True,
        help_text=_("Three are right for most steps. Make none of them silly."),
    )

    class Meta:
        label = _("Step")
        label_format = "{name}: {words}"


class EndingBlock(blocks.StructBlock):
    name = NameBlock(
        label=_("Name of this ending"),
        max_length=40,
        help_text=_("Short, like “heard”. Choices lead here by this name."),
    )
    kind = blocks.ChoiceBlock(label=_("What kind of ending it is"), choices=scenario_words.endings)
    words = blocks.TextBlock(label=_("How it ends"), rows=3, max_length=800)

    class Meta:
        label = _("Ending")
        label_format = "{name}: {words}"


def _text(value, name):
    return value.get(name) or ""


class ScenarioValue(blocks.StructValue):
    def exercise(self, block_id):
        """Return this talk as a Scenario; `block_id` is the block's own id."""
        return Scenario(
            id=str(block_id),
            title=_text(self, "title"),
            setting=_text(self, "setting"),
            content_note=_text(self, "content_note"),
            safety=bool(self.get("safety")),
            skills=tuple(self.get("skills") or ()),
            steps=tuple(_step(child) for child in self["steps"].bound_blocks),
            endings=tuple(_ending(child) for child in self["endings"].bound_blocks),
            debrief=_text(self, "debrief"),
        )

    @property
    def scenario(self):
        """This talk as a Scenario, where its id is of no matter."""
        return self.exercise("")


def _step(child):
    value = child.value
    return ScenarioStep(
        id=str(child.id),
        name=_text(value, "name"),
        words=_text(value, "words"),
        repair=bool(value.get("repair")),
        choices=tuple(_choice(each) for each in value["choices"].bound_blocks),
    )


def _choice(child):
    value = child.value
    return Choice(
        id=str(child.id),
        skills=tuple(value.get("skills") or ()),
        roadblocks=tuple(value.get("roadblocks") or ()),
        kind=bool(value.get("kind")),
        **{name: _text(value, name) for name in ("say", "then", "feedback", "go", "safety_step")},
    )


def _ending(child):
    texts = {name: _text(child.value, name) for name in ("name", "kind", "words")}
    return Ending(id=str(child.id), **texts)


PREVIEW = {
    "title": _("News from the clinic"),
    "setting": _("The tea break. Amina sits down next to you."),
    "skills": ["reflect", "silence"],
    "steps": [
        {
            "name": "1",
            "words": _("“They told me on Monday. I haven’t slept.”"),
            "choices": [
                {
                    "say": _("“Try not to worry.”"),
                    "then": _("She looks at her cup."),
                    "feedback": _("You offered hope before she had finished."),
                    "roadblocks": ["reassure"],
                    "kind": True,
                    "go": "2b",
                },
                {
                    "say": _("“Monday, and no sleep since.”"),
                    "then": _("She breathes out."),
                    "feedback": _("You said it back, so she went on."),
                    "skills": ["reflect"],
                    "go": "heard",
                },
            ],
        }
    ],
    "endings": [{"name": "heard", "kind": "heard", "words": _("She thinks of her sister.")}],
}


class ScenarioBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    setting = blocks.TextBlock(
        label=_("Where you are"),
        rows=3,
        max_length=800,
        help_text=_("Who is there, and what is going on. Two or three short sentences."),
    )
    content_note = blocks.TextBlock(
        label=_("Content note"),
        rows=2,
        required=False,
        max_length=500,
        help_text=_(
            "What upsetting thing it touches, if any. It is read before the talk begins, and "
            "people may skip the talk at no cost."
        ),
    )
    safety = blocks.BooleanBlock(
        label=_("This talk is about safety"),
        required=False,
        help_text=_("The people to turn to then stand on every screen."),
    )
    skills = TagsBlock(label=_("What people practise"), choices=scenario_words.skills)
    steps = blocks.ListBlock(
        ScenarioStepBlock(),
        label=_("Steps"),
        min_num=1,
        max_num=STEPS_AT_MOST,
        collapsed=True,
        help_text=_("The talk begins at the first step. Five to eight are enough."),
    )
    endings = blocks.ListBlock(
        EndingBlock(), label=_("Endings"), min_num=1, max_num=10, collapsed=True
    )
    debrief = blocks.TextBlock(
        label=_("Afterwards"),
        rows=3,
        required=False,
        max_length=1500,
        help_text=_("Words to read after any ending, if you like."),
    )

    class Meta:
        icon = "comment"
        label = _("Scenario")
        description = _(
            "A talk to play: what happens, what one could say, and what comes of it. "
            "“Scenarios” in the menu at the top of the page draws it."
        )
        value_class = ScenarioValue
        template = "content/blocks/scenario.html"
        preview_template = "content/previews/scenario.html"
        preview_value = PREVIEW

    def clean(self, value):
        """Say what is amiss at the very choice. A draft may have faults; what is published not."""
        mine = {} if self.is_deferred_validation else faults_of(value)
        theirs = None
        try:
            value = super().clean(value)
        except ValidationError as errors:
            theirs = errors
        if theirs or mine:
            raise as_errors(mine, theirs)
        return value
