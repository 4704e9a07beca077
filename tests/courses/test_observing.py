"""What observers saw, read for many at once."""

from datetime import timedelta

import pytest

from courses.observing import readiness_of
from courses.readiness import CRITERIA
from tests.factories.courses import NOW, make_cohort, make_enrolment, make_ready_edition, watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_cohort(make_ready_edition())


@pytest.mark.parametrize("people", [1, 3])
def test_many_are_read_in_one_query(cohort, people, django_assert_num_queries):
    enrolments = [make_enrolment(cohort) for _n in range(people)]
    for each in enrolments:
        watch(each, 1, levels=2)
        watch(each, 2, levels=3, at=NOW + timedelta(days=7))

    with django_assert_num_queries(1):
        found = readiness_of(enrolments)

    assert {pk: each.is_ready for pk, each in found.items()} == {
        each.pk: True for each in enrolments
    }


def test_who_was_never_watched_is_not_in_it(cohort):
    watched, other = make_enrolment(cohort), make_enrolment(cohort)
    watch(watched, 1)

    assert set(readiness_of([watched, other])) == {watched.pk}


def test_a_correction_takes_the_place_of_what_it_corrects(cohort):
    enrolment = make_enrolment(cohort)
    first = watch(enrolment, 2, levels=1)
    before = readiness_of([enrolment])[enrolment.pk]

    watch(enrolment, levels=3, corrects=first, practice=first.practice)

    after = readiness_of([enrolment])[enrolment.pk]
    assert (before.in_the_way, after.in_the_way) == (CRITERIA, ())
    assert after.is_ready


def test_mending_an_old_practice_does_not_make_it_the_newest(cohort):
    enrolment = make_enrolment(cohort)
    first = watch(enrolment, 1, levels=2)
    watch(enrolment, 2, levels=3, at=NOW + timedelta(days=7))

    watch(enrolment, levels={"PF6": 1}, corrects=first, practice=first.practice)

    assert readiness_of([enrolment])[enrolment.pk].is_ready
