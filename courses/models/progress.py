"""What trainees have done in lessons. Facts are added, never changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.steps import StepFact


class StepEventKind(models.TextChoices):
    """What a trainee said about a step."""

    FINISHED = "finished", _("finished")
    UNDONE = "undone", _("not finished after all")


class StepEvent(models.Model):
    """One thing a trainee said about a step. `undoes` names the key of what it takes back."""

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="step_events"
    )
    lesson = models.UUIDField()
    step = models.UUIDField()
    kind = models.CharField(max_length=10, choices=StepEventKind)
    key = models.UUIDField()
    undoes = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["enrolment", "lesson"], name="step_events_of_a_lesson")]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "key"], name="step_event_told_once"),
            models.CheckConstraint(
                condition=(
                    Q(kind=StepEventKind.FINISHED, undoes__isnull=True)
                    | Q(kind=StepEventKind.UNDONE, undoes__isnull=False)
                ),
                name="only_an_undo_undoes",
            ),
        ]

    def __str__(self):
        return f"{self.step} {self.kind}"

    def as_fact(self):
        """This event as `courses.steps` reads it."""
        return StepFact(
            key=str(self.key),
            step=str(self.step),
            at=self.at,
            undoes=str(self.undoes) if self.undoes else None,
        )


class LessonProgress(models.Model):
    """Where a trainee is in a lesson: a copy for quick reading, made from the step events.

    `steps` is {step: keys of the events that finished it}; mostly there is one.
    """

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="lesson_progress"
    )
    lesson = models.UUIDField()
    steps = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson"], name="one_progress_for_each_lesson"
            ),
        ]

    def __str__(self):
        return f"{self.lesson}: {len(self.steps)}"


class Attempt(models.Model):
    """One answer to one question in a lesson. `met` says whether it was the best one.

    `answers` is how its kind of question keeps them (`content.scoring`): the options chosen, the
    items first to last, or {card: group}.
    """

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="attempts"
    )
    lesson = models.UUIDField()
    exercise = models.UUIDField()
    revision = models.PositiveBigIntegerField()  # the page revision that asked the question
    answers = models.JSONField()
    met = models.BooleanField()
    key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["enrolment", "exercise"], name="attempts_at_an_exercise")]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "key"], name="attempt_made_once"),
        ]

    def __str__(self):
        return f"{self.exercise}: {self.answers}"
