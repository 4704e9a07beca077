"""The way to ready: what meets each requirement, the organiser's word, and what is waived."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from courses import agreements as state
from courses.actions import editions, progress, ready
from courses.actions.milestones import facts_of, ready_standing_of, settle_ready
from courses.models import (
    AttendanceMark,
    Edition,
    Enrolment,
    LessonPage,
    Milestone,
    MilestoneKind,
    ReadySignOff,
    SelfReview,
    Waiver,
)
from tests.factories.courses import (
    NOW,
    attend,
    finish_all_lessons,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_ready_course,
    make_ready_edition,
    make_role,
    meet_all_but_sign_off,
    meet_final_check,
    sign_agreements,
    watch,
)
from tests.factories.languages import in_spanish
from tests.factories.standing import standing_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=60)


@pytest.fixture
def organisation():
    return make_organisation("Riverside Peers")


@pytest.fixture
def organiser(organisation):
    return make_organiser(organisation, "Oluchi")


@pytest.fixture
def enrolment(organisation):
    return make_enrolment(make_cohort(make_ready_edition(), organisation))


def outstanding(enrolment):
    return [asked.kind for asked in ready_standing_of(enrolment).outstanding]


def sign_off(enrolment, by, at=LATER):
    return ready.sign_off(enrolment=enrolment, by=by, at=at)


def waive(enrolment, by, kind="sessions_attended", reason="No bus in winter", **more):
    said = {"instead": "Goes through it by phone", "key": uuid.uuid4(), "at": NOW, **more}
    return ready.waive(enrolment=enrolment, kind=kind, reason=reason, by=by, **said)


def reached(enrolment):
    return set(Milestone.objects.filter(enrolment=enrolment).values_list("kind", flat=True))


# --- What meets each requirement ---------------------------------------------------------------


def test_in_the_beginning_all_of_it_is_left(enrolment):
    assert outstanding(enrolment) == [
        "completion",
        "session_attended",
        "final_check",
        "practice_ready",
        "agreements_signed",
        "sign_off",
    ]


def test_each_thing_that_is_done_meets_its_own_requirement(enrolment):
    told = []
    for do in (
        lambda: attend(enrolment, 1),
        lambda: finish_all_lessons(enrolment),
        lambda: attend(enrolment, 2, mark=AttendanceMark.MADE_UP),
        lambda: meet_final_check(enrolment),
        lambda: watch(enrolment, 1),
        lambda: watch(enrolment, 2),
        lambda: sign_agreements(enrolment),
    ):
        do()
        told.append(len(outstanding(enrolment)))

    assert told == [6, 5, 4, 3, 3, 2, 1]
    assert ready_standing_of(enrolment).waits_for_sign_off


def test_C2_a_final_check_without_all_about_safety_is_not_enough(enrolment):
    meet_final_check(enrolment, safety=False)

    assert "final_check" in outstanding(enrolment)


def test_one_of_the_two_agreements_is_half(enrolment):
    sign_agreements(enrolment, "role")

    asked = next(a for a in ready_standing_of(enrolment).asked if a.kind == "agreements_signed")
    assert (asked.done, asked.needed, asked.is_met) == (1, 2, False)


def test_two_practices_are_needed_however_good_one_was(enrolment):
    watch(enrolment, 2, levels=4)

    assert "practice_ready" in outstanding(enrolment)


def test_C1_a_level_1_in_a_later_practice_is_a_veto(enrolment):
    watch(enrolment, 1)
    watch(enrolment, 2)
    assert "practice_ready" not in outstanding(enrolment)

    watch(enrolment, 2, levels={"PF6": 1}, at=NOW + timedelta(days=1))

    assert "practice_ready" in outstanding(enrolment)


def test_C3_what_was_seen_counts_only_once_the_trainee_has_looked_back(enrolment):
    watch(enrolment, 1)
    seen = watch(enrolment, 2, reviewed=False)
    before = outstanding(enrolment)

    SelfReview.objects.create(
        practice=seen.practice, went_well="I waited.", key=uuid.uuid4(), at=NOW
    )

    assert "practice_ready" in before
    assert "practice_ready" not in outstanding(enrolment)


def test_a_course_that_does_not_lead_there_asks_nothing():
    enrolment = make_enrolment()

    assert ready_standing_of(enrolment) is None


def test_what_was_signed_in_another_language_is_signed(organisation):
    course = make_ready_course()
    in_spanish(LessonPage.objects.descendant_of(course).get())
    edition = editions.make_edition(course=course, by=None, at=NOW)
    enrolment = make_enrolment(make_cohort(edition, organisation))
    with translation.override("es"):
        sign_agreements(enrolment)

    with translation.override("en"):
        signed = state.agreements_signed(enrolment)
        left = outstanding(enrolment)

    assert signed is True
    assert "agreements_signed" not in left


# --- The sign-off ------------------------------------------------------------------------------


def test_the_organisers_word_is_the_last_step_and_makes_the_milestone(enrolment, organiser):
    meet_all_but_sign_off(enrolment)

    given = sign_off(enrolment, organiser)

    milestone = Milestone.objects.get(enrolment=enrolment, kind=MilestoneKind.READY)
    assert (given.by, given.at, milestone.reached_at) == (organiser, LATER, LATER)
    assert ready_standing_of(enrolment).is_complete


def test_C7_its_evidence_has_the_training_date_which_is_the_last_day_of_training(
    enrolment, organiser
):
    meet_all_but_sign_off(enrolment)
    watch(enrolment, 2, at=NOW + timedelta(days=21))

    sign_off(enrolment, organiser)

    evidence = Milestone.objects.get(kind=MilestoneKind.READY).evidence
    assert evidence == {
        "completed": "2026-09-01",
        "sessions_attended": [1, 2],
        "final_check": "2026-09-01",
        "practices": ["2026-09-01", "2026-09-01", "2026-09-22"],
        "agreements": {"confidentiality": "2026-09-01", "role": "2026-09-01"},
        "signed_off": "2026-10-31",
        "first_day": "2026-09-01",
        "last_day": "2026-09-22",
        "training_date": "2026-09-22",
    }


@pytest.mark.parametrize("left", ["nothing done", "no final check", "a session away"])
def test_nobody_is_signed_off_while_something_is_left(enrolment, organiser, left):
    if left != "nothing done":
        meet_all_but_sign_off(enrolment)
    if left == "no final check":
        enrolment.check_rounds.update(purpose="practice")
    if left == "a session away":
        attend(enrolment, 2, mark=AttendanceMark.ABSENT)

    with pytest.raises(ready.CannotSignOff) as why:
        sign_off(enrolment, organiser)

    assert str(why.value) == (
        "Something is still left to do. Once all of it is met, you can sign off."
    )
    assert not ReadySignOff.objects.exists()


def test_nobody_signs_off_themselves(organisation):
    enrolment = make_enrolment(make_cohort(make_ready_edition(), organisation))
    make_role(enrolment.trainee, organisation)
    meet_all_but_sign_off(enrolment)

    with pytest.raises(ready.CannotSignOff) as why:
        sign_off(enrolment, enrolment.trainee)

    assert str(why.value) == "Nobody signs off themselves. Please ask another organiser."
    assert not ReadySignOff.objects.exists()


def test_only_an_organiser_of_that_organisation_decides(enrolment):
    meet_all_but_sign_off(enrolment)
    others = [make_person("Nobody"), make_organiser(make_organisation("Elsewhere"))]

    for other in others:
        with pytest.raises(ready.CannotSignOff):
            sign_off(enrolment, other)
        with pytest.raises(ready.CannotWaive):
            waive(enrolment, other)

    assert not ReadySignOff.objects.exists()
    assert not Waiver.objects.exists()


def test_who_has_stopped_being_an_organiser_decides_nothing(enrolment, organiser):
    meet_all_but_sign_off(enrolment)
    organiser.roles.update(ended_at=NOW, ended_by=organiser)

    with pytest.raises(ready.CannotSignOff):
        sign_off(enrolment, organiser)


def test_signing_off_twice_is_once_and_the_first_word_stays(enrolment, organiser, organisation):
    meet_all_but_sign_off(enrolment)
    first = sign_off(enrolment, organiser)

    again = sign_off(enrolment, make_organiser(organisation, "Olga"), at=LATER + timedelta(days=1))

    assert again == first == ReadySignOff.objects.get()
    assert reached(enrolment) == {"completion", "ready"}


def test_a_course_that_does_not_lead_there_is_not_signed_off(organisation, organiser):
    enrolment = make_enrolment(make_cohort(make_edition(sessions=1), organisation))

    with pytest.raises(ready.CannotSignOff) as why:
        sign_off(enrolment, organiser)

    assert str(why.value) == "This course does not lead to “ready to co-facilitate”."


def test_what_happens_later_does_not_take_it_away(enrolment, organiser):
    meet_all_but_sign_off(enrolment)
    sign_off(enrolment, organiser)

    attend(enrolment, 2, mark=AttendanceMark.ABSENT)
    watch(enrolment, 2, levels=1, at=LATER)

    assert outstanding(enrolment) == ["session_attended", "practice_ready"]
    assert reached(enrolment) == {"completion", "ready"}


@pytest.mark.parametrize("last", ["check", "signature", "attendance", "practice"])
def test_where_no_sign_off_is_asked_for_the_last_fact_makes_somebody_ready(organisation, last):
    edition = make_ready_edition()
    asked = [each for each in edition.ready_requirements if each["kind"] != "sign_off"]
    Edition.objects.filter(pk=edition.pk).update(ready_requirements=asked)
    enrolment = make_enrolment(make_cohort(Edition.objects.get(pk=edition.pk), organisation))
    steps = {
        "check": lambda: meet_final_check(enrolment),
        "signature": lambda: sign_agreements(enrolment),
        "attendance": lambda: attend(enrolment, 2),
        "practice": lambda: (
            watch(enrolment, 1),
            watch(enrolment, 2),
            settle_ready(enrolment=enrolment, at=NOW),
        ),
    }
    attend(enrolment, 1)
    finish_all_lessons(enrolment)
    final = steps.pop(last)
    for do in steps.values():
        do()
    before = reached(enrolment)

    final()

    assert (before, reached(enrolment)) == ({"completion"}, {"completion", "ready"})


@pytest.mark.parametrize("leads_there", [True, False])
def test_completing_takes_nine_statements_also_where_the_course_leads_to_ready(
    organisation, leads_there, django_assert_num_queries
):
    edition = make_ready_edition()
    if not leads_there:
        Edition.objects.filter(pk=edition.pk).update(ready_requirements=[])
    enrolment = make_enrolment(make_cohort(Edition.objects.get(pk=edition.pk), organisation))
    attend(enrolment, 1)
    lesson = enrolment.cohort.edition.outline.lessons[0]
    *before, last = lesson.step_ids
    for step in before:
        progress.finish_step(
            enrolment=enrolment, lesson=lesson, step=step, key=uuid.uuid4(), at=NOW
        )

    # Nine statements, between the two that open and close the transaction.
    with django_assert_num_queries(11):
        progress.finish_step(
            enrolment=enrolment, lesson=lesson, step=last, key=uuid.uuid4(), at=NOW
        )

    assert reached(enrolment) == {"completion"}


def test_finishing_a_lesson_after_completing_asks_nothing_about_ready(
    enrolment, django_assert_num_queries
):
    attend(enrolment, 1)
    finish_all_lessons(enrolment)
    lesson = enrolment.cohort.edition.outline.lessons[0]

    # Six statements for any step, between the two that open and close the transaction.
    with django_assert_num_queries(8):
        progress.finish_step(
            enrolment=enrolment, lesson=lesson, step=lesson.step_ids[0], key=uuid.uuid4(), at=NOW
        )


# --- Waivers (E8) ------------------------------------------------------------------------------


def test_E8_a_waiver_names_who_why_and_when_and_counts_at_once(enrolment, organiser):
    finish_all_lessons(enrolment)
    before = reached(enrolment)

    given = waive(enrolment, organiser)

    assert (given.by, given.at, given.reason) == (organiser, NOW, "No bus in winter")
    assert (before, reached(enrolment)) == (set(), {"completion"})
    assert Milestone.objects.get().evidence["waived"] == ["sessions_attended"]


@pytest.mark.parametrize("kind", sorted(ready.WHY_NEVER))
def test_E8_what_keeps_people_safe_is_never_waived_and_it_says_why(enrolment, organiser, kind):
    with pytest.raises(ready.CannotWaive) as why:
        waive(enrolment, organiser, kind)

    assert str(why.value) == str(ready.WHY_NEVER[kind])
    assert not Waiver.objects.exists()


def test_E8_every_requirement_can_be_waived_or_says_why_not(enrolment):
    edition = enrolment.cohort.edition
    asked = {each.kind for each in (*edition.asked(), *edition.ready_asked())}

    assert asked == {"sessions_attended", "lessons_finished", *ready.WHY_NEVER}


def test_E8_a_row_written_by_other_means_waives_nothing_that_keeps_people_safe(
    enrolment, organiser
):
    for kind in ready.WHY_NEVER:
        Waiver.objects.create(
            enrolment=enrolment, kind=kind, reason="?", by=organiser, at=NOW, key=uuid.uuid4()
        )

    assert outstanding(enrolment) == [a.kind for a in ready_standing_of(enrolment).asked]


@pytest.mark.parametrize(("kind", "reason"), [("marathon", "Why not"), ("lessons_finished", " ")])
def test_a_waiver_of_nothing_or_without_a_reason_is_not_written(
    enrolment, organiser, kind, reason
):
    with pytest.raises(ready.CannotWaive):
        waive(enrolment, organiser, kind, reason)

    assert not Waiver.objects.exists()


def test_nobody_waives_something_for_themselves(enrolment, organisation):
    make_role(enrolment.trainee, organisation)

    with pytest.raises(ready.CannotWaive):
        waive(enrolment, enrolment.trainee)

    assert not Waiver.objects.exists()


def test_a_waiver_sent_twice_is_one_and_the_first_reason_stays(enrolment, organiser):
    key = uuid.uuid4()
    first = waive(enrolment, organiser, key=key)

    again = waive(enrolment, organiser, reason="Other words", key=key)
    another = waive(enrolment, organiser, reason="From another tab")

    assert first == again == another == Waiver.objects.get()
    assert Waiver.objects.get().reason == "No bus in winter"


def test_a_waiver_taken_back_is_kept_with_who_and_when(enrolment, organiser):
    given = waive(enrolment, organiser, key=uuid.uuid4())

    taken = ready.take_back(waiver=given, by=organiser, at=LATER)
    again = ready.take_back(waiver=given, by=organiser, at=LATER + timedelta(days=1))

    assert (taken.taken_back_by, taken.taken_back_at) == (organiser, LATER)
    assert again.taken_back_at == LATER
    assert facts_of(enrolment)[0].waived == frozenset()
    assert not standing_of(enrolment).asked[0].is_waived


def test_a_waiver_taken_back_takes_no_milestone_away(enrolment, organiser):
    finish_all_lessons(enrolment)
    given = waive(enrolment, organiser)

    ready.take_back(waiver=given, by=organiser, at=LATER)

    assert reached(enrolment) == {"completion"}


def test_an_old_page_sent_again_does_not_bring_a_waiver_back(enrolment, organiser):
    key = uuid.uuid4()
    given = waive(enrolment, organiser, key=key)
    ready.take_back(waiver=given, by=organiser, at=LATER)

    waive(enrolment, organiser, key=key)
    assert facts_of(enrolment)[0].waived == frozenset()

    waive(enrolment, organiser)
    assert facts_of(enrolment)[0].waived == {"sessions_attended"}


def test_only_an_organiser_of_that_organisation_takes_a_waiver_back(enrolment, organiser):
    given = waive(enrolment, organiser)

    with pytest.raises(ready.CannotWaive):
        ready.take_back(waiver=given, by=make_organiser(make_organisation()), at=LATER)

    assert Waiver.objects.get().taken_back_at is None


def test_the_database_holds_waivers_in_force_to_one(enrolment, organiser):
    twin = waive(enrolment, organiser)
    twin.pk, twin.key = None, uuid.uuid4()

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_waivers_of_others_are_not_ones_own(enrolment, organiser):
    other = make_enrolment(enrolment.cohort)

    waive(other, organiser)

    assert facts_of(enrolment)[0].waived == frozenset()
    assert Enrolment.objects.count() == 2
