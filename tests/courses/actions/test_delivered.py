"""Writing down a group that was led: by whom, once, with counts alone; and what is announced."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, models, transaction

from courses import fidelity, groups_led
from courses.actions import delivered
from courses.actions.delivered import CannotLead, NotTogether, NotYet
from courses.models import (
    DeliveredEnd,
    DeliveredFidelity,
    DeliveredGroup,
    DeliveredSession,
    FilledInBy,
    SupportContact,
)
from courses.signals import series_led
from tests.factories.courses import make_organisation, make_person
from tests.factories.delivered import (
    ANSWERS,
    FIRST_DAY,
    LATER,
    check,
    hold,
    hold_all,
    make_group,
    make_ready,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group()


@pytest.fixture
def heard():
    """What was announced: [(group, person, day)]."""
    heard = []

    def hear(sender, group, person, day, **rest):
        heard.append((group, person, day))

    series_led.connect(hear)
    yield heard
    series_led.disconnect(hear)


# --- Beginning one -----------------------------------------------------------------------------


def test_A2_a_group_is_led_by_two_or_there_is_a_reason():
    organisation = make_organisation()
    amina = make_ready(organisation).trainee

    with pytest.raises(CannotLead) as why:
        make_group(organisation, [amina, amina])
    alone = make_group(organisation, [amina])

    assert str(why.value) == "Choose two different people. Groups are led by a pair."
    assert (alone.co_facilitator, alone.alone_because) == (None, "nobody")
    with pytest.raises(CannotLead):
        delivered.check_pair(amina, None, "")


def test_only_those_who_are_ready_in_this_organisation_lead():
    here, elsewhere = make_organisation(), make_organisation()
    amina = make_ready(here).trainee
    for somebody in (make_person("Dev Patel"), make_ready(elsewhere, "Dev Patel").trainee):
        with pytest.raises(CannotLead) as why:
            make_group(here, [amina, somebody])
        assert str(why.value) == (
            "Dev Patel is not ready to co-facilitate yet. Choose somebody who is."
        )

    assert DeliveredGroup.objects.count() == 0


def test_the_same_page_sent_twice_begins_one_group():
    organisation, key = make_organisation(), uuid.uuid4()
    pair = [make_ready(organisation, name).trainee for name in ("Amina", "Ken")]

    first = make_group(organisation, pair, key=key)
    again = make_group(organisation, pair, key=key)

    assert (first, DeliveredGroup.objects.count()) == (again, 1)


# --- Sessions ----------------------------------------------------------------------------------


def test_a_session_is_a_day_the_pair_and_a_count(group):
    row = hold(group, 1, came=9)

    assert (row.number, row.held_on, row.came) == (1, FIRST_DAY, 9)
    assert (row.facilitator, row.co_facilitator) == (group.facilitator, group.co_facilitator)
    assert groups_led.series(group).came == (9,)


def test_a_correction_is_added_and_the_latest_counts(group):
    hold(group, 1, came=9)
    hold(group, 1, came=7)

    assert [row.came for row in group.sessions.all()] == [9, 7]
    assert groups_led.series(group).came == (7,)


def test_a_session_that_was_not_held_after_all_is_taken_back_and_kept(group):
    hold(group, 1)
    delivered.take_back_session(
        group=group, number=1, key=uuid.uuid4(), by=group.facilitator, at=LATER
    )

    assert [row.held_on for row in group.sessions.all()] == [FIRST_DAY, None]
    assert groups_led.series(group).held == ()


def test_writing_twice_is_once_and_going_back_to_change_it_is_another(group):
    key = uuid.uuid4()

    first, again = hold(group, 1, key=key), hold(group, 1, key=key)
    changed = hold(group, 1, came=5, key=key)

    assert (first, changed.came, group.sessions.count()) == (again, 5, 2)


def test_A2_who_led_a_session_alone_says_why(group):
    row = hold(group, 1, pair=[group.co_facilitator])

    assert (row.facilitator, row.co_facilitator) == (group.co_facilitator, None)
    assert row.alone_because == "away"
    assert groups_led.series(group).led_by_one == 1


def test_somebody_who_is_ready_may_stand_in_and_nobody_else(group):
    sam = make_ready(group.organisation, "Sam Second").trainee

    hold(group, 1, pair=[group.facilitator, sam])
    with pytest.raises(CannotLead):
        hold(group, 2, pair=[group.facilitator, make_person("Dev Patel")])

    assert [row.co_facilitator for row in group.sessions.all()] == [sam]


def test_a_day_that_has_not_come_is_not_written_down(group):
    with pytest.raises(NotYet):
        hold(group, 1, day=LATER.date() + timedelta(days=1))

    assert group.sessions.count() == 0


def test_a_group_that_stops_early_says_so_once(group):
    first = delivered.end(group=group, by=group.facilitator, at=LATER)
    again = delivered.end(group=group, by=group.co_facilitator, at=LATER)

    assert (first, DeliveredEnd.objects.count()) == (again, 1)


# --- The checklist -----------------------------------------------------------------------------


def test_the_pair_fill_in_the_checklist_together(group):
    with pytest.raises(NotTogether):
        check(group, together=False)
    kept = check(group)

    assert (kept.filled_in_by, kept.answers) == (FilledInBy.PAIR, ANSWERS)


def test_who_watched_fills_it_in_alone(group):
    kept = check(group, by=make_person("Olga Observer"), together=False)

    assert kept.filled_in_by == FilledInBy.OBSERVER


def test_A2_who_leads_alone_fills_it_in_alone():
    organisation = make_organisation()
    group = make_group(organisation, [make_ready(organisation).trainee])

    assert check(group, together=False).filled_in_by == FilledInBy.PAIR


def test_a_checklist_is_added_and_twice_is_once(group):
    key = uuid.uuid4()

    first, again = check(group, key=key), check(group, key=key)
    check(group, key=key, answers={"two_led": False})

    assert (first, DeliveredFidelity.objects.count()) == (again, 2)


# --- What is announced -------------------------------------------------------------------------


def test_A7_a_full_series_with_a_checklist_is_announced_for_each_of_the_pair(
    group, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        hold_all(group)
    before = list(heard)
    with django_capture_on_commit_callbacks(execute=True):
        check(group)

    last = FIRST_DAY + timedelta(weeks=5)
    assert before == []
    assert heard == [(group, group.facilitator, last), (group, group.co_facilitator, last)]


def test_the_checklist_may_come_first(group, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        check(group)
        hold_all(group)

    assert [person for _group, person, _day in heard] == group.pair


def test_who_stood_in_once_is_not_announced(group, heard, django_capture_on_commit_callbacks):
    sam = make_ready(group.organisation, "Sam Second").trainee
    hold_all(group)
    hold(group, 6, pair=[group.facilitator, sam])

    with django_capture_on_commit_callbacks(execute=True):
        check(group)

    assert [person for _group, person, _day in heard] == group.pair


def test_a_correction_is_announced_with_the_day_that_counts_now(
    group, heard, django_capture_on_commit_callbacks
):
    hold_all(group)
    check(group)

    with django_capture_on_commit_callbacks(execute=True):
        hold(group, 6, day=date(2026, 4, 30))

    assert {day for _group, _person, day in heard} == {date(2026, 4, 30)}


def test_what_is_rolled_back_is_not_announced(group, heard, django_capture_on_commit_callbacks):
    hold_all(group)

    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        check(group)
        raise RuntimeError

    assert heard == []


def test_the_record_says_the_same_as_the_announcement(group):
    hold_all(group)
    nothing = groups_led.series_led_by(group.facilitator)
    check(group)

    last = FIRST_DAY + timedelta(weeks=5)
    assert nothing == []
    assert groups_led.series_led_by(group.co_facilitator) == [(group, last)]
    assert groups_led.series_led_by(make_person("Dev Patel")) == []
    assert groups_led.all_series_led() == [(group, person.pk, last) for person in group.pair]


# --- What the tables can hold ------------------------------------------------------------------

WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def test_A7_no_column_of_a_group_led_can_hold_a_participants_name():
    """Only a group's name is words; the people in it are those who lead, or write it down."""
    tables = [DeliveredGroup, DeliveredSession, DeliveredFidelity, DeliveredEnd, SupportContact]
    fields = [(table.__name__, field) for table in tables for field in table._meta.fields]

    words = {
        f"{name}.{field.name}"
        for name, field in fields
        if isinstance(field, (*WORDS, models.FileField)) and not field.choices
    }
    people = {
        f"{name}.{field.name}"
        for name, field in fields
        if field.is_relation and field.related_model._meta.label == "lms.User"
    }

    assert words == {"DeliveredGroup.label"}
    assert people == {
        "DeliveredGroup.facilitator",
        "DeliveredGroup.co_facilitator",
        "DeliveredGroup.by",
        "DeliveredSession.facilitator",
        "DeliveredSession.co_facilitator",
        "DeliveredSession.by",
        "DeliveredFidelity.by",
        "DeliveredEnd.by",
        "SupportContact.by",
    }
    assert all(not table._meta.many_to_many for table in tables)


