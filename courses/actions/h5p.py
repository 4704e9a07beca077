"""What a trainee does with an activity: what it says of it, where they are in it, or “in words”.

What an activity says is the trainee's own claim. It is kept once, however often it is sent, and
says that they did it: no standing and no certificate rests on how.
"""

from django.db import transaction

from courses.actions.keys import key_for
from courses.models import Enrolment, H5PHow, H5PState, H5PStatement
from courses.played import held

LARGEST_STATE = 1024 * 1024  # bytes
# Of one activity. Far more than anybody plays, and little enough for a script that never stops.
AT_MOST = 200


class NotHeld(Exception):
    """This version of the activity is in no edition that the trainee's group follows or did."""


class TooMany(Exception):
    """As much as we keep of one activity is kept already."""


class TooLong(Exception):
    """The state is longer than we keep."""


class NotText(Exception):
    """The state is nothing that a database could hold."""


@transaction.atomic
def record_statement(*, enrolment, exercise, version, statement, at):
    """Keep what an activity says. Return (the H5PStatement, whether it is new).

    `statement` is a content.h5p.statements.Statement. One without a name of its own is known by
    all that it says. Raises NotHeld and TooMany.
    """
    lesson = _lesson(enrolment, exercise, version)
    key = key_for(exercise, version, statement.id or statement.kept)
    _lock(enrolment)
    told = H5PStatement.objects.filter(enrolment_id=enrolment.pk)
    again = told.filter(key=key).first()
    if again:
        return again, False
    # What was done is counted apart, so that what comes on the way never takes its place.
    if told.filter(exercise=exercise, is_done=statement.is_done).count() >= AT_MOST:
        raise TooMany
    _was_here(enrolment, lesson, at)
    kept = told.create(
        enrolment_id=enrolment.pk,
        lesson=lesson.key,
        exercise=exercise,
        version_id=version,
        key=key,
        verb=statement.verb,
        is_done=statement.is_done,
        score=statement.score,
        statement=statement.kept,
        at=at,
    )
    return kept, True


@transaction.atomic
def say_done_in_words(*, enrolment, exercise, key, at):
    """Record “I did this in words”, once for each activity. Return the H5PStatement.

    Raises NotHeld.
    """
    lesson, activity = next(held(enrolment, exercise), (None, None))
    if activity is None:
        raise NotHeld
    _lock(enrolment)
    told = H5PStatement.objects.filter(enrolment_id=enrolment.pk)
    again = told.filter(exercise=exercise, how=H5PHow.IN_WORDS).first()
    if again:
        return again
    _was_here(enrolment, lesson, at)
    return told.create(
        enrolment_id=enrolment.pk,
        lesson=lesson.key,
        exercise=exercise,
        version_id=activity.version,
        how=H5PHow.IN_WORDS,
        key=key_for(key, exercise, H5PHow.IN_WORDS),
        verb="completed",
        is_done=True,
        at=at,
    )


@transaction.atomic
def save_state(*, enrolment, exercise, version, state, at):
    """Keep where somebody is in an activity; the newest wins. Raises NotHeld, TooLong, NotText."""
    _lesson(enrolment, exercise, version)
    try:
        size = len(state.encode())
    except UnicodeEncodeError as broken:
        raise NotText from broken
    if "\0" in state:
        raise NotText
    if size > LARGEST_STATE:
        raise TooLong
    H5PState.objects.bulk_create(
        [
            H5PState(
                enrolment_id=enrolment.pk,
                exercise=exercise,
                version_id=version,
                state=state,
                saved_at=at,
            )
        ],
        update_conflicts=True,
        unique_fields=["enrolment", "exercise", "version"],
        update_fields=["state", "saved_at"],
    )


def _lesson(enrolment, exercise, version):
    """Return the OutlineLesson in which this version is played, or raise NotHeld."""
    for lesson, activity in held(enrolment, exercise):
        if activity.version == version:
            return lesson
    raise NotHeld


def _lock(enrolment):
    """Let one act of this trainee follow another."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)


def _was_here(enrolment, lesson, at):
    Enrolment.objects.filter(pk=enrolment.pk).update(last_lesson=lesson.key, last_active_at=at)
