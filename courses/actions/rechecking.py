"""Looking again at what somebody reached, after facts behind it were corrected (C9)."""

import uuid

from django.db import transaction

from courses import rechecking
from courses.actions.milestones import facts_in_full
from courses.completion import CORRECTABLE
from courses.models import Milestone, MilestoneLook


def rechecks_of(enrolment):
    """Return what to look at again of one enrolment: see `courses.rechecking`."""
    facts, told = facts_in_full(enrolment)
    return rechecking.rechecks(told, facts)


@transaction.atomic
def look(*, enrolment, note, by, at, key):
    """Keep that somebody looked at all that is to be looked at of this enrolment, and found this.

    Nothing else changes. Where there is nothing to look at, nothing is kept; twice is once.
    """
    for number, each in enumerate(rechecks_of(enrolment)):
        milestone = Milestone.objects.select_for_update().get(pk=each.milestone)
        MilestoneLook.objects.get_or_create(
            key=key if not number else _another(key, number),
            defaults={
                "milestone": milestone,
                "kinds": sorted(each.kinds),
                "note": note,
                "by": by,
                "at": at,
            },
        )


def settled(*, milestone, note, by, at):
    """Keep that somebody settled what is to be looked at of this milestone, now or later.

    For what was put right, or does not count any more: no later correction matters to it.
    """
    MilestoneLook.objects.create(
        milestone=milestone,
        kinds=sorted(CORRECTABLE),
        note=note[:300],
        by=by,
        at=at,
        key=uuid.uuid4(),
    )


def _another(key, number):
    """Return a key for the next row of the same act."""
    return uuid.uuid5(key, str(number))
