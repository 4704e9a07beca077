"""Filling in a fidelity checklist. Each is added; the latest of each kind counts."""

from django.db import transaction

from courses.actions.attendance import locked
from courses.actions.keys import key_for
from courses.models import FidelityCheck, FilledInBy


class NotTogether(Exception):
    """One of the pair cannot fill it in for both."""


def filled_in_by(session_run, person):
    """Return what this person's checklist is: the pair's, or that of somebody who watched."""
    led = person.pk in (session_run.facilitator_id, session_run.co_facilitator_id)
    return FilledInBy.PAIR if led else FilledInBy.OBSERVER


@transaction.atomic
def fill_in(*, session_run, answers, note, key, by, at, together=False):
    """Keep a checklist: `answers` is {item: true or false}. Twice is once.

    Where two led, they fill it in together. Raises NotTogether, Cancelled.
    """
    run = locked(session_run)
    kind = filled_in_by(run, by)
    if kind == FilledInBy.PAIR and are_two(run) and not together:
        raise NotTogether
    own_key = key_for(key, answers, note)
    FidelityCheck.objects.bulk_create(
        [
            FidelityCheck(
                session_run=run,
                filled_in_by=kind,
                answers=answers,
                note=note,
                by=by,
                at=at,
                key=own_key,
            )
        ],
        ignore_conflicts=True,
    )
    return FidelityCheck.objects.get(session_run=run, key=own_key)


def are_two(session_run):
    """Tell whether two people are named as having led a session."""
    return bool(session_run.facilitator_id and session_run.co_facilitator_id)
