"""When a running cohort went over to a newer edition, and what its people took with them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class CohortMove(models.Model):
    """A cohort that went over to another edition: when, and who moved it. Added, never changed."""

    cohort = models.ForeignKey("courses.Cohort", on_delete=models.PROTECT, related_name="moves")
    from_edition = models.ForeignKey("courses.Edition", on_delete=models.PROTECT, related_name="+")
    to_edition = models.ForeignKey("courses.Edition", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "to_edition"], name="cohort_moved_once_to_an_edition"
            ),
            models.CheckConstraint(
                condition=~Q(from_edition=F("to_edition")), name="move_is_to_another_edition"
            ),
        ]

    def __str__(self):
        return f"{self.cohort_id}: {self.from_edition_id} → {self.to_edition_id}"


class CarriedLesson(models.Model):
    """A lesson that a trainee had finished when their cohort moved: it stays finished for them."""

    move = models.ForeignKey(CohortMove, on_delete=models.PROTECT, related_name="carried")
    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="carried_lessons"
    )
    lesson = models.UUIDField()
    finished_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson", "move"], name="lesson_carried_once_by_a_move"
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.lesson}"
