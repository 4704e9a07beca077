"""Who may observe a practice, what was seen in it, and what follows from that.

What was seen is kept in observations, of which a later one may correct an earlier one. Whoever
asks here gets the corrected ones, and never a sum or an average of them.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import (
    Calibration,
    Observation,
    Outcome,
    Practice,
    PracticeNumber,
    Rating,
    RoleKind,
    SelfReview,
    TalkReason,
)
from courses.readiness import CRITERIA, GETS_IN_THE_WAY, SAFETY_CRITICAL, Readiness, decide
from courses.rubric import Criterion, Level

ASKED_ABOUT = "PF9"  # if nothing touched on it, the observer asks one question

# --- Who may observe ----------------------------------------------------------------------------


class Observer:
    """Somebody who observes, and what stands in the way of it. Three queries, for any number."""

    def __init__(self, person):
        self.person = person

    @cached_property
    def _roles(self):
        roles = self.person.roles.in_force().filter(kind=RoleKind.OBSERVER)
        return set(roles.values_list("organisation_id", flat=True))

    @cached_property
    def _calibrated(self):
        tries = Calibration.objects.filter(observer=self.person).order_by("pk")
        return dict(tries.values_list("organisation_id", "is_enough"))

    @cached_property
    def _leads_with(self):
        """Return {(day, trainee id)} of those whom this person leads a practice together with."""
        practices = Practice.objects.in_force().exclude(partner=None).exclude(slot=None)
        mine = practices.filter(enrolment__trainee=self.person) | practices.filter(
            partner__trainee=self.person
        )
        pairs = mine.values_list(
            "slot__starts_at", "enrolment__trainee_id", "partner__trainee_id"
        ).order_by()
        return {
            (timezone.localdate(starts_at), other)
            for starts_at, *both in pairs
            for other in both
            if other != self.person.pk
        }

    def why_not_in(self, organisation):
        """Return why this person does not observe in an organisation; None when they do."""
        if organisation.pk not in self._roles:
            return _("%(person)s is not an observer in %(organisation)s.") % {
                "person": self.person,
                "organisation": organisation,
            }
        if not self._calibrated.get(organisation.pk):
            return _(
                "Observers first rate a sample practice, and agree with others on most of it. "
                "%(person)s has that still to do."
            ) % {"person": self.person}
        return None

    def too_near(self, practice):
        """Return why this person is too near to watch this practice; None when they are not."""
        trainee, names = practice.enrolment.trainee, {"person": self.person}
        names["trainee"] = trainee
        if trainee.pk == self.person.pk:
            return _("Nobody observes themselves. Somebody else watches this practice.")
        if self._leads_together(practice):
            return (
                _("%(person)s leads with %(trainee)s that day, so somebody else observes.") % names
            )
        if practice.enrolment.mentor_id == self.person.pk:
            return _("%(person)s is %(trainee)s’s mentor, so somebody else observes.") % names
        return None

    def _leads_together(self, practice):
        if practice.partner_id and practice.partner.trainee_id == self.person.pk:
            return True
        if practice.slot is None:
            return False
        day = timezone.localdate(practice.slot.starts_at)
        return (day, practice.enrolment.trainee_id) in self._leads_with

    def why_not(self, practice):
        """Return why this person may not observe a practice, in a sentence; None when they may."""
        organisation = practice.enrolment.cohort.organisation
        return self.why_not_in(organisation) or self.too_near(practice)


def may_observe(person, practice):
    """Return None when this person may observe the practice, or else why not, in a sentence.

    They are an observer of the organisation and calibrated there; and not the trainee, not their
    partner or co-facilitator that day, and not their mentor (rule C4).
    """
    return Observer(person).why_not(practice)


# --- What was seen ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    """One criterion as it was seen in a practice; `level` is None where it was not seen."""

    criterion: Criterion
    level: Level | None
    evidence: str


def readiness_of(enrolments) -> dict[int, Readiness]:
    """Return {enrolment id: Readiness} of those who were watched at all, in one query."""
    seen = _levels_seen(enrolments)
    return {enrolment: decide(practices.values()) for enrolment, practices in seen.items()}


def _levels_by_practice(enrolment):
    return _levels_seen([enrolment]).get(enrolment.pk, {})


def _levels_seen(enrolments):
    """Return {enrolment id: {practice id: {criterion: level or None}}}, oldest practice first.

    A correction stands where the practice stood: mending an old one does not make it the newest.
    """
    rows = (
        Rating.objects.filter(
            observation__practice__enrolment__in=enrolments,
            observation__practice__observed_at__isnull=False,
            observation__corrected_by=None,
        )
        .order_by("observation__practice__observed_at", "observation__practice_id", "pk")
        .values_list(
            "observation__practice__enrolment_id",
            "observation__practice_id",
            "criterion",
            "level",
        )
    )
    found = defaultdict(lambda: defaultdict(dict))
    for enrolment, practice, criterion, level in rows:
        found[enrolment][practice][criterion] = level
    return found


def seen_in(observation, rubric):
    """Return each criterion as it was seen, with the rubric's words, in the rubric's order."""
    rated = {each.criterion: each for each in observation.ratings.all()}
    return [
        Seen(
            criterion=criterion,
            level=criterion.level(rating.level) if rating.level else None,
            evidence=rating.evidence,
        )
        for criterion in rubric.criteria
        if (rating := rated.get(criterion.code))
    ]


def observation_of(practice):
    """Return the observation of a practice that counts now, with its ratings; None before one."""
    return (
        Observation.objects.in_force()
        .filter(practice=practice)
        .select_related("observer")
        .prefetch_related("ratings")
        .first()
    )


def is_open_to_trainee(practice):
    """Tell whether its trainee may read what was seen: once they wrote their own review (C3)."""
    return SelfReview.objects.filter(practice=practice).exists()


def waits_for_self_review(enrolment):
    """Return the trainee's watched practices of which they have not yet written themselves."""
    return enrolment.practices.observed().filter(self_review=None)


