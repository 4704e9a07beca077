"""Groups led after training, those who lead them, and contacts with them."""

import uuid
from datetime import date, timedelta

from courses.actions import delivered, support
from courses.models import Enrolment, Milestone, MilestoneKind
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_enrolment,
    make_organisation,
    make_person,
)

FIRST_DAY = date(2026, 3, 3)
LATER = NOW
ANSWERS = {"two_led": True, "break_taken": False}


def make_ready(organisation, name="Amina Yusuf", at=NOW - timedelta(weeks=30), cohort=None):
    """Somebody who has reached “ready to co-facilitate”; their enrolment."""
    cohort = cohort or _trained(organisation)
    enrolment = make_enrolment(cohort, make_person(name), at=at - timedelta(weeks=10))
    Milestone.objects.create(
        enrolment=enrolment,
        kind=MilestoneKind.READY,
        edition=cohort.edition,
        reached_at=at,
        evidence={},
    )
    return Enrolment.objects.with_cohort().get(pk=enrolment.pk)


def _trained(organisation):
    """The cohort of an organisation from which people go on to lead."""
    found = organisation.cohorts.filter(name="Trained group").first()
    return found or make_cohort(
        organisation=organisation, name="Trained group", capacity=100, facilitator=make_person()
    )


def make_group(organisation=None, pair=None, *, label="Tuesday group", planned=6, **more):
    """A group that has begun, led by Amina and Ken. One person alone gives a reason."""
    organisation = organisation or make_organisation()
    if pair is None:
        pair = [make_ready(organisation, name).trainee for name in ("Amina Yusuf", "Ken Wallace")]
    first, second = (*pair, None)[:2]
    return delivered.begin(
        organisation=organisation,
        label=label,
        facilitator=first,
        co_facilitator=second,
        alone_because="" if second else "nobody",
        sessions_planned=planned,
        **{"key": uuid.uuid4(), "by": first, "at": NOW - timedelta(weeks=27)} | more,
    )


def hold(group, number, came=8, day=None, pair=None, **more):
    """Write down that a session was held, a week after the one before."""
    first, second = (*(pair or group.pair), None)[:2]
    return delivered.write_session(
        group=group,
        number=number,
        held_on=day or FIRST_DAY + timedelta(weeks=number - 1),
        came=came,
        facilitator=first,
        co_facilitator=second,
        alone_because="" if second else "away",
        **{"key": uuid.uuid4(), "by": first, "at": LATER} | more,
    )


def hold_all(group, came=8, first_day=FIRST_DAY, at=LATER):
    for number in range(1, group.sessions_planned + 1):
        hold(group, number, came, first_day + timedelta(weeks=number - 1), at=at)


def check(group, number=1, by=None, **more):
    """The pair fill in the checklist of a session together, or somebody who watched does."""
    return delivered.check(
        group=group,
        number=number,
        by=by or group.facilitator,
        **{"answers": ANSWERS, "key": uuid.uuid4(), "at": LATER, "together": True} | more,
    )


def make_contact(enrolment, month, day, by, **more):
    """Somebody was in contact."""
    said = {"how": "phone", "came_of_it": "well", "key": uuid.uuid4(), "at": LATER}
    return support.write_contact(enrolment=enrolment, month=month, day=day, by=by, **said | more)
