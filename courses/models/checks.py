"""Course checks: sets of questions drawn from the question bank, and what was answered.

A round is one set. What is drawn for it is kept with it, so that it can be gone on with on any
day and any device, and reads the same whatever is published later. Answers are added, never
changed: in a round, the first answer to a question counts.
"""

import uuid

from django.db import models
from django.db.models import Count, F, Prefetch, Q

from content.blocks.question_bank import CheckPurpose
from content.rounds import Drawn, tally
from courses import joined
from courses.joined import rows_of
from courses.knowledge import RoundFact


class CheckRoundQuerySet(models.QuerySet):
    def of(self, person):
        """The rounds this person has begun."""
        return self.filter(enrolment__trainee=person)

    def at(self, exercise):
        """The rounds of one check in a lesson."""
        return self.filter(exercise=exercise.id)

    def finished(self):
        """The rounds in which every question was answered."""
        return self.exclude(finished_at=None)

    def with_answers(self):
        """Bring the answers along, without what exactly was said."""
        return self.prefetch_related(Prefetch("answers", CheckAnswer.objects.defer("answers")))

    def with_met(self):
        """Bring along, in the same query, which questions were met: enough to tell what a finished
        round came to."""
        answers = CheckAnswer.objects.filter(met=True)
        return self.annotate(met_rows=rows_of(answers, "round", question="question"))

    def with_count(self):
        """Bring along how many questions were answered."""
        return self.annotate(answered=Count("answers"))


class CheckRound(models.Model):
    """One set of questions for one trainee.

    `questions` is what was drawn, in order: [{"id", "safety", "shown"}]; `bank` the page revision
    that holds them. `need` is how many were enough when it began.
    """

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="check_rounds"
    )
    lesson = models.UUIDField()
    exercise = models.UUIDField()
    bank = models.PositiveBigIntegerField()
    purpose = models.CharField(max_length=10, choices=CheckPurpose)
    need = models.PositiveSmallIntegerField()
    seed = models.UUIDField()
    questions = models.JSONField()
    key = models.UUIDField()
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = CheckRoundQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "key"], name="check_begun_once_by_key"),
            models.UniqueConstraint(
                fields=["enrolment", "exercise"],
                condition=Q(finished_at=None),
                name="one_round_of_a_check_is_open",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "exercise"],
                condition=Q(purpose=CheckPurpose.BASELINE),
                name="baseline_is_taken_once",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=CheckPurpose.values), name="check_has_a_known_purpose"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("begun_at")),
                name="check_is_finished_after_it_began",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.purpose} {self.pk}"

    @property
    def drawn(self):
        """The questions as `content.rounds` knows them."""
        return [Drawn(each["id"], each["safety"], tuple(each["shown"])) for each in self.questions]

    def tally(self):
        """What the round has come to so far."""
        return tally(self.drawn, self._met(), self.need)

    def _met(self):
        """Return {question id: met} of what was answered, asking nothing where it came along."""
        if hasattr(self, "met_rows"):
            return {str(uuid.UUID(row["question"])): True for row in joined.read(self.met_rows)}
        return {str(answer.question): answer.met for answer in self.answers.all()}

    def as_fact(self):
        """This finished round as `courses.knowledge` reads it."""
        came_to = self.tally()
        return RoundFact(
            purpose=self.purpose,
            begun_at=self.begun_at,
            finished_at=self.finished_at,
            met=came_to.met,
            asked=came_to.asked,
            is_enough=came_to.is_enough,
        )


class CheckAnswer(models.Model):
    """The answer to one question of a round, kept as `content.scoring` keeps answers.

    `answers` is null where somebody said that they do not know yet.
    """

    round = models.ForeignKey(CheckRound, on_delete=models.PROTECT, related_name="answers")
    question = models.UUIDField()
    answers = models.JSONField(null=True)
    met = models.BooleanField()
    key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "question"], name="first_answer_to_a_question_counts"
            ),
            models.CheckConstraint(
                condition=Q(answers__isnull=False) | Q(met=False),
                name="not_knowing_yet_is_not_met",
            ),
        ]

    def __str__(self):
        return f"{self.round_id}: {self.question}"
