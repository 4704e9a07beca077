"""Answers to the questions of a knowledge check that are more than a choice."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms.journal import CONFIDENCES, TOO_LONG
from courses.forms.progress import KeyForm
from courses.models import Likeness, ShortAnswer

UNREADABLE = _("We could not read that. Please save it again.")


@dataclass(frozen=True)
class Row:
    """One thing to put in order, where it stands now."""

    item: Any
    place: int
    number: str  # what is chosen in its number box
    is_first: bool
    is_last: bool
    moved: str = ""  # the button that was just pressed, to go on from


class OrderForm(KeyForm):
    """Things put in order, by numbers and by buttons that move one of them.

    It sends `item` and `place` for each row, in the order shown. A press on a button that moves
    (`move`: “up <id>” or “down <id>”) is not an answer yet: it gives the rows in a new order.
    """

    def __init__(self, *args, exercise, **kwargs):
        super().__init__(*args, **kwargs)
        self.exercise = exercise
        self.items = {item.id: item for item in exercise.items}

    @property
    def is_a_move(self):
        """Whether a button was pressed that only moves something."""
        return self.is_bound and "move" in self.data and self._is_whole

    @property
    def _shown(self):
        return self.data.getlist("item") if self.is_bound else self.initial.get("answers", [])

    @property
    def _is_whole(self):
        return sorted(self._shown) == sorted(self.items)

    @property
    def _numbers(self):
        typed = self.data.getlist("place") if self.is_bound else []
        if len(typed) != len(self.items):
            return [str(n) for n in range(1, len(self.items) + 1)]
        return typed

    @property
    def answers(self):
        """The ids of the items, first to last. Where numbers are the same, as they are shown."""
        pairs = zip(self._numbers, self._shown, strict=True)
        return [item for _number, item in sorted(pairs, key=lambda pair: self._place(pair[0]))]

    def _place(self, number):
        known = number.isdecimal() and number.isascii() and len(number) < 3
        return int(number) if known else len(self.items) + 1

    @property
    def rows(self):
        """The things as they are shown now."""
        if not self._is_whole:
            shown, numbers, moved = [item.id for item in self.exercise.mixed], None, {}
        elif self.is_a_move:
            (shown, moved), numbers = self._after_the_move(), None
        else:
            shown, numbers, moved = self._shown, self._numbers, {}
        numbers = numbers or [str(n) for n in range(1, len(shown) + 1)]
        return [
            Row(
                item=self.items[each],
                place=n,
                number=numbers[n - 1],
                is_first=n == 1,
                is_last=n == len(shown),
                moved=moved.get(each, ""),
            )
            for n, each in enumerate(shown, 1)
        ]

    def _after_the_move(self):
        way, _space, wanted = self.data["move"].partition(" ")
        shown = self.answers
        if wanted not in shown or way not in {"up", "down"}:
            return shown, {}
        here = shown.index(wanted)
        there = max(here - 1, 0) if way == "up" else min(here + 1, len(shown) - 1)
        shown.insert(there, shown.pop(here))
        # At an end its own button is gone, so one goes on from the other.
        if there == 0:
            way = "down"
        elif there == len(shown) - 1:
            way = "up"
        return shown, {wanted: way}

    def clean(self):
        cleaned = super().clean()
        if not self._is_whole:
            raise forms.ValidationError(UNREADABLE)
        places = [self._place(number) for number in self._numbers]
        for n in range(1, len(self.items) + 1):
            if places.count(n) > 1:
                raise forms.ValidationError(
                    _("Two of them have the number %(n)s. Give each its own, then save.")
                    % {"n": n}
                )
        if sorted(places) != list(range(1, len(self.items) + 1)):
            raise forms.ValidationError(_("Give each a number of its own, then save."))
        return cleaned


class SortForm(KeyForm):
    """Cards, each put into a group."""

    def __init__(self, *args, exercise, **kwargs):
        super().__init__(*args, **kwargs)
        self.exercise = exercise
        for card in exercise.cards:
            self.fields[f"card-{card.id}"] = forms.ChoiceField(
                label=card.text,
                choices=[(group.id, group.text) for group in exercise.groups],
                error_messages={
                    "required": _("Choose where this one goes."),
                    "invalid_choice": _("Choose one of these groups."),
                },
            )

    @property
    def answers(self):
        """{card id: group id}"""
        return {card.id: self.cleaned_data[f"card-{card.id}"] for card in self.exercise.cards}

    @property
    def rows(self):
        """Each card with its field."""
        return [(card, self[f"card-{card.id}"]) for card in self.exercise.cards]


class ShortForm(KeyForm, forms.ModelForm):
    """An answer in one's own words; `said` is how it compares, once there is one."""

    said = forms.ChoiceField(choices=Likeness.choices, required=False)

    def __init__(self, *args, exercise, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = exercise.question

    class Meta:
        model = ShortAnswer
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        error_messages = {
            "text": {
                "required": _("Write a few words first, then save. You can also go on without."),
                "max_length": TOO_LONG,
            }
        }


class ScaleForm(KeyForm):
    """A number from 0 to 10 for each statement. Each may be left out."""

    def __init__(self, *args, exercise, **kwargs):
        super().__init__(*args, **kwargs)
        self.exercise = exercise
        for statement in exercise.statements:
            self.fields[f"number-{statement.id}"] = forms.ChoiceField(
                label=statement.text,
                required=False,
                choices=CONFIDENCES,
                error_messages={"invalid_choice": _("Choose one of the numbers from 0 to 10.")},
            )

    @property
    def numbers(self):
        """{statement id: number} for the statements that have one."""
        said = {
            statement.id: self.cleaned_data[f"number-{statement.id}"]
            for statement in self.exercise.statements
        }
        return {statement: int(number) for statement, number in said.items() if number}

    @property
    def rows(self):
        """Each statement with its field."""
        return [(each, self[f"number-{each.id}"]) for each in self.exercise.statements]
