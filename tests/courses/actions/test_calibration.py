"""Tries at a sample practice: each is kept, and the same one sent twice is one."""

import uuid

import pytest

from courses.models import Calibration, RoleKind
from courses.observing import Observer
from tests.factories.courses import make_organisation, make_person, make_role
from tests.factories.practice import SAMPLE, try_sample

pytestmark = pytest.mark.django_db


def is_calibrated(person, organisation):
    """Whether calibration lets an observer of this organisation observe in it."""
    make_role(person, organisation, RoleKind.OBSERVER)
    return Observer(person).why_not_in(organisation) is None


def test_a_try_is_kept_with_what_was_rated_and_how_far_it_agrees():
    observer, organisation = make_person(), make_organisation()

    kept = try_sample(observer, organisation, other=2)

    assert (kept.sample, kept.agreed, kept.asked, kept.is_enough) == (SAMPLE, 8, 10, True)
    assert kept.rated["PF7"] is None
    elsewhere = make_organisation()
    assert is_calibrated(observer, organisation)
    assert not is_calibrated(observer, elsewhere)


def test_the_same_try_twice_is_once_and_another_is_added():
    observer, organisation, key = make_person(), make_organisation(), uuid.uuid4()

    first = try_sample(observer, organisation, key=key)
    again = try_sample(observer, organisation, key=key)
    other = try_sample(observer, organisation, other=3, key=key)

    assert first == again != other
    assert Calibration.objects.count() == 2


@pytest.mark.parametrize(("other", "is_enough"), [(0, True), (2, True), (3, False), (10, False)])
def test_C4_the_latest_try_decides(other, is_enough):
    observer, organisation = make_person(), make_organisation()
    try_sample(observer, organisation)

    try_sample(observer, organisation, other=other)

    assert is_calibrated(observer, organisation) is is_enough
