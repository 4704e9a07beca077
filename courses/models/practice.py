"""Practice that is watched: times to book, what was seen, and what follows from it.

All of it is added, never changed. A mistake is mended by another observation that names the one it
corrects, who corrects it and why.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort, Enrolment, MeetingWay
from courses.models.people import Organisation
from courses.models.sessions import SessionRun
from courses.readiness import CRITERIA


class PracticeNumber(models.IntegerChoices):
    """The first practice is for feedback; the second shows whether somebody is ready."""

    FIRST = 1, _("first practice")
    SECOND = 2, _("second practice")


class PracticeSlot(models.Model):
    """A time at which an observer watches up to `places` trainees practise, one after the other.

    `session_run` is the session it is part of, if it is.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="practice_slots")
    number = models.PositiveSmallIntegerField(_("which practice"), choices=PracticeNumber)
    session_run = models.ForeignKey(
        SessionRun, on_delete=models.PROTECT, related_name="practice_slots", null=True, blank=True
    )
    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20)
    places = models.PositiveSmallIntegerField(_("places"), default=1)
    way = models.CharField(
        _("how you meet"), max_length=20, choices=MeetingWay, default=MeetingWay.IN_PERSON
    )
    place = models.CharField(_("room or link"), max_length=200, blank=True)
    observer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__in=PracticeNumber.values), name="slot_is_for_a_known_practice"
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="slot_has_a_place"),
        ]

    def __str__(self):
        return f"{self.cohort_id}: {self.starts_at:%Y-%m-%d %H:%M}"


class Practice(models.Model):
    """One time that a trainee practises leading, from booking it to having been watched.

    `partner` is the trainee who co-facilitates it. `observed_at` is set by the observation.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="practices")
    number = models.PositiveSmallIntegerField(choices=PracticeNumber)
    slot = models.ForeignKey(
        PracticeSlot, on_delete=models.PROTECT, related_name="practices", null=True
    )
    partner = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    activity = models.CharField(_("what you will lead"), max_length=200, blank=True)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    booked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    observed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "number"],
                condition=Q(cancelled_at=None, observed_at=None),
                name="one_practice_of_a_number_is_open",
            ),
            models.CheckConstraint(
                condition=Q(number__in=PracticeNumber.values), name="practice_has_a_known_number"
            ),
            models.CheckConstraint(
                condition=Q(partner=None) | ~Q(partner=F("enrolment")),
                name="partner_is_somebody_else",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: practice {self.number}"


class SelfReview(models.Model):
    """What a trainee says of their own practice, before they see what the observer saw."""

    practice = models.OneToOneField(Practice, on_delete=models.PROTECT, related_name="self_review")
    went_well = models.TextField(_("what went well"), max_length=2000)
    next_time = models.TextField(_("what you would do differently"), max_length=2000, blank=True)
    key = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self):
        return str(self.practice_id)


class Outcome(models.TextChoices):
    """What is recorded of a practice: the first two of practice 1, the others of practice 2."""

    CARRY_ON = "carry_on", _("carry on")
    TALK = "talk", _("talk with your mentor")
    READY = "ready", _("ready")
    NOT_YET = "not_yet", _("not yet")


class Observation(models.Model):
    """What an observer saw in one practice. `corrects` names an earlier one that it replaces.

    `next_step` is the one thing to work on. `outcome` is what followed on the day.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="observations")
    observer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=Outcome)
    next_step = models.TextField(_("one thing to work on"), max_length=600, blank=True)
    at = models.DateTimeField()
    key = models.UUIDField()
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="corrected_by", null=True
    )
    correction_reason = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "key"], name="observation_sent_once"),
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(corrects=None),
                name="practice_is_observed_once_and_then_corrected",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="practice_has_a_known_outcome"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(correction_reason=""),
                name="correction_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.practice_id}: {self.outcome}"


class Rating(models.Model):
    """The level seen for one criterion, 1 to 4, with one piece of evidence. No level: not seen."""

    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="ratings")
    criterion = models.CharField(max_length=5)
    level = models.PositiveSmallIntegerField(null=True)
    evidence = models.TextField(_("what you saw"), max_length=600, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "criterion"], name="criterion_rated_once"
            ),
            models.CheckConstraint(
                condition=Q(criterion__in=CRITERIA), name="criterion_is_of_the_rubric"
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(1, 4)), name="level_is_from_1_to_4"
            ),
            models.CheckConstraint(
                condition=Q(level=None) | ~Q(evidence=""), name="level_has_evidence"
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.level}"


class Calibration(models.Model):
    """An observer's try at a sample practice: how far they agree with those who rated it before.

    `rated` is {criterion: level or null}. `agreed` of `asked` criteria were on the same side of
    ready; `is_enough` says whether that lets them observe in this organisation.
    """

    observer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calibrations"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sample = models.SlugField(max_length=60)
    rated = models.JSONField()
    agreed = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    is_enough = models.BooleanField()
    at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["observer", "key"], name="calibration_sent_once"),
        ]

    def __str__(self):
        return f"{self.observer_id}: {self.agreed}/{self.asked}"


class TalkReason(models.TextChoices):
    """Why a trainee and an organiser talk after a practice."""

    LEVEL_ONE = "level_one", _("something got in the way")
    SAFETY = "safety", _("something about safety")
    THREE_TIMES = "three_times", _("three times not yet")


class PracticeTalk(models.Model):
    """A conversation that a practice leads to. What was said in it is not kept.

    `safety` and `three_times` pause the next practice until it was held.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="talks")
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="talks")
    why = models.CharField(max_length=20, choices=TalkReason)
    opened_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "why"], name="talk_opened_once_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(why__in=TalkReason.values), name="talk_has_a_known_reason"
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None)
                | Q(held_at__isnull=False, held_by__isnull=False),
                name="talk_is_held_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.why}"