# --- What follows -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Follows:
    """What follows from a practice: what is recorded, the talks it leads to, and why.

    `readiness` is that of practice 2: over all that was seen, this one included.
    """

    outcome: Outcome
    talks: tuple[TalkReason, ...]
    readiness: Readiness | None

    @property
    def must_talk(self):
        """True where nobody is asked whether to talk: something was at the first level."""
        return TalkReason.LEVEL_ONE in self.talks or TalkReason.SAFETY in self.talks


def what_follows(practice, levels, *, wants_talk=False):
    """Say what follows when these levels are seen in a practice: {criterion: level or None}.

    `wants_talk`: the observer of practice 1 would like the trainee to talk with their mentor.
    """
    low = [code for code in CRITERIA if levels.get(code) == GETS_IN_THE_WAY]
    talks = []
    if SAFETY_CRITICAL.intersection(low):
        talks.append(TalkReason.SAFETY)
    elif low:
        talks.append(TalkReason.LEVEL_ONE)
    if practice.number == PracticeNumber.FIRST:
        outcome = Outcome.TALK if low or wants_talk else Outcome.CARRY_ON
        return Follows(outcome=outcome, talks=tuple(talks), readiness=None)
    readiness = decide(_levels_until(practice, levels))
    # Then a conversation; and never a closed door.
    until_talk = practice.enrolment.cohort.organisation.practices_until_talk
    if not readiness.is_ready and (_not_yet_before(practice) + 1) % until_talk == 0:
        talks.append(TalkReason.STILL_NOT_YET)
    return Follows(
        outcome=Outcome.READY if readiness.is_ready else Outcome.NOT_YET,
        talks=tuple(talks),
        readiness=readiness,
    )


def readiness_after(practice):
    """Return the Readiness that all that was seen up to this practice comes to."""
    return decide(_levels_until(practice))


def _levels_until(practice, levels=None):
    """Return what was seen up to this practice; `levels` stand for what was seen in it.

    What came later did not count on its day, and does not when it is corrected.
    """
    told = _levels_by_practice(practice.enrolment)
    if levels is not None:
        told[practice.pk] = levels  # in its place when it was there, or else last
    places = list(told)
    until = places.index(practice.pk) + 1 if practice.pk in told else len(places)
    return list(told.values())[:until]


@dataclass(frozen=True)
class Missing:
    """What stands in the way of ready, as criteria of the rubric. Each stands in one place."""

    not_seen: list[Criterion]
    in_the_way: list[Criterion]
    safety_below: list[Criterion]
    below: list[Criterion]


def missing(readiness, rubric):
    """Say what stands in the way of ready, in the rubric's words."""
    said = set(readiness.in_the_way)
    safety = [code for code in readiness.safety_below if code not in said]
    below = [code for code in readiness.below if code not in said.union(safety)]
    return Missing(
        not_seen=[rubric.criterion(code) for code in readiness.not_seen],
        in_the_way=[rubric.criterion(code) for code in readiness.in_the_way],
        safety_below=[rubric.criterion(code) for code in safety],
        below=[rubric.criterion(code) for code in below],
    )


def _not_yet_before(practice):
    told = Observation.objects.in_force().filter(
        practice__enrolment=practice.enrolment_id, outcome=Outcome.NOT_YET
    )
    if practice.observed_at:
        told = told.filter(practice__observed_at__lt=practice.observed_at)
    return told.exclude(practice=practice).count()
