"""How trainees played scenarios: only they can see it. Runs and moves are added, never changed."""

from dataclasses import dataclass
from itertools import groupby

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EndingKind(models.TextChoices):
    """How a talk came to rest. None of them counts against anyone."""

    HEARD = "heard", _("heard")
    PART_HEARD = "part_heard", _("part heard")
    CLOSED = "closed", _("closed")
    PLAN_MADE = "plan_made", _("plan made")
    PART = "part", _("part")
    SAFE = "safe", _("safe")


@dataclass(frozen=True)
class RunPlayed:
    """A run as plain data: the choices in their order, and the kind of ending it came to."""

    pk: int
    key: str
    chosen: tuple[str, ...] = ()
    ending: str = ""


class ScenarioRunQuerySet(models.QuerySet):
    def played(self, enrolment, scenario):
        """Return each time this trainee played this scenario, earliest first, in one query."""
        rows = (
            self.filter(enrolment=enrolment, exercise=scenario.id)
            .order_by("pk", "moves__number")
            .values_list("pk", "key", "moves__choice", "moves__ending")
        )
        return [
            RunPlayed(
                pk=pk,
                key=str(key),
                chosen=tuple(str(choice) for *_run, choice, _ending in moves if choice),
                ending=next((ending for *_move, ending in moves if ending), ""),
            )
            for (pk, key), found in groupby(rows, lambda row: row[:2])
            for moves in [list(found)]
        ]


class ScenarioRun(models.Model):
    """One time that a trainee played a scenario. Which time it was follows from the order."""

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="scenario_runs"
    )
    lesson = models.UUIDField()
    exercise = models.UUIDField()
    revision = models.PositiveBigIntegerField()  # the page revision that was played
    key = models.UUIDField()
    at = models.DateTimeField()

    objects = ScenarioRunQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["enrolment", "exercise"], name="runs_of_a_scenario")]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "key"], name="scenario_run_begun_once"),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.exercise}"


class ScenarioMove(models.Model):
    """What was chosen at one moment of a run. `ending` is the kind of ending it led to, if any."""

    run = models.ForeignKey(ScenarioRun, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveSmallIntegerField()
    step = models.UUIDField()
    choice = models.UUIDField()
    ending = models.CharField(max_length=10, choices=EndingKind, blank=True)
    key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "key"], name="scenario_move_made_once"),
            models.UniqueConstraint(fields=["run", "number"], name="one_choice_for_each_move"),
            models.UniqueConstraint(
                fields=["run"], condition=~Q(ending=""), name="a_run_ends_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="moves_count_from_one"),
            models.CheckConstraint(
                condition=Q(ending="") | Q(ending__in=EndingKind.values),
                name="ending_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.run_id}.{self.number}: {self.choice}"
