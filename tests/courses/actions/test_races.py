"""Two at once: one winner, nothing doubled, nothing lost. On both databases, with real threads."""

import threading
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from courses.actions import (
    cohorts,
    delivered,
    editions,
    feedback,
    h5p,
    invitations,
    joining,
    moving,
    practice,
    practice_slots,
    progress,
    ready,
    sessions,
)
from courses.actions.attendance import Marked, mark_attendance
from courses.actions.cohorts import CannotJoin
from courses.actions.practice import CannotBook
from courses.actions.practice_slots import CannotObserve
from courses.models import (
    Attendance,
    CheckAnswer,
    CheckRound,
    Cohort,
    CohortMove,
    DeliveredEnd,
    DeliveredFidelity,
    DeliveredGroup,
    DeliveredSession,
    Enrolment,
    FeedbackGiven,
    GroupFeedback,
    H5PState,
    H5PStatement,
    Invitation,
    LessonPage,
    LessonProgress,
    Message,
    Milestone,
    Observation,
    Practice,
    PracticeSlot,
    PracticeTalk,
    Rating,
    ReadySignOff,
    SelfReview,
    SessionChange,
    StepEvent,
    SupportContact,
    WaitingPlace,
    Waiver,
)
from courses.name_list import read
from courses.signals import series_led
from lms import cards
from tests.courses.actions.test_checks import Checked
from tests.courses.actions.test_h5p import Played
from tests.factories.courses import (
    NOW,
    attend,
    finish_lesson,
    make_cohort,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_ready_edition,
    meet_all_but_sign_off,
    read_block,
    step_block,
)
from tests.factories.delivered import check, hold, make_contact, make_group, make_ready
from tests.factories.migrated import put_back_what_migrations_made
from tests.factories.practice import (
    SOON,
    book,
    make_observer,
    make_practice_cohort,
    make_slot,
    make_trainee,
    observe,
    review_own,
)

# Threads see only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

TOGETHER = 8


@pytest.fixture(autouse=True)
def _as_migrated(transactional_db):
    put_back_what_migrations_made()


def at_once(act, count=TOGETHER):
    """Call act(n) in so many threads at the same moment; return what each returned or raised."""
    gate, results = threading.Barrier(count), [None] * count

    def run(n):
        gate.wait()
        try:
            results[n] = act(n)
        except Exception as raised:  # it is looked at by the test
            results[n] = raised
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[n]) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_the_last_place_goes_to_one_person():
    cohort = make_enrolment().cohort
    cohort.capacity = 2
    cohort.save()
    people = [make_person(f"Person {n}") for n in range(TOGETHER)]

    results = at_once(lambda n: cohorts.enrol(cohort=cohort, trainee=people[n], at=NOW))

    assert sum(isinstance(result, Enrolment) for result in results) == 1
    assert sum(isinstance(result, CannotJoin) for result in results) == TOGETHER - 1
    assert cohort.enrolments.count() == 2


