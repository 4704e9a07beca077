"""Writing down what was seen in a practice, and correcting it by adding to it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.actions.keys import key_for
from courses.actions.milestones import settle
from courses.actions.practice_slots import CannotObserve, tell, tell_organisers
from courses.models import (
    Enrolment,
    Observation,
    Organisation,
    Practice,
    PracticeTalk,
    Rating,
)
from courses.observing import Observer, may_observe, what_follows


@transaction.atomic
def observe(*, practice, observer, rated, next_step, key, at, wants_talk=False):
    """Keep what an observer saw: `rated` is {criterion: (level or None, evidence)}.

    The same send again gives the same observation. Raises CannotObserve when this person may not
    observe the practice (C4), when it is on a later day, or when it was observed already.
    """
    practice = _locked(practice)
    own_key = key_for(key, rated, next_step)
    sent = Observation.objects.filter(practice=practice, key=own_key).first()
    if sent:
        return sent
    why = _why_not(practice, observer, at)
    if why:
        raise CannotObserve(why)
    follows = what_follows(practice, _levels(rated), wants_talk=wants_talk)
    observation = _keep(
        practice, follows, rated, observer=observer, next_step=next_step, key=own_key, at=at
    )
    practice.observed_at = at
    practice.save(update_fields=["observed_at"])
    tell(practice, "watched", at=at)
    settle(enrolment=practice.enrolment, at=at)
    return observation


def _why_not(practice, observer, at):
    if practice.cancelled_at:
        return _("This practice was cancelled. Nothing needs to be written about it.")
    if practice.observed_at:
        return _("This practice has been written down already. You can correct it instead.")
    if practice.slot and timezone.localdate(practice.slot.starts_at) > timezone.localdate(at):
        return _("This practice is on a later day. Come back when you have watched it.")
    return may_observe(observer, practice)


@transaction.atomic
def correct(*, observation, rated, next_step, reason, by, key, at, wants_talk=False):
    """Put another observation in the place of one; both are kept, with who corrects it and why.

    The observer who wrote it may do that, and an organiser. Raises CannotObserve when it was
    corrected already, or when this person may not.
    """
    practice = _locked(observation.practice)
    own_key = key_for(key, rated, next_step, reason)
    sent = Observation.objects.filter(practice=practice, key=own_key).first()
    if sent:
        return sent
    why = _why_not_corrected(observation, practice, by)
    if why:
        raise CannotObserve(why)
    follows = what_follows(practice, _levels(rated), wants_talk=wants_talk)
    correction = _keep(
        practice,
        follows,
        rated,
        observer=by,
        next_step=next_step,
        key=own_key,
        at=at,
        corrects=observation,
        correction_reason=reason,
    )
    settle(enrolment=practice.enrolment, at=at)
    return correction


def _why_not_corrected(observation, practice, by):
    if Observation.objects.filter(corrects=observation).exists():
        return _("This was corrected already. Look at what stands there now, and correct that.")
    organises = Organisation.objects.organised_by(by)
    place = practice.enrolment.cohort.organisation_id
    if by.pk != observation.observer_id and not organises.filter(pk=place).exists():
        return _("Whoever watched a practice corrects it, or an organiser does.")
    return Observer(by).too_near(practice)


def _locked(practice):
    """Return the practice as it is now. Until the end, nobody else writes about this trainee."""
    Enrolment.objects.select_for_update(no_key=True).get(pk=practice.enrolment_id)
    return Practice.objects.locked().with_people().get(pk=practice.pk)


def _levels(rated):
    return {code: level for code, (level, _evidence) in rated.items()}


def _keep(practice, follows, rated, **said):
    """Add the observation with its ratings, and the talks that it leads to."""
    observation = Observation.objects.create(practice=practice, outcome=follows.outcome, **said)
    Rating.objects.bulk_create(
        Rating(
            observation=observation,
            criterion=code,
            level=level,
            evidence=evidence if level else "",
        )
        for code, (level, evidence) in rated.items()
    )
    # A talk that was held about this practice is not asked for again by a correction.
    held = PracticeTalk.objects.filter(observation__practice=practice, held_at__isnull=False)
    spoken = set(held.values_list("why", flat=True))
    talks = PracticeTalk.objects.bulk_create(
        PracticeTalk(
            enrolment=practice.enrolment, observation=observation, why=why, opened_at=said["at"]
        )
        for why in follows.talks
        if why not in spoken
    )
    if talks:
        tell_organisers(practice, at=said["at"])
    return observation
