"""What organisers fill in when a session changes, or is cancelled."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.forms.cohorts import (
    GONE,
    PAIR,
    PLACE_TOO_LONG,
    PairFields,
    WhenFields,
    leaders,
)
from courses.models import MeetingWay, SessionRun

REASON = forms.CharField(
    label=_("Why"),
    required=False,
    max_length=200,
    help_text=_("For your own record. We do not send it. Please write nothing about health."),
    error_messages={"max_length": PLACE_TOO_LONG},
)


class SessionForm(PairFields, WhenFields):
    """When a session is, where, and who leads it."""

    way = forms.ChoiceField(
        label=_("How you meet, this time"),
        required=False,
        choices=[("", _("As usual")), *MeetingWay.choices],
        error_messages={"invalid_choice": GONE},
    )
    place = forms.CharField(
        label=_("Place or link, this time"),
        required=False,
        max_length=200,
        help_text=_("Leave both as they are when you meet as usual."),
        error_messages={"max_length": PLACE_TOO_LONG},
    )
    reason = REASON

    field_order = ["day", "time", "way", "place", "reason", *PAIR]

    def __init__(self, *args, session_run: SessionRun, **kwargs):
        starts_at = timezone.localtime(session_run.starts_at)
        initial = {
            "day": starts_at.date(),
            "time": starts_at.time(),
            "way": session_run.way,
            "place": session_run.place,
            "facilitator": session_run.facilitator_id,
            "co_facilitator": session_run.co_facilitator_id,
            "one_facilitator_reason": session_run.one_facilitator_reason,
        }
        super().__init__(*args, initial=initial, **kwargs)
        now_leading = [session_run.facilitator_id, session_run.co_facilitator_id]
        self.let_lead(leaders([session_run.cohort.organisation_id], besides=now_leading))

    @property
    def details(self):
        """What `actions.sessions.change_session` is told."""
        names = ["starts_at", "way", "place", "reason", *PAIR]
        return {name: self.cleaned_data[name] for name in names}


class CancelForm(forms.Form):
    """Why a session is cancelled."""

    reason = REASON
