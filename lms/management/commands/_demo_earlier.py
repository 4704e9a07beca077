"""The demo’s earlier group: it has ended, so it has figures, and two of its people are ready."""

import uuid
from datetime import datetime, time, timedelta

from django.utils import timezone

from content.rounds import as_drawn
from content.scoring import best_answers
from courses.actions import answers, checks, cohorts, progress, ready
from courses.actions.languages import course_called
from courses.agreements import exercises_of
from courses.models import Enrolment, LessonProgress, Message, StepEvent
from courses.models.progress import StepEventKind
from courses.round_reading import bank_questions
from lms.management.commands._demo_people import attend, enrol, sign
from lms.management.commands._demo_practice import book, look_back, observe, plan

NAME = "Spring group"
ALL = (1, 2, 3, 4, 5, 6)
# name, sessions there, answers that were not the best (before, after), sureness (before, after)
PEOPLE = [
    ("Zofia Wójcik", ALL, (6, 0), (4, 8)),
    ("Kwame Boateng", (1, 2, 3, 5, 6), (5, 1), (5, 8)),
    ("Mary Quinn", ALL, (4, 2), (6, 7)),
    ("Idris Jones", (1, 2, 4, 5), (7, 3), (3, 7)),
    ("Anjali Sharma", (1, 2, 3, 4, 5), (5, 1), (4, 9)),
    ("Pat Doyle", (1, 3, 4, 5, 6), (6, 2), (5, 6)),
    ("Tariq Aziz", (1, 2, 5, 6), (5, 2), (4, 7)),
]
READY = ("Zofia Wójcik", "Kwame Boateng")


def run_earlier_group(organisation, staff, now):
    """Have a group come together half a year ago, and two of its people become ready.

    Return those two.
    """
    edition = course_called("becoming-a-peer-facilitator").editions.first()
    day = timezone.localdate(now) - timedelta(weeks=26)
    monday = day - timedelta(days=day.weekday())
    first = timezone.make_aware(datetime.combine(monday, time(18, 30)))
    cohort = cohorts.start(
        organisation=organisation,
        edition=edition,
        name=NAME,
        first_session_at=first,
        starts={
            each.number: first + timedelta(weeks=each.number) for each in edition.outline.sessions
        },
        by=staff["organiser"],
        at=first - timedelta(weeks=3),
        place="The Old Library, Mill Lane",
        facilitator=staff["facilitator"],
        co_facilitator=staff["co_facilitator"],
    )
    ended = first + timedelta(weeks=7)
    for n, (name, there, others, sure) in enumerate(PEOPLE, 1):
        enrolment = enrol(cohort, name, f"spring{n}@example.org", first - timedelta(days=9))
        attend(enrolment, cohort.session_runs.all(), there, staff["facilitator"])
        _check(enrolment, "baseline", others[0], first)
        _say_how_sure(enrolment, sure, first, ended)
        sign(enrolment, first + timedelta(days=8))
        _learn(enrolment, ended)
        _check(enrolment, "final", others[1], ended)
    # One after the other, as one person watches both.
    ready_people = [
        _become_ready(cohort, name, staff, ended + timedelta(hours=n))
        for n, name in enumerate(READY)
    ]
    # What they were written has long been sent.
    Message.objects.filter(cohort=cohort).update(made_at=ended, claimed_at=ended, sent_at=ended)
    return ready_people


def _check(enrolment, purpose, others, at):
    """Answer a whole set of the check; of those not about safety, `others` are not known yet."""
    outline = enrolment.cohort.edition.outline
    found = exercises_of(outline, "course_check")
    lesson, check = next((each[1], each[3]) for each in found if each[3].purpose == purpose)
    questions = bank_questions(outline.bank)
    drawn = checks.begin_round(
        enrolment=enrolment,
        lesson=lesson,
        check=check,
        questions=questions,
        bank=outline.bank,
        key=uuid.uuid4(),
        at=at,
    )
    plain = [each.id for each in drawn.drawn if not each.safety]
    unknown = set(plain[len(plain) - others :])
    for each in drawn.drawn:
        question = as_drawn(questions[each.id][1], each)
        checks.answer_question(
            round=drawn,
            question=question,
            answers=None if each.id in unknown else best_answers(question),
            key=uuid.uuid4(),
            at=at + timedelta(minutes=20),
        )


def _say_how_sure(enrolment, sure, *moments):
    found = list(exercises_of(enrolment.cohort.edition.outline, "scale"))
    for (_session, lesson, _step, scale), number, at in zip(
        (found[0], found[-1]), sure, moments, strict=True
    ):
        numbers = {each.id: number for each in scale.statements}
        answers.answer_scale(
            enrolment=enrolment,
            lesson=lesson,
            scale=scale,
            numbers=numbers,
            key=uuid.uuid4(),
            at=at,
        )


def _learn(enrolment, at):
    """Finish every lesson: the last step by its action, which settles; the others as it would."""
    lessons = enrolment.cohort.edition.outline.lessons
    events = {
        lesson.key: [
            StepEvent(
                enrolment=enrolment,
                lesson=lesson.key,
                step=step,
                kind=StepEventKind.FINISHED,
                key=uuid.uuid4(),
                at=at - timedelta(days=len(lessons) - n),
            )
            for step in lesson.step_ids
        ]
        for n, lesson in enumerate(lessons[:-1])
    }
    StepEvent.objects.bulk_create(each for told in events.values() for each in told)
    LessonProgress.objects.bulk_create(
        LessonProgress(
            enrolment=enrolment,
            lesson=lesson,
            steps={str(each.step): [str(each.key)] for each in told},
            finished_at=told[-1].at,
        )
        for lesson, told in events.items()
    )
    for step in lessons[-1].step_ids:
        progress.finish_step(
            enrolment=enrolment, lesson=lessons[-1], step=step, key=uuid.uuid4(), at=at
        )


def _become_ready(cohort, name, staff, at):
    enrolment = Enrolment.objects.with_cohort().get(cohort=cohort, trainee__name=name)
    for number in (1, 2):
        starts = at + timedelta(days=7 * number)
        (slot,) = plan(cohort, staff["observer"], staff["organiser"], number, starts, rounds=1)
        booked = book(enrolment, slot, staff["organiser"], slot.at)
        observe(booked, staff["observer"], {"PF4": 4})
        look_back(booked)
    ready.sign_off(enrolment=enrolment, by=staff["organiser"], at=at + timedelta(days=20))
    return enrolment
