"""What trainees write for themselves. Only the writer can read it; others learn that it exists.

Each save adds a row, so nothing that was written is ever lost. The latest row is the one shown.
"""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from courses.models.people import Organisation


class JournalQuerySet(models.QuerySet):
    def of(self, person):
        """What this person has written."""
        return self.filter(enrolment__trainee=person)


class ActionPlanQuerySet(JournalQuerySet):
    def with_is_reviewed(self):
        """Say of each plan whether its owner has told how it went: `is_reviewed`."""
        reviews = ActionPlanReview.objects.filter(plan=OuterRef("pk"))
        return self.annotate(is_reviewed=Exists(reviews))


class Reflection(models.Model):
    """A trainee's answer to a reflection, as saved at one moment."""

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="reflections"
    )
    lesson = models.UUIDField()
    exercise = models.UUIDField()
    prompt = models.TextField()
    text = models.TextField(_("your thoughts"), max_length=20_000)
    key = models.UUIDField()
    at = models.DateTimeField()

    objects = JournalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["enrolment", "exercise"], name="reflections_on_a_prompt")]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "key"], name="reflection_saved_once"),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.exercise}"


class ActionPlan(models.Model):
    """A plan for the week, as saved at one moment. `confidence` runs from 0 to 10."""

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="action_plans"
    )
    lesson = models.UUIDField()
    exercise = models.UUIDField()
    what = models.CharField(_("What will you do?"), max_length=300)
    how_much = models.CharField(_("How much?"), max_length=200)
    when = models.CharField(_("When?"), max_length=200)
    how_often = models.CharField(_("How often?"), max_length=200)
    confidence = models.PositiveSmallIntegerField(
        _("How sure are you that you will do the whole plan?"), validators=[MaxValueValidator(10)]
    )
    key = models.UUIDField()
    at = models.DateTimeField()

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["enrolment", "exercise"], name="plans_for_a_prompt")]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "key"], name="plan_saved_once"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=10),
                name="confidence_is_from_0_to_10",
            ),
        ]

    def __str__(self):
        return self.what

    @property
    def could_be_easier(self):
        """True when the person is less sure than their organisation hopes for.

        A prompt to talk, never a bar. Where an author tries a lesson, nobody is enrolled.
        """
        place = self.enrolment.cohort.organisation if self.enrolment_id else Organisation()
        return self.confidence < place.confidence_target


class PlanOutcome(models.TextChoices):
    """How a plan went. None of them counts against anyone."""

    DONE = "done", _("I did it")
    PARTLY = "partly", _("I did part of it")
    CHANGED = "changed", _("I changed it")
    NOT_DONE = "not_done", _("Not this time")


class ActionPlanReview(models.Model):
    """How a plan went, as said at one moment. The latest counts."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="reviews")
    outcome = models.CharField(_("How did it go?"), max_length=10, choices=PlanOutcome)
    note = models.TextField(_("Anything to remember?"), blank=True, max_length=5_000)
    key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="plan_reviewed_once_by_key"),
            models.CheckConstraint(
                condition=Q(outcome__in=PlanOutcome.values), name="plan_outcome_is_known"
            ),
        ]

    def __str__(self):
        return self.outcome


class Checklist(models.Model):
    """A trainee's ticks on a checklist, as saved at one moment.

    `items` is the list as it stood then: [{"id": …, "text": …, "ticked": true}, …].
    """

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="checklists"
    )
    lesson = models.UUIDField()
    exercise = models.UUIDField()
    prompt = models.TextField()
    items = models.JSONField()
    key = models.UUIDField()
    at = models.DateTimeField()

    objects = JournalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["enrolment", "exercise"], name="ticks_on_a_checklist")]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "key"], name="checklist_saved_once"),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.exercise}"

    @property
    def ticked(self):
        """The ids of what is ticked."""
        return [item["id"] for item in self.items if item["ticked"]]
