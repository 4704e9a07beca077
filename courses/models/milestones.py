"""What trainees reach, and what an organiser decides on the way there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Enrolment


class MilestoneKind(models.TextChoices):
    """What a trainee can reach."""

    COMPLETION = "completion", _("course completion")
    READY = "ready", _("ready to co-facilitate")


class MilestoneQuerySet(models.QuerySet):
    def of(self, person):
        """What this person has reached."""
        return self.filter(enrolment__trainee=person)


class Milestone(models.Model):
    """Something a trainee has reached, written once. Nothing an author edits takes it away.

    `evidence` is what was met, as it stood: {"sessions_attended": [1, 2, 3, 4],
    "lessons_finished": 6, "first_day": "2026-09-01", "last_day": "2026-10-06"}.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(max_length=20, choices=MilestoneKind)
    edition = models.ForeignKey("courses.Edition", on_delete=models.PROTECT, related_name="+")
    reached_at = models.DateTimeField()
    evidence = models.JSONField()

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "kind"], name="milestone_reached_once"),
            models.CheckConstraint(
                condition=Q(kind__in=MilestoneKind.values), name="milestone_is_a_known_kind"
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.kind}"


class MilestoneLook(models.Model):
    """That somebody looked again at what was reached, after facts behind it were corrected (C9).

    `kinds` are the requirements that were no longer met that day, as `completion.no_longer_met`
    tells them: what was looked at is not asked about again, until it is others.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="looks")
    kinds = models.JSONField()
    note = models.CharField(_("what you found"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="looked_at_with_a_note"),
        ]

    def __str__(self):
        return f"{self.milestone_id}: {self.at:%Y-%m-%d}"


class Waiver(models.Model):
    """A requirement that one person need not meet, for an access reason: who, why and when.

    `kind` is the requirement's; `courses.completion` says which can be waived at all. `instead` is
    what the person does in its place, if anything.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="waivers")
    kind = models.CharField(max_length=30)
    reason = models.CharField(_("why"), max_length=300)
    instead = models.CharField(_("what they do instead"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField(unique=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "kind"],
                condition=Q(taken_back_at=None),
                name="requirement_waived_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.kind}"


class ReadySignOff(models.Model):
    """An organiser's word that a trainee is ready to co-facilitate. Given once."""

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, related_name="ready_sign_off"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.enrolment_id}: {self.at:%Y-%m-%d}"
