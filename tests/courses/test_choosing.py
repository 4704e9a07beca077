"""Whom of a board to look at: facts only, in an order that ranks nobody, page by page."""

from datetime import timedelta

import pytest

from courses import board, choosing
from courses.choosing import Order, Who
from courses.models import AttendanceMark, Enrolment, Milestone, MilestoneKind
from courses.paging import A_PAGE
from tests.courses.test_board import fill, load
from tests.factories.courses import (
    NOW,
    attend,
    finish_all_lessons,
    make_cohort,
    make_edition,
    make_enrolment,
    make_person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    """Amina has completed and is ready, Dev needs a catch-up, Ruth can still complete."""
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    amina, dev, _ruth = (make_enrolment(cohort, make_person(n)) for n in ("Amina", "Dev", "Ruth"))
    attend(amina, 1)
    finish_all_lessons(amina)
    attend(dev, 1, mark=AttendanceMark.ABSENT)
    Milestone.objects.create(
        enrolment=amina,
        kind=MilestoneKind.READY,
        edition=cohort.edition,
        reached_at=NOW,
        evidence={},
    )
    return cohort


@pytest.mark.parametrize(
    ("who", "names"),
    [
        (Who.EVERYONE, ["Amina", "Dev", "Ruth"]),
        (Who.CAN_COMPLETE, ["Ruth"]),
        (Who.NEEDS_A_CATCH_UP, ["Dev"]),
        (Who.COMPLETED, ["Amina"]),
        (Who.READY, ["Amina"]),
        (Who.TO_CALL, ["Dev"]),
    ],
)
def test_those_who_are_asked_for_are_shown(cohort, who, names):
    assert [row.name for row in choosing.chosen(load(cohort).rows, who)] == names


def test_E3_there_is_no_order_by_how_much_somebody_has_done():
    assert [order.value for order in Order] == ["name", "active"]


def test_E7_nobody_carries_a_mark_only_facts():
    """A reason names what happened. There is no number, level or colour of a person."""
    assert [reason.value for reason in board.Reason] == [
        "missed_the_last_sessions",
        "needs_a_catch_up",
        "not_begun",
        "quiet",
    ]
    fields = set(board.Row.__dataclass_fields__)
    assert fields & {"risk", "at_risk", "score", "rank", "level", "percent", "progress"} == set()


def test_E3_who_might_be_glad_of_a_call_is_in_the_order_of_the_alphabet():
    cohort = make_cohort()
    for name, missed in [("Zoe", 6), ("Bea", 2), ("adam", 3)]:
        person = make_enrolment(cohort, make_person(name))
        attend(person, *range(1, missed + 1), mark=AttendanceMark.ABSENT)

    assert [row.name for row in load(cohort).to_call] == ["adam", "Bea", "Zoe"]


def test_who_was_here_last_comes_first_and_who_never_was_comes_last(cohort):
    for name, days in [("Dev", 3), ("Ruth", 1)]:
        Enrolment.objects.filter(trainee__name=name).update(
            last_active_at=NOW - timedelta(days=days)
        )
    Enrolment.objects.filter(trainee__name="Amina").update(last_active_at=None)

    page = choosing.a_page(load(cohort).rows, Order.LAST_ACTIVE)

    assert [row.name for row in page.lines] == ["Ruth", "Dev", "Amina"]


@pytest.mark.parametrize("order", list(Order))
def test_pages_hold_fifty_people_and_everybody_once(order):
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    fill(cohort, 120)
    rows = load(cohort).rows

    sizes, names, after = [], [], ""
    while True:
        page = choosing.a_page(rows, order, after)
        sizes.append(len(page.lines))
        names += [row.name for row in page.lines]
        if not page.after:
            break
        after = page.after

    assert (A_PAGE, sizes) == (50, [50, 50, 20])
    assert sorted(names) == sorted(row.name for row in rows)


def test_a_mark_of_another_order_begins_anew(cohort):
    rows = load(cohort).rows
    after = '["amina",1]'

    assert (
        choosing.a_page(rows, Order.LAST_ACTIVE, after).lines
        == choosing.a_page(rows, Order.LAST_ACTIVE).lines
    )


def test_what_an_address_asks_for_that_is_not_known_is_as_usual():
    assert choosing.read(Who, "score", Who.EVERYONE) == Who.EVERYONE
    assert choosing.read(Order, None, Order.NAME) == Order.NAME
    assert choosing.read(Who, "call", Who.EVERYONE) == Who.TO_CALL
