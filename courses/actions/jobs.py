"""Doing something once in every period, whoever asks and how often."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from courses.models import Job

# Whoever began and has not ended after so long was stopped on the way: somebody else may begin.
STOPPED_AFTER = timedelta(minutes=15)
# Machines differ by minutes. What was begun later than that from now had a clock that was wrong.
WRONG_CLOCK = timedelta(hours=1)


def begin(*, name, period, at):
    """Take a job for a period; return whether it is ours to do.

    Periods sort as they follow one another, so that a clock that is a little behind takes nothing
    back. A clock that had jumped ahead, and was put right, stops nothing for long.
    """
    with transaction.atomic(durable=True):
        new = Job(name=name, period="", began_at=at, ended_at=at)
        Job.objects.bulk_create([new], ignore_conflicts=True)
        stopped = Q(period=period, ended_at=None, began_at__lte=at - STOPPED_AFTER)
        wrong = Q(began_at__gte=at + WRONG_CLOCK)
        ours = Job.objects.filter(Q(period__lt=period) | stopped | wrong, name=name)
        return bool(ours.update(period=period, began_at=at, ended_at=None))


def end(*, name, at):
    """Note that the job is done for this period."""
    Job.objects.filter(name=name).update(ended_at=at)


def note(*, name, at):
    """Note that something which is done at any time was done now."""
    done = {"period": "", "began_at": at, "ended_at": at}
    Job.objects.update_or_create(name=name, defaults=done)