def test_the_checklist_has_a_column_for_each_item_and_no_other():
    answers = [
        field.name
        for field in DeliveredFidelity._meta.fields
        if isinstance(field, models.BooleanField)
    ]

    assert tuple(answers) == fidelity.ITEMS


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("delivered_group_has_a_name", {"label": ""}),
        ("delivered_group_has_a_pair_or_a_reason", {"co_facilitator": None}),
        ("delivered_group_has_a_pair_or_a_reason", {"alone_because": "away"}),
        ("delivered_group_has_sessions", {"sessions_planned": 0}),
    ],
)
def test_the_database_refuses_a_group_that_cannot_be(group, name, broken):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        DeliveredGroup.objects.update(**broken)


def test_the_database_refuses_a_pair_that_is_one_person(group):
    with pytest.raises(IntegrityError, match="delivered_pair_is_two_people"), transaction.atomic():
        DeliveredGroup.objects.update(co_facilitator=group.facilitator)


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("delivered_session_is_numbered", {"number": 0}),
        ("held_session_has_a_day_a_count_and_somebody_who_led", {"held_on": None}),
        ("held_session_has_a_day_a_count_and_somebody_who_led", {"came": 201}),
        ("delivered_session_has_a_pair_or_a_reason", {"co_facilitator": None}),
        ("delivered_session_has_a_pair_or_a_reason", {"alone_because": "away"}),
    ],
)
def test_the_database_refuses_a_session_that_cannot_be(group, name, broken):
    hold(group, 1)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        DeliveredSession.objects.update(**broken)


