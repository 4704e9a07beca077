"""Practice that is watched: times to book, what was seen, and what follows from it.

All of it is added, never changed. A mistake is mended by another observation that names the one it
corrects, who corrects it and why.
"""

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort, Enrolment, MeetingWay
from courses.models.people import Organisation, Role, RoleKind
from courses.models.sessions import SessionRun
from courses.readiness import CRITERIA


class PracticeNumber(models.IntegerChoices):
    """The first practice is for feedback; the second shows whether somebody is ready."""

    FIRST = 1, _("first practice")
    SECOND = 2, _("second practice")


class PracticeSlotQuerySet(models.QuerySet):
    def planned(self):
        """Times that nobody has cancelled."""
        return self.filter(cancelled_at=None)

    def with_taken(self):
        """Say how many of its places are taken: `taken`."""
        taken = Count("practices", filter=Q(practices__cancelled_at=None))
        # Grouped rows lose the usual order, so it is said again.
        return self.annotate(taken=taken).order_by("starts_at", "pk")

    def free(self, number, after):
        """Times for this practice that are to come and have a place."""
        slots = self.planned().with_taken().filter(number=number, starts_at__gt=after)
        return slots.filter(taken__lt=F("places"))


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

    objects = PracticeSlotQuerySet.as_manager()

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


class PracticeQuerySet(models.QuerySet):
    def in_force(self):
        """Practices that nobody has cancelled."""
        return self.filter(cancelled_at=None)

    def locked(self):
        """Let nobody else write about them until the transaction ends."""
        return self.select_for_update(no_key=True, of=("self",))

    def booked(self):
        """Those that are still to be watched."""
        return self.in_force().filter(observed_at=None)

    def observed(self):
        """Those that were watched, in the order in which that was written down."""
        return self.filter(observed_at__isnull=False).order_by("observed_at", "pk")

    def to_observe(self, person):
        """Those that this person may have come to watch: at their times, or at nobody's yet."""
        return self.booked().filter(
            Q(slot__observer=person) | Q(slot__observer=None),
            slot__isnull=False,
            enrolment__cohort__organisation__in=Role.objects.held(person, RoleKind.OBSERVER),
        )

    def seen_by_observer(self, person):
        """Those that this person wrote an observation of."""
        own = Observation.objects.filter(practice=OuterRef("pk"), observer=person)
        return self.filter(Exists(own))

    def mentored_by(self, person):
        """Those of the trainees whom this person mentors."""
        return self.filter(enrolment__in=Enrolment.objects.mentored_by(person))

    def with_people(self):
        """Bring the trainee, their partner and the time along, and the edition for its words."""
        return self.select_related(
            "enrolment__trainee",
            "enrolment__cohort__edition",
            "enrolment__cohort__organisation",
            "partner__trainee",
            "slot__observer",
        ).defer("enrolment__cohort__edition__contents")

    def with_self_review(self):
        """Say whether the trainee has written of it: `is_reviewed`. Never what."""
        written = SelfReview.objects.filter(practice=OuterRef("pk"))
        return self.annotate(is_reviewed=Exists(written))


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

    objects = PracticeQuerySet.as_manager()

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


class ObservationQuerySet(models.QuerySet):
    def in_force(self):
        """Observations that no later one corrects."""
        return self.filter(corrected_by=None)


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

    objects = ObservationQuerySet.as_manager()

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
    STILL_NOT_YET = "still_not_yet", _("still not yet")


# Until such a talk was held, the next practice waits.
PAUSING = (TalkReason.SAFETY, TalkReason.STILL_NOT_YET)


class PracticeTalkQuerySet(models.QuerySet):
    def to_hold(self):
        """Talks that are still to come. What was corrected away is not talked about."""
        return self.filter(held_at=None, observation__corrected_by=None)

    def pausing(self):
        """Those of them that the next practice waits for."""
        return self.to_hold().filter(why__in=PAUSING)


class PracticeTalk(models.Model):
    """A conversation that a practice leads to. What was said in it is not kept.

    `safety` and `still_not_yet` pause the next practice until it was held.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="talks")
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="talks")
    why = models.CharField(max_length=20, choices=TalkReason)
    opened_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    objects = PracticeTalkQuerySet.as_manager()

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
