"""Many invented people at once: the same each time, and as the site's own rules would have it."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from courses import board
from courses.actions.milestones import facts_of
from courses.completion import standing
from courses.models import Cohort, Enrolment, Milestone, Organisation
from tests.factories.courses import NOW, make_edition

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)


@pytest.fixture
def course():
    return make_edition(sessions=3, sessions_required=2)


def seed(groups=2, people=12):
    out = io.StringIO()
    call_command("seed_large", groups=groups, people=people, today=TODAY, stdout=out)
    return out.getvalue()


def what_people_did():
    """All of it but what is never the same twice: keys of rows, and codes to join with."""
    names = ["trainee__name", "trainee__email", "last_lesson", "last_active_at", "joined_at"]
    counted = ["attendances__mark", "attendances__key", "attendances__session_run__starts_at"]
    return sorted(map(str, Enrolment.objects.values_list(*names, *counted)))


def test_there_are_as_many_people_and_groups_as_were_asked_for(course):
    said = seed(groups=21, people=3)

    assert Cohort.objects.count() == 21
    assert Enrolment.objects.count() == 63
    assert Organisation.objects.count() == 2  # one runs twenty groups
    assert "63 people in 21 groups" in said


def test_the_same_numbers_give_the_same_people_who_did_the_same(course):
    with transaction.atomic():
        seed()
        before = what_people_did()
        transaction.set_rollback(True)

    seed()

    assert what_people_did() == before


def test_stopped_on_the_way_it_goes_on_where_it_was(course):
    seed(groups=1)
    before = what_people_did()

    seed(groups=2)

    assert Cohort.objects.count() == 2
    assert [row for row in what_people_did() if row in before] == before


def test_a_milestone_is_there_exactly_where_the_rule_says_so(course):
    seed(groups=4, people=12)

    for enrolment in Enrolment.objects.with_cohort():
        facts, _days = facts_of(enrolment)
        is_complete = standing(enrolment.cohort.edition.asked(), facts).is_complete
        assert enrolment.milestones.exists() == is_complete
    assert 0 < Milestone.objects.count() < 48


def test_the_board_reads_what_was_written(course):
    seed(groups=1, people=3)

    rows = board.load(Cohort.objects.with_edition().get(), NOW).rows

    assert len(rows) == 3


def test_invented_people_have_no_place_on_a_site_in_use(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="no place on a site in use"):
        seed()

    assert not Cohort.objects.exists()
