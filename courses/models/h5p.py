"""What trainees did with H5P activities: their own claims, and where they were."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class H5PHow(models.TextChoices):
    """How somebody did an activity."""

    PLAYED = "played", _("played it")
    IN_WORDS = "in_words", _("did it in words")


class H5PStatement(models.Model):
    """What an activity reported of a trainee, or what they say themselves. Practice only.

    It comes from a script that nobody here wrote, so it is the trainee's own claim: it can say
    that they did the activity, and is never evidence for a certificate. `statement` is what was
    kept of the xAPI statement ({} for IN_WORDS); `is_done` says whether it tells of an end;
    `score` goes from 0 to 1.
    """

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="h5p_statements"
    )
    lesson = models.UUIDField()
    exercise = models.UUIDField()
    version = models.ForeignKey("content.H5PVersion", on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=H5PHow, default=H5PHow.PLAYED)
    key = models.UUIDField()
    verb = models.CharField(max_length=40)
    is_done = models.BooleanField()
    score = models.FloatField(null=True)
    statement = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["enrolment", "exercise"], name="h5p_said_of_an_exercise")]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "key"], name="h5p_statement_told_once"),
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__gte=0, score__lte=1),
                name="h5p_score_from_0_to_1",
            ),
        ]

    def __str__(self):
        return f"{self.exercise}: {self.verb}"


class H5PState(models.Model):
    """Where a trainee is in an activity, in its own words, so that it carries on there.

    Each version of a package has its own: an older one could not be read by a newer one.
    """

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="h5p_states"
    )
    exercise = models.UUIDField()
    version = models.ForeignKey("content.H5PVersion", on_delete=models.PROTECT, related_name="+")
    state = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "exercise", "version"], name="one_h5p_state_for_each_version"
            ),
        ]

    def __str__(self):
        return f"{self.exercise}: {len(self.state)}"
