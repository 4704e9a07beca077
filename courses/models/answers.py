"""What trainees answer for themselves, that nobody marks. Only the writer can read it.

Each save adds a row, so nothing that was said is ever lost. The latest row is the one shown.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.journal import JournalQuerySet


class ShortAnswer(models.Model):
    """An answer in the trainee's own words, as saved at one moment."""

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="short_answers"
    )
    lesson = models.UUIDField()
    exercise = models.UUIDField()
    question = models.TextField()
    text = models.TextField(_("your words"), max_length=5_000)
    key = models.UUIDField()
    at = models.DateTimeField()

    objects = JournalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["enrolment", "exercise"], name="short_answers_to_a_question")
        ]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "key"], name="short_answer_saved_once"),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.exercise}"


class Likeness(models.TextChoices):
    """How somebody finds their own answer beside a good one. None counts against anyone."""

    SAME = "same", _("The same idea")
    PART = "part", _("Part of it")
    ANOTHER = "another", _("Another idea")


class Comparison(models.Model):
    """What a trainee said of their own answer beside the good ones. The latest counts."""

    short_answer = models.ForeignKey(
        ShortAnswer, on_delete=models.PROTECT, related_name="comparisons"
    )
    said = models.CharField(max_length=10, choices=Likeness)
    key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["short_answer", "key"], name="answer_compared_once_by_key"
            ),
            models.CheckConstraint(
                condition=Q(said__in=Likeness.values), name="likeness_is_a_known_one"
            ),
        ]

    def __str__(self):
        return self.said


class ScaleAnswer(models.Model):
    """Numbers given to statements at one moment: {statement: 0 to 10}. What is left out is not
    in it."""

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="scale_answers"
    )
    lesson = models.UUIDField()
    exercise = models.UUIDField()
    revision = models.PositiveBigIntegerField()  # the page revision that asked
    numbers = models.JSONField()
    key = models.UUIDField()
    at = models.DateTimeField()

    objects = JournalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["enrolment", "exercise"], name="answers_on_a_scale")]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "key"], name="scale_answered_once"),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {len(self.numbers)}"
