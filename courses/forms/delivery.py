"""How the activities of a session went: as planned, changed or left out."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.actions.delivery import Went, went_of
from courses.forms.progress import KeyForm
from courses.models import ActivityHow, ActivityMark

LETTERS_AT_MOST = ActivityMark._meta.get_field("reason").max_length


@dataclass(frozen=True)
class Row:
    """One activity on the sheet: what is chosen now, and what was when the sheet was drawn."""

    place: int
    title: str
    minutes: int
    chosen: Went
    was: str
    problems: list[str]


class DeliveryForm(KeyForm):
    """A choice for each activity, with a reason where it was not as planned.

    `lines` are those of `courses.held`. It says what its writer changed: what somebody else has
    marked since the sheet was drawn stays as it is.
    """

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.planned = {line.place: line for line in lines}
        for line in lines:
            self.fields[f"how_{line.place}"] = forms.ChoiceField(
                label=line.title,
                choices=ActivityHow.choices,
                required=False,
                error_messages={
                    "invalid_choice": _("Choose As planned, Changed or Left out for “%(title)s”.")
                    % {"title": line.title}
                },
            )
            self.fields[f"reason_{line.place}"] = forms.CharField(
                label=line.title,
                max_length=LETTERS_AT_MOST,
                required=False,
                error_messages={
                    "max_length": _(
                        "Please say it in %(limit_value)s letters or fewer. It is still here."
                    )
                },
            )

    def clean(self):
        for place, line in self.planned.items():
            how, reason = (self.cleaned_data.get(f"{part}_{place}") for part in ("how", "reason"))
            title = {"title": line.title}
            if how in (ActivityHow.CHANGED, ActivityHow.LEFT_OUT) and reason == "":
                self.add_error(
                    f"reason_{place}", _("Say in a few words why: “%(title)s”.") % title
                )
            elif reason and how == "":
                self.add_error(f"how_{place}", _("Choose how “%(title)s” went.") % title)

    @property
    def rows(self):
        """The sheet, activity by activity."""
        return [self._row(place, line) for place, line in self.planned.items()]

    @property
    def has_unmarked(self):
        return any(line.went is None for line in self.planned.values())

    def _row(self, place, line):
        latest = went_of(line.went) or Went("")
        parts = (f"how_{place}", f"reason_{place}")
        chosen = Went(*(self.data.get(part, "") for part in parts)) if self.is_bound else latest
        return Row(
            place=place,
            title=line.title,
            minutes=line.minutes,
            chosen=chosen,
            was=self.data.get(f"was_{place}", _written(latest)),
            problems=[each for part in parts for each in self.errors.get(part, [])]
            if self.is_bound
            else [],
        )

    @property
    def marks(self):
        """What the writer changed: {(place, title): Went}. With “All as planned”, whatever has
        no mark on the sheet or since went as planned."""
        said = {
            place: Went(self.cleaned_data[f"how_{place}"], self.cleaned_data[f"reason_{place}"])
            for place in self.planned
        }
        changed = {
            place: went
            for place, went in said.items()
            if went.how and _written(went) != self.data.get(f"was_{place}", "")
        }
        if "all" in self.data:
            changed |= {
                place: Went(ActivityHow.AS_PLANNED)
                for place, line in self.planned.items()
                if line.went is None and place not in changed
            }
        return {(place, self.planned[place].title): went for place, went in changed.items()}


def _written(went):
    """What the sheet carries of what it showed."""
    return f"{went.how} {went.reason}".strip()
