"""What helps somebody take part, and with whom they share it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Need

LONGEST = 200


class NeedsForm(forms.Form):
    """Nothing is asked for, and nothing is ticked until its owner ticks it."""

    needs = forms.MultipleChoiceField(
        label=_("What helps me"),
        choices=Need.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("One of these is no longer on the list.")},
    )
    own_words = forms.CharField(
        label=_("In my own words"),
        help_text=_(
            "Say what helps, like “I type better than I talk”. You never need to say why, or what"
            " you live with."
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Please use 200 letters or fewer.")},
    )
    with_organisers = forms.BooleanField(
        label=_("the organisers"),
        help_text=_("They arrange the room and the papers."),
        required=False,
    )
    with_facilitators = forms.BooleanField(
        label=_("the facilitators of my group"),
        help_text=_("They lead the sessions."),
        required=False,
    )
    with_observers = forms.BooleanField(
        label=_("the observer of my practice"),
        help_text=_("They see it when they come to watch me practise."),
        required=False,
    )
    with_mentor = forms.BooleanField(required=False)

    def __init__(self, *args, mentor=None, **kwargs):
        super().__init__(*args, **kwargs)
        if mentor is None:
            del self.fields["with_mentor"]
        else:
            self.fields["with_mentor"].label = _("%(name)s, my peer mentor") % {
                "name": mentor.name
            }

    @property
    def readers(self):
        return [self[name] for name in self.fields if name.startswith("with_")]

    @property
    def said(self):
        """What the action takes. Without a mentor there is nobody to tick."""
        return {"with_mentor": False, **self.cleaned_data}


def as_said(found):
    """Return what a form begins with: what its owner said last."""
    if found is None:
        return {}
    return {
        "needs": found.needs,
        "own_words": found.own_words,
        "with_organisers": found.with_organisers,
        "with_facilitators": found.with_facilitators,
        "with_observers": found.with_observers,
        "with_mentor": found.mentor_id is not None
        and found.mentor_id == found.enrolment.mentor_id,
    }
