"""What people say of a session, without their name."""

from django.db import transaction

from courses.actions.attendance import locked
from courses.feedback import QUESTIONS, can_be_shown
from courses.models import FeedbackGiven, GroupFeedback


@transaction.atomic
def give(*, session_run, enrolment, numbers):
    """Keep what somebody says of a session, once. Return whether it was the first time.

    `numbers` is {question of `courses.feedback`: 0 to 10, or None}. That somebody said something
    is one row, what was said is another, and nothing joins the two. So there is no `by` and no
    `at` here. Raises Cancelled.
    """
    # One after the other: two at once would each count one too few.
    run = locked(session_run)
    _given, is_first = FeedbackGiven.objects.get_or_create(session_run=run, enrolment=enrolment)
    if is_first:
        GroupFeedback.objects.create(session_run=run, **numbers)
        _let_be_seen(run)
    return is_first


def _let_be_seen(run):
    """Show what waits, question by question, once enough of it is there."""
    for question in QUESTIONS:
        waiting = GroupFeedback.objects.filter(
            **{"session_run": run, f"{question}__isnull": False, f"{question}_shown": False}
        )
        if can_be_shown(waiting.count(), run.cohort.organisation.small_number):
            waiting.update(**{f"{question}_shown": True})
