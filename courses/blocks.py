"""Blocks of a session's page: its aims, and the timed plan of its activities."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.session_plan import usual


class ActivityType(models.TextChoices):
    """What kind of thing a part of a session is."""

    WELCOME = "welcome", _("Welcome")
    SHARING = "sharing", _("Sharing")
    MINI_TALK = "mini_talk", _("Short talk")
    DEMO = "demo", _("Demonstration")
    BRAINSTORM = "brainstorm", _("Gathering ideas")
    DISCUSSION = "discussion", _("Talking together")
    PRACTICE = "practice", _("Practice")
    PRACTICE_FACILITATION = "practice_facilitation", _("Practice in leading")
    FEEDBACK = "feedback", _("Feedback on plans")
    ACTION_PLAN = "action_plan", _("Action plan")
    RELAXATION = "relaxation", _("Pause")
    BREAK = "break", _("Break")
    CLOSE = "close", _("Close")
    OTHER = "other", _("Activity")


class ActivityBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    type = blocks.ChoiceBlock(label=_("Type"), choices=ActivityType.choices)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=240)
    note = blocks.TextBlock(
        label=_("For facilitators only"),
        rows=2,
        required=False,
        help_text=_("Trainees never see this."),
    )

    class Meta:
        icon = "time"
        label = _("Activity")
        description = _("One timed part of the session.")
        preview_value = {
            "title": _("Listening without replying"),
            "type": "practice",
            "minutes": 20,
        }


class PlanBody(blocks.StreamBlock):
    activity = ActivityBlock()

    class Meta:
        label = _("Session plan")


def usual_plan(number, minutes):
    """Return the usual plan of a session as the value of its stream; titles are to be changed."""
    return [
        (
            "activity",
            {"title": str(ActivityType(kind).label), "type": kind, "minutes": share, "note": ""},
        )
        for kind, share in usual(number, minutes)
    ]


class AimsBody(blocks.StreamBlock):
    aim = blocks.CharBlock(label=_("Aim"), max_length=200, icon="tick")

    class Meta:
        label = _("Aims")


class SourcesBody(blocks.StreamBlock):
    source = blocks.StructBlock(
        [
            ("text", blocks.CharBlock(label=_("Source"), max_length=300)),
            ("url", blocks.URLBlock(label=_("Address"), required=False)),
        ],
        icon="link",
        label=_("Source"),
    )


class LinesBody(blocks.StreamBlock):
    line = blocks.CharBlock(label=_("Line"), max_length=160, icon="list-ul")
