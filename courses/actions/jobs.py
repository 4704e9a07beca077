"""Doing something once in every period, whoever asks and how often."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from courses.models import Job

# Whoever began and has not ended after so long was stopped on the way: somebody else may begin.
STOPPED_AFTER = timedelta(minutes=15)


def begin(*, name, period, at):
    """Take a job for a period; return whether it is ours to do.

    Periods sort as they follow one another, so that a clock that is behind takes nothing back.
    """
    with transaction.atomic(durable=True):
        new = Job(name=name, period="", began_at=at, ended_at=at)
        Job.objects.bulk_create([new], ignore_conflicts=True)
        stopped = Q(period=period, ended_at=None, began_at__lte=at - STOPPED_AFTER)
        ours = Job.objects.filter(Q(period__lt=period) | stopped, name=name)
        return bool(ours.update(period=period, began_at=at, ended_at=None))


def end(*, name, at):
    """Note that the job is done for this period."""
    Job.objects.filter(name=name).update(ended_at=at)
