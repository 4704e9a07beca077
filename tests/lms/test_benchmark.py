"""What people wait for is measured, beside what is promised; and nothing of it is kept."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from courses.models import Milestone, StepEvent
from lms.management.commands._benches import BENCHES, Budget
from lms.management.commands.benchmark import kept
from tests.certificates.make import make_certificate
from tests.factories.courses import make_edition

pytestmark = pytest.mark.django_db


def measured(**options):
    out = io.StringIO()
    call_command("benchmark", times=1, stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def site():
    make_edition(sessions=3, sessions_required=1)
    quiet = io.StringIO()
    call_command("seed_large", groups=2, people=6, today=date(2026, 3, 31), stdout=quiet)


def test_everything_is_measured_and_nothing_of_it_is_kept(site):
    before = StepEvent.objects.count(), Milestone.objects.count()

    lines = measured()

    named = [line[:32].strip() for line in lines[1:] if line[32:].startswith("ours")]
    assert named == [name for name in BENCHES if name != "a check page"]
    assert (StepEvent.objects.count(), Milestone.objects.count()) == before


def test_the_queries_that_are_promised_are_kept(site):
    said = [line for line in measured() if "queries:" in line]

    assert [line for line in said if "NOT KEPT" in line.split(" queries:")[1].split(",")[0]] == []
    assert len(said) == 5


def test_the_check_page_of_a_certificate_is_measured():
    make_certificate()

    [line] = measured(only="a check page")[1:]

    assert line.endswith("at most 3 queries: kept")


def test_where_there_is_nothing_to_measure_it_says_what_is_missing():
    lines = measured(only="lesson")

    assert lines[1].endswith("Nobody has begun a lesson. Run seed_large first.")


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (Budget(queries=5), "at most 5 queries: kept"),
        (Budget(queries=4), "at most 4 queries: NOT KEPT"),
        (Budget(milliseconds=10), "at most 10 ms: kept"),
        (Budget(milliseconds=9), "at most 9 ms: NOT KEPT"),
        (Budget(share=0.5), "0.33 of at most 0.50: kept"),
        (Budget(share=0.3), "0.33 of at most 0.30: NOT KEPT"),
        (Budget(), ""),
    ],
)
def test_what_was_measured_is_told_beside_what_is_promised(budget, said):
    assert kept(budget, {"ours": (10.0, 5), "a plain Wagtail page": (30.0, 12)}) == said


def test_a_site_in_use_is_not_measured(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="not on a site in use"):
        measured()
