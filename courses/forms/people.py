"""Who mentors whom."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MentorsForm(forms.Form):
    """A peer mentor, or none, for each trainee. `mentors` are the people who may be chosen."""

    def __init__(self, *args, people, mentors, **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.by_pk = people, {str(each.pk): each for each in mentors}
        for each in people:
            self.fields[f"mentor_{each.pk}"] = forms.ChoiceField(
                label=each.trainee.name,
                choices=self._choices(each),
                required=False,
                initial=each.mentor_id or "",
                error_messages={
                    "invalid_choice": _("That choice is no longer on the list. Choose another.")
                },
            )

    def _choices(self, enrolment):
        """Everyone who mentors here but the trainee; whoever is named now stays on the list."""
        offered = {pk: each for pk, each in self.by_pk.items() if each.pk != enrolment.trainee_id}
        if enrolment.mentor_id and str(enrolment.mentor_id) not in offered:
            offered[str(enrolment.mentor_id)] = enrolment.mentor
        return [("", _("Nobody yet")), *((pk, each.name) for pk, each in offered.items())]

    @property
    def lines(self):
        """Each trainee with the field of their mentor."""
        return [(each, self[f"mentor_{each.pk}"]) for each in self.people]

    @property
    def changed(self):
        """Pairs of enrolment and mentor (or None), where what was chosen is new."""
        chosen = ((each, self.cleaned_data[f"mentor_{each.pk}"]) for each in self.people)
        return [
            (each, self.by_pk.get(pk)) for each, pk in chosen if pk != str(each.mentor_id or "")
        ]
