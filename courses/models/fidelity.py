"""Whether a session was held as it was meant to be, and how it was for those who came.

A fidelity check never names anyone who came. What people say of a session is kept without their
name: that they have said it, and what was said, are two rows that nothing joins.
"""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Enrolment
from courses.models.sessions import SessionRun


class FilledInBy(models.TextChoices):
    """Who filled in a fidelity checklist."""

    OBSERVER = "observer", _("somebody who watched")
    PAIR = "pair", _("the two who led, together")


class FidelityCheck(models.Model):
    """A fidelity checklist for one session. Added, never changed: the latest of each kind counts.

    `answers` is {item of `courses.fidelity`: true or false}; what was left open is not in it.
    """

    session_run = models.ForeignKey(
        SessionRun, on_delete=models.PROTECT, related_name="fidelity_checks"
    )
    filled_in_by = models.CharField(max_length=10, choices=FilledInBy)
    answers = models.JSONField()
    note = models.TextField(_("anything to note"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session_run", "key"], name="fidelity_checked_once"),
            models.CheckConstraint(
                condition=Q(filled_in_by__in=FilledInBy.values),
                name="fidelity_is_checked_by_somebody_known",
            ),
        ]

    def __str__(self):
        return f"{self.session_run_id}: {self.filled_in_by}"


def _from_0_to_10():
    return models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(10)])


class GroupFeedback(models.Model):
    """What somebody said of a session, 0 to 10 each. Nothing here says who, or when.

    `…_shown` is true once the facilitators may see it: with enough others, all at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    session_run = models.ForeignKey(SessionRun, on_delete=models.PROTECT, related_name="feedback")
    listened_to = _from_0_to_10()
    had_a_turn = _from_0_to_10()
    can_use = _from_0_to_10()
    listened_to_shown = models.BooleanField(default=False)
    had_a_turn_shown = models.BooleanField(default=False)
    can_use_shown = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(listened_to=None) | Q(listened_to__lte=10))
                & (Q(had_a_turn=None) | Q(had_a_turn__lte=10))
                & (Q(can_use=None) | Q(can_use__lte=10)),
                name="feedback_is_from_0_to_10",
            ),
        ]

    def __str__(self):
        return str(self.session_run_id)


class FeedbackGiven(models.Model):
    """That somebody has said how a session was for them; never what they said."""

    session_run = models.ForeignKey(SessionRun, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session_run", "enrolment"], name="feedback_given_once"
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.session_run_id}"
