"""The attendance sheet of one session, and a catch-up of one person."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from courses.actions.attendance import Mark
from courses.forms.progress import KeyForm
from courses.models import Attendance, AttendanceMark, MeetingWay

COMMON = (AttendanceMark.PRESENT, AttendanceMark.ABSENT)
OTHERS = tuple(mark for mark in AttendanceMark if mark not in COMMON)
LETTERS_AT_MOST = Attendance._meta.get_field("reason").max_length
TOO_LONG = _("Please say it in %(limit_value)s letters or fewer. It is still here.")


@dataclass(frozen=True)
class Line:
    """One person on the sheet: what is chosen now, and which mark the sheet was drawn from."""

    enrolment: int
    name: str
    chosen: Mark
    was: int | str
    problems: list[str]

    @property
    def is_usual(self):
        """True when two large buttons say it all."""
        return self.chosen.is_plain and self.chosen.mark in ("", *COMMON)

    @property
    def may_catch_up(self):
        return self.chosen.mark in (AttendanceMark.EXCUSED, AttendanceMark.ABSENT)


class AttendanceForm(forms.Form):
    """A choice for each person. It says what its writer changed, not what they found marked.

    `rows` are the marks of the session, oldest first. `was_…` names the one that the sheet
    showed, so that saving an old sheet does not take back what somebody else has marked since.
    `key` is made for each sheet, so that sending it twice is once. `disputed` is
    {enrolment id: (Mark its writer chose, why it is asked again)}.
    """

    def __init__(self, *args, people, rows, disputed=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.disputed = people, disputed or {}
        self.rows = {row.pk: row for row in rows}
        self.latest = {row.enrolment_id: row for row in rows}
        for person in people:
            self._add_fields(person.pk, {"name": person.trainee.name})

    def _add_fields(self, pk, name):
        unknown = _("We do not know that mark for %(name)s. Choose one of those on the sheet.")
        self.fields[f"mark_{pk}"] = forms.ChoiceField(
            label=name["name"],
            choices=AttendanceMark.choices,
            required=False,
            error_messages={"invalid_choice": unknown % name},
        )
        self.fields[f"way_{pk}"] = forms.ChoiceField(
            label=name["name"],
            choices=[("", ""), *MeetingWay.choices],
            required=False,
            error_messages={
                "invalid_choice": _("Choose how %(name)s took part from the list.") % name
            },
        )
        self.fields[f"reason_{pk}"] = forms.CharField(
            label=name["name"],
            max_length=LETTERS_AT_MOST,
            required=False,
            error_messages={"max_length": TOO_LONG},
        )

    def clean(self):
        for person in self.people:
            mark, way, reason = (
                self.cleaned_data.get(f"{part}_{person.pk}") for part in ("mark", "way", "reason")
            )
            if (way or reason) and not mark and not self.errors.get(f"mark_{person.pk}"):
                asked = _("Choose a mark for %(name)s as well.") % {"name": person.trainee.name}
                self.add_error(f"mark_{person.pk}", asked)

    @property
    def lines(self):
        """The sheet, person by person."""
        return [self._line(person.pk, person.trainee.name) for person in self.people]

    @property
    def has_unmarked(self):
        """True while somebody has no mark."""
        return any(person.pk not in self.latest for person in self.people)

    def _line(self, pk, name):
        row = self.latest.get(pk)
        chosen, why = self.disputed.get(pk, (None, None))
        problems = [str(why)] if why else []
        if self.is_bound:
            chosen = self._sent(pk)
            for part in ("mark", "way", "reason"):
                problems += self.errors.get(f"{part}_{pk}", [])
        return Line(
            enrolment=pk,
            name=name,
            chosen=chosen or (Mark.of(row) if row else Mark("")),
            was=self.data.get(f"was_{pk}", row.pk if row else ""),
            problems=problems,
        )

    def _sent(self, pk):
        mark, way, reason = (self.data.get(f"{part}_{pk}") for part in ("mark", "way", "reason"))
        return Mark(mark or "", way or "", reason or "") if mark or way or reason else None

    @cached_property
    def sheet_key(self):
        """The sheet's own key; a new one when it came without one that can be read."""
        try:
            return UUID(self.data.get("key", ""))
        except ValueError:
            return uuid4()

    @cached_property
    def seen(self):
        """{enrolment id: id of the mark that the sheet showed, or None}, where it says so."""
        said = {
            person.pk: self.data[f"was_{person.pk}"]
            for person in self.people
            if f"was_{person.pk}" in self.data
        }
        return {pk: int(was) if was.isdecimal() else None for pk, was in said.items()}

    def _showed(self, pk):
        """What stood on the sheet for somebody."""
        row = self.rows.get(self.seen[pk]) if pk in self.seen else self.latest.get(pk)
        return Mark.of(row) if row and row.enrolment_id == pk else Mark("")

    @property
    def marks(self):
        """What the writer changed: {enrolment id: Mark}.

        With “Everyone else was here”, whoever was on the sheet and has no mark on it, or since,
        is here.
        """
        changed = {
            pk: mark
            for pk, mark in ((person.pk, self._cleaned(person.pk)) for person in self.people)
            if mark.mark and mark != self._showed(pk)
        }
        if "everyone" not in self.data:
            return changed
        others = {
            person.pk: Mark(AttendanceMark.PRESENT)
            for person in self.people
            if person.pk not in changed | self.latest and (person.pk in self.seen or not self.seen)
        }
        return changed | others

    def _cleaned(self, pk):
        return Mark(*(self.cleaned_data[f"{part}_{pk}"] for part in ("mark", "way", "reason")))


class CatchUpForm(KeyForm):
    """How somebody made up a session: another way, and what they did."""

    way = forms.ChoiceField(
        label=_("How did you meet for it?"),
        choices=MeetingWay.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how you met."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    reason = forms.CharField(
        label=_("What was done, and with whom?"),
        max_length=LETTERS_AT_MOST,
        help_text=_(
            "For example “Went through the case cards with Maria on Thursday, 50 minutes”. "
            "No health details, please."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say in a few words what was done, so that it can be read later."),
            "max_length": TOO_LONG,
        },
    )