def test_the_database_refuses_a_session_led_by_one_person_twice(group):
    hold(group, 1)

    with (
        pytest.raises(IntegrityError, match="delivered_session_is_led_by_two_people"),
        transaction.atomic(),
    ):
        DeliveredSession.objects.update(co_facilitator=group.facilitator)


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("delivered_check_is_numbered", {"number": 0}),
        ("delivered_is_checked_by_somebody_known", {"filled_in_by": "nobody"}),
        ("delivered_check_says_something", dict.fromkeys(fidelity.ITEMS)),
    ],
)
def test_the_database_refuses_a_checklist_that_cannot_be(group, name, broken):
    check(group)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        DeliveredFidelity.objects.update(**broken)


def test_the_database_takes_the_same_act_once(group):
    row, kept = hold(group, 1), check(group)
    for again in (row, kept):
        again.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()


@pytest.mark.parametrize("groups", [1, 3])
def test_series_are_read_in_two_queries(groups, django_assert_num_queries):
    organisation = make_organisation()
    pair = [make_ready(organisation, name).trainee for name in ("Amina", "Ken")]
    made = [make_group(organisation, pair) for _n in range(groups)]
    for each in made:
        hold_all(each)

    with django_assert_num_queries(2):
        found = groups_led.series_in(made)

    assert [found[each.pk].is_full for each in made] == [True] * groups
