"""The demo’s groups led later: one whole series, and one that has begun; and calls to the pair."""

import uuid
from datetime import timedelta

from django.utils import timezone

from courses.actions import delivered, support
from courses.fidelity import ITEMS

CAME = (9, 8, 8, 7, 8, 6)


def lead_groups(organisation, pair, staff, now):
    """Have the two who are ready lead a whole series, begin another, and be called once."""
    leaders = [enrolment.trainee for enrolment in pair]
    began = now - timedelta(weeks=14)
    library = _begin(organisation, "Library group", leaders, staff, began)
    for number, came in enumerate(CAME, 1):
        _hold(library, number, came, leaders, began + timedelta(weeks=number))
    delivered.check(
        group=library,
        number=4,
        answers=dict.fromkeys(ITEMS, True) | {"break_taken": False},
        key=uuid.uuid4(),
        by=staff["observer"],
        at=began + timedelta(weeks=4),
    )
    harbour = _begin(organisation, "Harbour group", leaders, staff, now - timedelta(weeks=3))
    for number, came in ((1, 7), (2, 6)):
        _hold(harbour, number, came, leaders[:number], now - timedelta(weeks=3 - number))
    for enrolment in pair:
        _call(enrolment, staff["organiser"])


def _begin(organisation, label, leaders, staff, at):
    return delivered.begin(
        organisation=organisation,
        label=label,
        facilitator=leaders[0],
        co_facilitator=leaders[1],
        alone_because="",
        sessions_planned=6,
        key=uuid.uuid4(),
        by=staff["organiser"],
        at=at,
    )


def _hold(group, number, came, leaders, at):
    first, second = (*leaders, None)[:2]
    delivered.write_session(
        group=group,
        number=number,
        held_on=timezone.localdate(at),
        came=came,
        facilitator=first,
        co_facilitator=second,
        alone_because="" if second else "away",
        key=uuid.uuid4(),
        by=first,
        at=at,
    )


def _call(enrolment, organiser):
    """One call, a month after they became ready."""
    at = enrolment.ready_sign_off.at + timedelta(weeks=4)
    support.write_contact(
        enrolment=enrolment,
        month=1,
        day=timezone.localdate(at),
        how="phone",
        came_of_it="well",
        key=uuid.uuid4(),
        by=organiser,
        at=at,
    )
