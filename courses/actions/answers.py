"""What trainees answer for themselves: in their own words, and with numbers. Nobody marks it.

Each save adds a row; the same save sent again is one.
"""

from django.db import transaction

from courses.actions.keys import key_for
from courses.models import Comparison, Enrolment, ScaleAnswer, ShortAnswer


@transaction.atomic
def answer_shortly(*, enrolment, lesson, short, text, key, at):
    """Keep an answer in one's own words. `short` is a content.exercises.Short."""
    own_key = key_for(key, short.id, text)
    ShortAnswer.objects.bulk_create(
        [
            ShortAnswer(
                enrolment_id=enrolment.pk,
                lesson=lesson.key,
                exercise=short.id,
                question=short.question,
                text=text,
                key=own_key,
                at=at,
            )
        ],
        ignore_conflicts=True,
    )
    _was_here(enrolment, lesson, at)
    return ShortAnswer.objects.get(enrolment_id=enrolment.pk, key=own_key)


@transaction.atomic
def compare(*, short_answer, said, key, at):
    """Keep what the writer says of their answer. It can be said again; the latest counts."""
    Comparison.objects.bulk_create(
        [Comparison(short_answer=short_answer, said=said, key=key_for(key, said), at=at)],
        ignore_conflicts=True,
    )


@transaction.atomic
def answer_scale(*, enrolment, lesson, scale, numbers, key, at):
    """Keep the numbers given to statements: {statement id: 0 to 10}, without those left out."""
    own_key = key_for(key, scale.id, numbers)
    ScaleAnswer.objects.bulk_create(
        [
            ScaleAnswer(
                enrolment_id=enrolment.pk,
                lesson=lesson.key,
                exercise=scale.id,
                revision=lesson.revision,
                numbers=numbers,
                key=own_key,
                at=at,
            )
        ],
        ignore_conflicts=True,
    )
    _was_here(enrolment, lesson, at)
    return ScaleAnswer.objects.get(enrolment_id=enrolment.pk, key=own_key)


def _was_here(enrolment, lesson, at):
    Enrolment.objects.filter(pk=enrolment.pk).update(last_lesson=lesson.key, last_active_at=at)
