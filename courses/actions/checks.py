"""What a trainee does in a course check: begin a round, and answer its questions one by one.

A round that is open is gone on with, whatever tab or device asks for another. In a round the
first answer to a question counts; sent again, it is the same answer.
"""

import uuid

from django.db import transaction

from content import rounds, scoring
from content.blocks.question_bank import CheckPurpose
from courses.actions.keys import key_for
from courses.actions.milestones import settle_ready
from courses.models import CheckAnswer, CheckRound, Enrolment


@transaction.atomic
def begin_round(*, enrolment, lesson, check, questions, bank, key, at):
    """Draw a set of questions, or return the round that is there to be gone on with.

    `check` is a content.exercises.CourseCheck; `questions` are the bank's, {id: (group,
    question)}, as page revision `bank` holds them. A baseline is taken only once. Raises
    content.rounds.TooFew when the bank cannot give as many.
    """
    seed = uuid.uuid4()
    drawn = rounds.draw(questions, check.draw, str(seed))
    Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    found = CheckRound.objects.filter(enrolment_id=enrolment.pk).at(check)
    there = found.filter(key=key).first() or found.filter(finished_at=None).first()
    if there is None and check.purpose == "baseline":
        there = found.first()
    if there:
        return there
    Enrolment.objects.filter(pk=enrolment.pk).update(last_lesson=lesson.key, last_active_at=at)
    return CheckRound.objects.create(
        enrolment_id=enrolment.pk,
        lesson=lesson.key,
        exercise=check.id,
        bank=bank,
        purpose=check.purpose,
        need=check.need,
        seed=seed,
        questions=[
            {"id": each.id, "safety": each.safety, "shown": list(each.shown)} for each in drawn
        ],
        key=key,
        begun_at=at,
    )


@transaction.atomic
def answer_question(*, round, question, answers, key, at):
    """Keep the first answer to a question of a round, and finish the round with the last one.

    `answers` is what `content.scoring` marks; None says “I don't know yet”. Returns the
    CheckAnswer that counts, and whether it is this one. Raises content.scoring.NotAnOption when
    the answer does not fit the question.
    """
    mark = None if answers is None else scoring.mark_any(question, answers)
    kept = None if mark is None else mark.answers
    own_key = key_for(key, question.id, kept)
    locked = CheckRound.objects.select_for_update(of=("self",)).select_related(
        "enrolment__cohort__edition"
    )
    locked = locked.defer("enrolment__cohort__edition__contents").get(pk=round.pk)
    CheckAnswer.objects.bulk_create(
        [
            CheckAnswer(
                round=locked,
                question=question.id,
                answers=kept,
                met=bool(mark and mark.met),
                key=own_key,
                at=at,
            )
        ],
        ignore_conflicts=True,
    )
    if locked.finished_at is None and locked.answers.count() == len(locked.questions):
        CheckRound.objects.filter(pk=locked.pk).update(finished_at=max(at, locked.begun_at))
        if locked.purpose == CheckPurpose.FINAL:
            settle_ready(enrolment=locked.enrolment, at=at)
    Enrolment.objects.filter(pk=locked.enrolment_id).update(
        last_lesson=locked.lesson, last_active_at=at
    )
    counts = CheckAnswer.objects.get(round=locked, question=question.id)
    return counts, counts.key == own_key
