"""Looking at an activity while it is written."""

from datetime import timedelta

import pytest

from content.actions.h5p_trials import try_out
from content.models import H5PPackage, H5PVersion
from tests.factories.courses import NOW, make_person
from tests.factories.h5p import make_version

pytestmark = pytest.mark.django_db


def look(version, by, at=NOW):
    return try_out(
        metadata=version.metadata,
        content={"greeting": "So far"},
        files={},
        libraries=version.libraries.all(),
        by=by,
        at=at,
    )


def test_a_trial_is_in_no_list():
    version = make_version()

    trial = look(version, make_person("Tom"))

    assert trial.package.versions.get() == trial
    assert list(H5PPackage.objects.all()) == [version.package]


def test_each_takes_the_place_of_the_one_before_and_of_nobody_elses():
    version, tom, joy = make_version(), make_person("Tom"), make_person("Joy")
    look(version, tom)
    theirs = look(version, joy)

    mine = look(version, tom)

    assert set(H5PVersion.objects.exclude(pk=version.pk)) == {theirs, mine}


def test_after_a_day_anybodys_next_look_takes_it_away():
    version, tom, joy = make_version(), make_person("Tom"), make_person("Joy")
    look(version, tom)

    new = look(version, joy, at=NOW + timedelta(days=1, seconds=1))

    assert list(H5PVersion.objects.exclude(pk=version.pk)) == [new]
