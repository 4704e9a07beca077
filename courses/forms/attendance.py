"""The attendance sheet of one session."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from courses.models import AttendanceMark


@dataclass(frozen=True)
class Line:
    """One person on the sheet: what is chosen now, and what was when the sheet was drawn."""

    enrolment: int
    name: str
    chosen: str
    was: str
    problems: list[str]


class AttendanceForm(forms.Form):
    """A choice for each person. It says what its writer changed, not what they found marked.

    `was_…` is what the sheet showed, so that saving an old sheet does not take back what somebody
    else has marked since. `key` is made for each sheet, so that sending it twice is once.
    """

    def __init__(self, *args, people, latest, **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.latest = people, latest
        for person in people:
            name = person.trainee.name
            self.fields[f"mark_{person.pk}"] = forms.ChoiceField(
                label=name,
                choices=AttendanceMark.choices,
                required=False,
                widget=forms.RadioSelect,
                error_messages={
                    "invalid_choice": _(
                        "We do not know that mark for %(name)s. "
                        "Choose Here, Made up, Excused or Away."
                    )
                    % {"name": name}
                },
            )

    @property
    def lines(self):
        """The sheet, person by person."""
        return [self._line(person.pk, person.trainee.name) for person in self.people]

    @property
    def has_unmarked(self):
        """True while somebody has no mark."""
        return any(person.pk not in self.latest for person in self.people)

    def _line(self, pk, name):
        latest = self.latest.get(pk, "")
        field = f"mark_{pk}"
        return Line(
            enrolment=pk,
            name=name,
            chosen=(self.data.get(field) if self.is_bound else None) or latest,
            was=self.data.get(f"was_{pk}", latest),
            problems=self.errors.get(field, []) if self.is_bound else [],
        )

    @cached_property
    def sheet_key(self):
        """The sheet's own key; a new one when it came without one that can be read."""
        try:
            return UUID(self.data.get("key", ""))
        except ValueError:
            return uuid4()

    @property
    def marks(self):
        """What the writer changed: {enrolment id: AttendanceMark}.

        With “Everyone else was here”, whoever has no mark on the sheet or since is here.
        """
        changed = {
            line.enrolment: AttendanceMark(self.cleaned_data[f"mark_{line.enrolment}"])
            for line in self.lines
            if self.cleaned_data.get(f"mark_{line.enrolment}")
            and self.cleaned_data[f"mark_{line.enrolment}"] != line.was
        }
        if "everyone" not in self.data:
            return changed
        others = {
            person.pk: AttendanceMark.PRESENT
            for person in self.people
            if person.pk not in changed and not self.latest.get(person.pk)
        }
        return changed | others
