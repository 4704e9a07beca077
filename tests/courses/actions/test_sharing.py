"""Sharing a plan and taking it back: by rows that are added, and the latest is in force."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from courses.actions import sharing
from courses.actions.people import NotAMentor, name_mentor
from courses.models import PlanSharing, RoleKind
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_edition,
    make_enrolment,
    make_mentor,
    make_person,
    make_plan,
    make_role,
    review,
    share,
    take_back,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    return make_enrolment(make_cohort(make_edition(sessions=1)))


def read_by_group(enrolment):
    """What the group can read: (what is planned, how it went)."""
    shared = PlanSharing.objects.with_group(enrolment.cohort).readable()
    return [(each.plan.what, each.review and each.review.outcome) for each in shared]


def read_by(mentor):
    return [each.plan.what for each in PlanSharing.objects.with_mentor(mentor).readable()]


def test_a_plan_is_read_by_nobody_until_it_is_shared(enrolment):
    plan = make_plan(enrolment)
    before = read_by_group(enrolment)

    share(plan)

    assert (before, read_by_group(enrolment)) == ([], [("Walk in the garden", None)])


def test_taking_it_back_hides_it_at_once_and_keeps_that_it_was_shared(enrolment):
    plan = make_plan(enrolment)
    share(plan)

    take_back(plan)

    assert read_by_group(enrolment) == []
    assert list(PlanSharing.objects.values_list("is_shared", flat=True)) == [True, False]


def test_a_plan_can_be_shared_again(enrolment):
    plan = make_plan(enrolment)
    share(plan)
    take_back(plan)

    share(plan)

    assert read_by_group(enrolment) == [("Walk in the garden", None)]


def test_a_later_version_stays_private_until_it_is_shared_and_then_takes_the_place(enrolment):
    share(make_plan(enrolment))
    newer = make_plan(enrolment, what="Walk to the shop")
    before = read_by_group(enrolment)

    share(newer)

    assert before == [("Walk in the garden", None)]
    assert read_by_group(enrolment) == [("Walk to the shop", None)]


def test_taking_back_hides_whichever_version_was_shared(enrolment):
    share(make_plan(enrolment))
    newer = make_plan(enrolment, what="Walk to the shop")

    take_back(newer)

    assert read_by_group(enrolment) == []


def test_how_it_went_is_shared_only_when_asked_for_and_only_as_it_was_then(enrolment):
    plan = make_plan(enrolment)
    review(plan, "partly")
    share(plan)
    told = [read_by_group(enrolment)]
    share(plan, with_review=True)
    told.append(read_by_group(enrolment))

    review(plan, "done")

    told.append(read_by_group(enrolment))
    assert told == [
        [("Walk in the garden", None)],
        [("Walk in the garden", "partly")],
        [("Walk in the garden", "partly")],
    ]


def test_two_plans_are_shared_each_for_itself(enrolment):
    walk = make_plan(enrolment, exercise=str(uuid.uuid4()))
    ring = make_plan(enrolment, exercise=str(uuid.uuid4()), what="Ring my sister")
    share(walk)
    share(ring)

    take_back(walk)

    assert read_by_group(enrolment) == [("Ring my sister", None)]


def test_group_and_mentor_are_each_an_audience_of_their_own(enrolment):
    mentor, plan = make_mentor(enrolment), make_plan(enrolment)
    share(plan, "mentor")
    told = [(read_by_group(enrolment), read_by(mentor))]
    share(plan, "group")

    take_back(plan, "mentor")

    told.append((read_by_group(enrolment), read_by(mentor)))
    assert told == [([], ["Walk in the garden"]), ([("Walk in the garden", None)], [])]


def test_a_mentor_who_comes_after_another_reads_nothing_that_was_shared_before(enrolment):
    first, plan = make_mentor(enrolment), make_plan(enrolment)
    share(plan, "mentor")

    second = make_mentor(enrolment, "Nadia Next")

    assert (read_by(first), read_by(second)) == ([], [])
    share(plan, "mentor")
    assert (read_by(first), read_by(second)) == ([], ["Walk in the garden"])


def test_who_is_no_mentor_any_more_reads_nothing(enrolment):
    mentor, plan = make_mentor(enrolment), make_plan(enrolment)
    share(plan, "mentor")

    mentor.roles.all().delete()

    assert read_by(mentor) == []


def test_without_a_mentor_there_is_nobody_to_share_it_with(enrolment):
    with pytest.raises(sharing.NoMentor):
        share(make_plan(enrolment), "mentor")

    assert PlanSharing.objects.count() == 0


def test_who_has_left_the_group_shares_nothing_with_it(enrolment):
    share(make_plan(enrolment))

    enrolment.left_at = NOW
    enrolment.save()

    assert read_by_group(enrolment) == []


def test_another_group_reads_nothing(enrolment):
    share(make_plan(enrolment))
    other = make_enrolment(make_cohort(enrolment.cohort.edition))

    assert read_by_group(other) == []


def test_a_button_pressed_twice_shares_once(enrolment):
    plan, key = make_plan(enrolment), uuid.uuid4()
    act = {"plan": plan, "audience": "group", "key": key, "at": NOW}

    once = [sharing.share(**act, with_review=False) for _press in range(2)]
    back = [sharing.take_back(**act) for _press in range(2)]

    assert (once[0], back[0]) == (once[1], back[1])
    assert PlanSharing.objects.count() == 2


def test_going_back_to_the_page_after_taking_back_shares_it_again(enrolment):
    plan, key = make_plan(enrolment), uuid.uuid4()
    act = {"plan": plan, "audience": "group", "key": key, "at": NOW}
    sharing.share(**act, with_review=False)
    take_back(plan)

    sharing.share(**act, with_review=False)

    assert read_by_group(enrolment) == [("Walk in the garden", None)]


def test_taking_back_what_is_not_shared_adds_nothing(enrolment):
    take_back(make_plan(enrolment))

    assert PlanSharing.objects.count() == 0


def test_a_sharing_with_a_mentor_names_them_and_one_with_the_group_does_not(enrolment):
    mentor, plan = make_mentor(enrolment), make_plan(enrolment)
    for audience, named in (("group", mentor), ("mentor", None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanSharing.objects.create(
                plan=plan,
                audience=audience,
                mentor=named,
                is_shared=True,
                key=uuid.uuid4(),
                at=NOW,
            )


# --- Mentors -----------------------------------------------------------------------------------


def test_a_mentor_is_somebody_with_that_role_in_the_same_organisation(enrolment):
    mentor = make_person("Elsewhere")
    make_role(mentor, make_enrolment().cohort.organisation, RoleKind.MENTOR)

    for person in (make_person("Nobody"), mentor):
        with pytest.raises(NotAMentor):
            name_mentor(enrolment=enrolment, mentor=person)

    enrolment.refresh_from_db()
    assert enrolment.mentor is None


def test_nobody_mentors_themselves(enrolment):
    make_role(enrolment.trainee, enrolment.cohort.organisation, RoleKind.MENTOR)

    with pytest.raises(NotAMentor):
        name_mentor(enrolment=enrolment, mentor=enrolment.trainee)
    with pytest.raises(IntegrityError), transaction.atomic():
        enrolment.mentor = enrolment.trainee
        enrolment.save()


def test_a_mentor_can_be_taken_away_again(enrolment):
    make_mentor(enrolment)

    name_mentor(enrolment=enrolment, mentor=None)

    enrolment.refresh_from_db()
    assert enrolment.mentor is None