def test_of_sixty_four_at_every_door_as_many_come_in_as_there_are_places():
    """With the code, with invitations and from the waiting list, all at the same moment."""
    cohort = make_enrolment().cohort
    Cohort.objects.update(capacity=4)
    people = [make_person(f"Person {n}", email=f"p{n}@example.org") for n in range(64)]
    waiting = [
        WaitingPlace.objects.create(cohort=cohort, person=person, asked_at=NOW)
        for person in people[::3]
    ]
    lines = read("\n".join(f"{each.name}, {each.email}" for each in people[1::3]))
    invitations.invite(cohort=cohort, lines=lines, by=people[0], at=NOW)
    invited = {each.email: each for each in Invitation.objects.all()}

    def come_in(n):
        if n % 3 == 0:
            return joining.let_in(waiting_place=waiting[n // 3], at=NOW)
        return joining.join(
            cohort=cohort, person=people[n], at=NOW, invitation=invited.get(people[n].email)
        )

    results = at_once(come_in, count=64)

    assert sum(isinstance(result, Enrolment) for result in results) == 3
    assert sum(isinstance(result, CannotJoin) for result in results) == 61
    assert cohort.enrolments.filter(left_at=None).count() == 4
    assert Message.objects.filter(kind__in=["welcome", "place_free"]).count() == 3


def test_sixty_four_newcomers_with_code_or_invitation_fill_the_last_place_once():
    cohort = make_enrolment().cohort
    Cohort.objects.update(capacity=2)
    people = [make_person(f"Person {n}", email=f"p{n}@example.org") for n in range(64)]
    lines = read("\n".join(each.email for each in people[::2]))
    invitations.invite(cohort=cohort, lines=lines, by=people[0], at=NOW)
    invited = {each.email: each for each in Invitation.objects.all()}

    results = at_once(
        lambda n: joining.join(
            cohort=cohort, person=people[n], at=NOW, invitation=invited.get(people[n].email)
        ),
        count=64,
    )

    assert sum(isinstance(result, Enrolment) for result in results) == 1
    assert sum(isinstance(result, CannotJoin) for result in results) == 63
    assert cohort.enrolments.filter(left_at=None).count() == 2


def test_one_invitation_used_by_several_at_once_lets_in_one():
    cohort = make_enrolment().cohort
    invitations.invite(
        cohort=cohort, lines=read("amina@example.org"), by=make_person("Oluchi"), at=NOW
    )
    invitation = Invitation.objects.get()
    people = [make_person(f"Person {n}") for n in range(TOGETHER)]

    results = at_once(
        lambda n: joining.join(cohort=cohort, person=people[n], at=NOW, invitation=invitation)
    )

    assert sum(isinstance(result, Enrolment) for result in results) == 1
    assert cohort.enrolments.count() == 2


def test_one_list_sent_several_times_at_once_invites_each_person_once():
    cohort = make_enrolment().cohort
    lines, by = read("Amina, amina@example.org\nDev"), make_person("Oluchi")
    people = get_user_model().objects.count()

    results = at_once(lambda n: invitations.invite(cohort=cohort, lines=lines, by=by, at=NOW))

    assert [result for result in results if isinstance(result, Exception)] == []
    assert Invitation.objects.count() == 2
    assert Message.objects.filter(kind="invitation").count() == 1
    assert get_user_model().objects.count() == people + 1


def test_one_card_used_by_several_at_once_lets_one_in():
    dev = get_user_model().objects.create_user(name="Dev")
    [card] = cards.make(people=[dev], by=None, at=NOW)

    results = at_once(lambda n: cards.use(code=card.code, at=NOW))

    assert results.count(dev) == 1
    assert results.count(None) == TOGETHER - 1


def test_one_change_of_a_session_sent_several_times_at_once_is_told_once():
    enrolment = make_enrolment()
    run = enrolment.cohort.session_runs.first()
    later = {"starts_at": run.starts_at + timedelta(days=1)}
    pair = {"facilitator": run.facilitator, "co_facilitator": run.co_facilitator}

    results = at_once(
        lambda n: sessions.change_session(
            session_run=run,
            by=run.facilitator,
            at=NOW - timedelta(days=1),
            one_facilitator_reason="",
            **later,
            **pair,
        )
    )

    assert [result for result in results if isinstance(result, Exception)] == []
    assert SessionChange.objects.count() == 1
    assert Message.objects.count() == 3


def test_a_course_completed_from_several_tabs_is_completed_once():
    enrolment = make_enrolment()
    attend(enrolment, 1, 2, 3, 4)
    *before, last = enrolment.cohort.edition.outline.lessons
    for lesson in before:
        finish_lesson(enrolment, lesson)
    progress.finish_step(
        enrolment=enrolment, lesson=last, step=last.step_ids[0], key=uuid.uuid4(), at=NOW
    )

    results = at_once(
        lambda n: progress.finish_step(
            enrolment=enrolment, lesson=last, step=last.step_ids[1], key=uuid.uuid4(), at=NOW
        )
    )

    assert [result for result in results if isinstance(result, Exception)] == []
    assert sum(isinstance(result, Milestone) for result in results) == 1
    assert Milestone.objects.count() == 1


def test_one_press_that_arrives_several_times_at_once_is_one_fact():
    enrolment = make_enrolment()
    lesson, key = enrolment.cohort.edition.outline.lessons[0], uuid.uuid4()

    results = at_once(
        lambda n: progress.finish_step(
            enrolment=enrolment, lesson=lesson, step=lesson.step_ids[0], key=key, at=NOW
        )
    )

    assert results == [None] * TOGETHER
    assert StepEvent.objects.count() == 1


def test_what_an_activity_says_several_times_at_once_is_kept_once():
    played = Played()

    results = at_once(lambda n: played.say(id="5f1c0f0e-54a5-4d26-9e0b-0c8a2d1f7a11"))

    kept = H5PStatement.objects.get()
    assert {statement for statement, _is_new in results} == {kept}
    assert sum(is_new for _statement, is_new in results) == 1


def test_of_different_things_said_at_once_as_many_are_kept_as_there_is_room_for(
    monkeypatch,
):
    monkeypatch.setattr(h5p, "AT_MOST", 3)
    played = Played()

    results = at_once(lambda n: played.say(id=str(uuid.uuid4())))

    assert sum(isinstance(result, h5p.TooMany) for result in results) == TOGETHER - 3
    assert H5PStatement.objects.count() == 3


def test_doing_it_in_words_from_several_tabs_is_once():
    played = Played()

    results = at_once(lambda n: played.say_in_words())

    assert {result.pk for result in results} == {H5PStatement.objects.get().pk}


def test_states_saved_at_once_leave_one_of_them_whole():
    played = Played()
    states = [f"state {n}" * 1000 for n in range(TOGETHER)]

    results = at_once(lambda n: played.save(states[n]))

    assert results == [None] * TOGETHER
    assert H5PState.objects.get().state in states


def test_a_set_of_questions_begun_in_several_tabs_is_one():
    checked = Checked()

    results = at_once(lambda n: checked.begin())

    assert {result.pk for result in results} == {CheckRound.objects.get().pk}


def test_of_several_answers_at_once_one_counts_and_all_are_told_which():
    checked = Checked()
    round = checked.begin()

    results = at_once(lambda n: checked.answer(round, best=n % 2 == 0))

    counts = CheckAnswer.objects.get()
    assert {answer for answer, _is_this in results} == {counts}
    assert sum(is_this for _answer, is_this in results) == 1


def test_the_last_answers_at_once_finish_the_round():
    checked = Checked()
    round = checked.begin()

    results = at_once(lambda n: checked.answer(round, place=n % 4))

    assert [result for result in results if isinstance(result, Exception)] == []
    assert CheckRound.objects.get().finished_at == NOW
    assert CheckAnswer.objects.count() == 4


def test_a_step_finished_while_the_group_is_moved_is_lost_on_neither_side():
    enrolment = make_enrolment()
    course = enrolment.cohort.edition.course
    lesson = enrolment.cohort.edition.outline.lessons[0]
    finish_lesson(enrolment, lesson)
    page = LessonPage.objects.get(translation_key=lesson.key)
    page.body = [*page.body.raw_data, step_block("New"), read_block()]
    page.save_revision().publish()
    to = editions.make_edition(course=course, by=None, at=NOW)
    other = enrolment.cohort.edition.outline.lessons[1]

    def act(n):
        if n == 0:
            return moving.move_cohort(cohort=enrolment.cohort, to=to, by=None, at=NOW)
        step = other.step_ids[n % 2]
        return progress.finish_step(
            enrolment=enrolment, lesson=other, step=step, key=uuid.uuid4(), at=NOW
        )

    results = at_once(act)

    assert [result for result in results if isinstance(result, Exception)] == []
    assert CohortMove.objects.count() == 1
    done = LessonProgress.objects.filter(enrolment=enrolment, finished_at__isnull=False)
    assert {str(each.lesson) for each in done} == {lesson.key, other.key}


def test_of_64_words_that_somebody_is_ready_one_is_kept_and_all_are_told_which():
    enrolment = make_enrolment(make_cohort(make_ready_edition()))
    organisers = [make_organiser(enrolment.cohort.organisation, f"O {n}") for n in range(4)]
    meet_all_but_sign_off(enrolment)

    results = at_once(
        lambda n: ready.sign_off(enrolment=enrolment, by=organisers[n % 4], at=NOW), count=64
    )

    assert set(results) == {ReadySignOff.objects.get()}
    assert Milestone.objects.filter(kind="ready").count() == 1


def test_what_is_waived_from_several_tabs_at_once_is_waived_once():
    enrolment = make_enrolment(make_cohort(make_ready_edition()))
    organiser = make_organiser(enrolment.cohort.organisation)

    results = at_once(
        lambda n: ready.waive(
            enrolment=enrolment,
            kind="sessions_attended",
            reason=f"Tab {n}",
            instead="",
            by=organiser,
            key=uuid.uuid4(),
            at=NOW,
        )
    )

    assert set(results) == {Waiver.objects.get()}


def test_of_several_who_mark_one_person_at_once_one_mark_stands_and_the_others_are_told():
    enrolment = make_enrolment()
    run = enrolment.cohort.session_runs.get(number=1)
    people = [make_person(f"Facilitator {n}") for n in range(TOGETHER)]
    marks = ["present", "absent", "late", "excused"]

    results = at_once(
        lambda n: mark_attendance(
            session_run=run,
            marks={enrolment.pk: marks[n % len(marks)]},
            seen={enrolment.pk: None},
            key=uuid.uuid4(),
            by=people[n],
            at=NOW,
        )
    )

    stands = Attendance.objects.get()
    agreed = [n for n in range(TOGETHER) if marks[n % len(marks)] == stands.mark]
    assert [type(result) for result in results] == [Marked] * TOGETHER
    assert sum(result.changed for result in results) == 1
    told = [n for n, result in enumerate(results) if result.disputed == {enrolment.pk: stands}]
    assert told == [n for n in range(TOGETHER) if n not in agreed]


def test_one_sheet_that_arrives_several_times_at_once_is_one_mark():
    enrolment = make_enrolment()
    run, key = enrolment.cohort.session_runs.get(number=1), uuid.uuid4()

    results = at_once(
        lambda n: mark_attendance(
            session_run=run,
            marks={enrolment.pk: "present"},
            seen={enrolment.pk: None},
            key=key,
            by=run.facilitator,
            at=NOW,
        )
    )

    assert sorted(result.changed for result in results) == [0] * (TOGETHER - 1) + [1]
    assert Attendance.objects.count() == 1


def _say(enrolment):
    run = enrolment.cohort.session_runs.get(number=1)
    numbers = {"listened_to": 8, "had_a_turn": 8, "can_use": 8}
    return feedback.give(session_run=run, enrolment=enrolment, numbers=numbers)


def test_how_it_was_sent_several_times_at_once_is_said_once():
    enrolment = make_enrolment()

    results = at_once(lambda n: _say(enrolment))

    assert sorted(results) == [False] * (TOGETHER - 1) + [True]
    assert (GroupFeedback.objects.count(), FeedbackGiven.objects.count()) == (1, 1)


def test_five_who_answer_at_once_are_shown():
    first = make_enrolment()
    everyone = [first, *(make_enrolment(first.cohort, make_person()) for _n in range(4))]

    results = at_once(lambda n: _say(everyone[n]), count=5)

    assert results == [True] * 5
    assert GroupFeedback.objects.filter(can_use_shown=True).count() == 5


AT_ONE_SLOT = 64


@pytest.mark.parametrize("places", [1, 3])
def test_each_place_at_a_time_goes_to_one_of_sixty_four_people(places):
    cohort = make_practice_cohort()
    cohort.capacity = AT_ONE_SLOT
    cohort.save()
    people = [make_trainee(cohort, f"Person {n}") for n in range(AT_ONE_SLOT)]
    slot = make_slot(cohort, places=places)

    results = at_once(lambda n: book(people[n], slot), AT_ONE_SLOT)

    told = Counter(type(result) for result in results)
    assert told == {Practice: places, CannotBook: AT_ONE_SLOT - places}
    assert Practice.objects.booked().count() == places
    assert Message.objects.count() == places


def test_one_person_who_books_from_several_tabs_has_one_time():
    cohort = make_practice_cohort()
    amina = make_trainee(cohort, "Amina")
    slots = [make_slot(cohort, place=f"Room {n}") for n in range(TOGETHER)]

    results = at_once(lambda n: book(amina, slots[n]))

    assert all(isinstance(result, Practice) for result in results)
    assert Practice.objects.booked().count() == 1
    assert Practice.objects.count() == TOGETHER


def test_two_who_lead_together_book_at_the_same_moment():
    """Each booking names the other person: neither waits for the other for ever."""
    cohort = make_practice_cohort()
    pair = [make_trainee(cohort, name) for name in ("Amina", "Dev")]
    slots = [make_slot(cohort, place=f"Room {n}") for n in range(2)]

    results = at_once(lambda n: book(pair[n], slots[n], partner=pair[1 - n]), 2)

    assert all(isinstance(result, Practice) for result in results)


def test_a_time_called_off_while_people_book_it_leaves_nobody_in_it():
    cohort = make_practice_cohort()
    people = [make_trainee(cohort, f"Person {n}") for n in range(TOGETHER)]
    slot = make_slot(cohort, places=TOGETHER)

    def act(n):
        if n == 0:
            return practice_slots.cancel(slot=slot, at=NOW)
        return book(people[n], slot)

    results = at_once(act)

    assert isinstance(results[0], PracticeSlot)
    assert {type(result) for result in results[1:]} <= {Practice, CannotBook}
    assert not Practice.objects.in_force().exists()


def test_a_practice_is_observed_once_however_many_send():
    cohort = make_practice_cohort()
    observers = [make_observer(cohort.organisation, f"Observer {n}") for n in range(4)]
    booked = book(make_trainee(cohort, "Amina"), make_slot(cohort))
    keys = [uuid.uuid4() for _observer in observers]

    results = at_once(lambda n: observe(booked, observers[n % 4], key=keys[n % 4], PF5=1))

    kept = Observation.objects.get()
    assert [each for each in results if isinstance(each, Observation)] == [kept, kept]
    assert sum(isinstance(result, CannotObserve) for result in results) == TOGETHER - 2
    assert (Rating.objects.count(), PracticeTalk.objects.count()) == (10, 1)


def test_a_practice_is_let_go_or_observed_and_never_both():
    cohort = make_practice_cohort()
    observer = make_observer(cohort.organisation)
    booked = book(make_trainee(cohort, "Amina"), make_slot(cohort))
    organiser = observer

    def act(n):
        if n % 2:
            return practice.cancel(practice=booked, by=organiser, at=SOON)
        return observe(booked, observer, key=uuid.UUID(int=1))

    at_once(act)

    booked.refresh_from_db()
    assert (booked.cancelled_at is None) is Observation.objects.exists()


def test_a_self_review_from_several_tabs_is_one():
    cohort = make_practice_cohort()
    booked = book(make_trainee(cohort, "Amina"), make_slot(cohort))

    results = at_once(lambda n: review_own(booked, went_well=f"Words {n}"))

    assert {result.pk for result in results} == {SelfReview.objects.get().pk}


def test_a_round_that_is_planned_from_several_tabs_is_planned_once():
    cohort = make_practice_cohort()
    planner = make_person("Pat Planner")

    at_once(
        lambda n: practice_slots.plan(
            cohort=cohort, number=1, starts_at=SOON, rounds=4, minutes=16, by=planner, at=NOW
        )
    )

    assert PracticeSlot.objects.count() == 4


def test_a_group_a_session_and_a_call_sent_several_times_at_once_are_each_kept_once():
    organisation = make_organisation()
    pair = [make_ready(organisation, name).trainee for name in ("Amina", "Ken")]
    called, key = make_ready(organisation, "Zofia"), uuid.uuid4()
    day = timezone.localdate(NOW)

    began = at_once(lambda n: make_group(organisation, pair, key=key))
    held = at_once(lambda n: hold(began[0], 1, key=key))
    checked = at_once(lambda n: check(began[0], key=key))
    stopped = at_once(lambda n: delivered.end(group=began[0], by=pair[n % 2], at=NOW))
    calls = at_once(lambda n: make_contact(called, 1, day, pair[0], key=key))

    assert [len(set(each)) for each in (began, held, checked, stopped, calls)] == [1] * 5
    kept = (DeliveredGroup, DeliveredSession, DeliveredFidelity, DeliveredEnd, SupportContact)
    assert [table.objects.count() for table in kept] == [1] * 5


def test_of_two_who_complete_a_series_at_the_same_moment_it_is_heard():
    """One writes down the last session while the other fills in the checklist."""
    organisation, heard = make_organisation(), []
    pair = [make_ready(organisation, name).trainee for name in ("Amina", "Ken")]
    group = make_group(organisation, pair, planned=1)

    def hear(sender, person, **rest):
        heard.append(person.name)

    series_led.connect(hear)
    try:
        at_once(lambda n: check(group) if n else hold(group, 1), count=2)
    finally:
        series_led.disconnect(hear)

    assert sorted(set(heard)) == ["Amina", "Ken"]
