"""The attendance sheet: marked in a few taps, and never at odds with somebody else's sheet."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.actions.attendance import latest_marks
from courses.models import Attendance, AttendanceMark
from tests.factories.courses import (
    attend,
    finish_all_lessons,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(signed_in):
    """The sheet of a session with three people, and a client of the organiser."""
    organisation = make_organisation()
    edition = make_edition(sessions=1, sessions_required=1)
    cohort = make_cohort(edition, organisation)
    people = [make_enrolment(cohort, make_person(name)) for name in ["Ruth", "amina", "Dev"]]
    run = cohort.session_runs.get()
    return SimpleNamespace(
        client=signed_in(make_organiser(organisation)),
        url=reverse("attendance", args=[cohort.pk, run.pk]),
        cohort=cohort,
        edition=edition,
        run=run,
        ruth=people[0],
        amina=people[1],
        dev=people[2],
    )


def drawn(sheet):
    """What a browser would send of the sheet as it is shown now."""
    page = sheet.client.get(sheet.url).text
    sent = dict(re.findall(r'<input type="hidden" name="(was_\d+|key)" value="([^"]*)"', page))
    chosen = re.findall(r'<input type="radio" name="(mark_\d+)" value="(\w+)" checked>', page)
    return sent | dict(chosen)


def marks(*pairs):
    return {f"mark_{enrolment.pk}": mark for enrolment, mark in pairs}


def save(sheet, *pairs, base=None, **extra):
    sent = (drawn(sheet) if base is None else base) | marks(*pairs) | extra
    return sheet.client.post(sheet.url, sent, follow=True)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_people_are_in_the_order_of_the_alphabet(sheet):
    form = sheet.client.get(sheet.url).context["form"]

    assert [line.name for line in form.lines] == ["amina", "Dev", "Ruth"]


def test_saving_says_who_was_here_and_who_is_left(sheet):
    answer = save(sheet, (sheet.amina, "present"), (sheet.dev, "excused"))

    assert said(answer) == ["Saved. 1 here, 1 excused, 1 not marked yet."]
    assert latest_marks(sheet.run) == {sheet.amina.pk: "present", sheet.dev.pk: "excused"}


def test_everyone_else_was_here_marks_those_without_a_mark(sheet):
    save(sheet, (sheet.ruth, "made_up"))

    answer = save(sheet, (sheet.dev, "absent"), everyone="1")

    assert said(answer) == ["Saved. 1 here, 1 made up, 1 away."]
    assert latest_marks(sheet.run) == {
        sheet.amina.pk: "present",
        sheet.dev.pk: "absent",
        sheet.ruth.pk: "made_up",
    }


def test_who_has_just_completed_is_named(sheet):
    finish_all_lessons(sheet.amina)
    finish_all_lessons(sheet.ruth)

    one = save(sheet, (sheet.amina, "present"))
    another = save(sheet, (sheet.ruth, "present"))

    assert said(one)[1:] == ["amina has just completed the course."]
    assert said(another)[1:] == ["Ruth has just completed the course."]


def test_two_who_complete_together_are_named_together(sheet):
    finish_all_lessons(sheet.amina)
    finish_all_lessons(sheet.ruth)

    answer = save(sheet, everyone="1")

    assert said(answer)[1:] == ["amina and Ruth have just completed the course."]


def test_the_same_sheet_sent_again_changes_nothing(sheet):
    base = drawn(sheet)

    save(sheet, (sheet.amina, "present"), base=base)
    save(sheet, (sheet.amina, "present"), base=base)

    assert Attendance.objects.count() == 1


def test_saving_an_untouched_sheet_adds_nothing(sheet):
    attend(sheet.amina, 1)

    save(sheet)

    assert Attendance.objects.count() == 1


def test_an_old_sheet_does_not_take_back_what_somebody_else_marked_since(sheet):
    attend(sheet.amina, 1, mark=AttendanceMark.ABSENT)
    old = drawn(sheet)
    attend(sheet.amina, 1, mark=AttendanceMark.MADE_UP)

    save(sheet, (sheet.dev, "present"), base=old)

    assert latest_marks(sheet.run) == {sheet.amina.pk: "made_up", sheet.dev.pk: "present"}


def test_everyone_on_an_old_sheet_leaves_what_somebody_else_marked_since(sheet):
    old = drawn(sheet)
    attend(sheet.amina, 1, mark=AttendanceMark.EXCUSED)

    save(sheet, base=old, everyone="1")

    assert latest_marks(sheet.run)[sheet.amina.pk] == "excused"


def test_two_sheets_of_different_people_are_both_kept(sheet):
    first, second = drawn(sheet), drawn(sheet)

    save(sheet, (sheet.amina, "present"), base=first)
    save(sheet, (sheet.dev, "absent"), base=second)

    assert latest_marks(sheet.run) == {sheet.amina.pk: "present", sheet.dev.pk: "absent"}
    assert first["key"] != second["key"]


def test_a_mark_nobody_knows_is_explained_and_the_others_stay_chosen(sheet):
    answer = save(sheet, (sheet.amina, "late"), (sheet.dev, "absent"))

    form = answer.context["form"]
    assert answer.status_code == 422
    assert form.errors == {
        f"mark_{sheet.amina.pk}": [
            "We do not know that mark for amina. Choose Here, Made up, Excused or Away."
        ]
    }
    assert [(line.name, line.chosen) for line in form.lines][1] == ("Dev", "absent")
    assert f'name="mark_{sheet.dev.pk}" value="absent" checked' in answer.text
    assert Attendance.objects.count() == 0


def test_people_of_other_cohorts_are_passed_over(sheet):
    stranger = make_enrolment(make_cohort(sheet.edition))

    answer = save(sheet, (stranger, "present"), (sheet.amina, "present"))

    assert answer.status_code == 200
    assert list(Attendance.objects.values_list("enrolment", flat=True)) == [sheet.amina.pk]


@pytest.mark.parametrize("key", ["", "not-a-key"])
def test_a_sheet_without_its_key_is_not_lost(sheet, key):
    answer = save(sheet, (sheet.amina, "present"), key=key)

    assert said(answer) == ["Saved. 1 here, 2 not marked yet."]
    assert latest_marks(sheet.run) == {sheet.amina.pk: "present"}


def test_who_left_is_not_on_the_sheet(sheet):
    sheet.dev.left_at = timezone.now()
    sheet.dev.save()

    save(sheet, everyone="1")

    assert set(latest_marks(sheet.run)) == {sheet.amina.pk, sheet.ruth.pk}


def test_once_all_are_marked_nobody_else_is_offered(sheet):
    save(sheet, everyone="1")

    page = sheet.client.get(sheet.url).text

    assert "Everyone is marked. You can change any mark." in page
    assert 'name="everyone"' not in page


def test_one_of_the_pair_marks_and_is_named_in_the_record(sheet, signed_in):
    sheet.client = signed_in(sheet.run.facilitator)

    save(sheet, (sheet.amina, "present"))

    assert Attendance.objects.get().marked_by == sheet.run.facilitator


def test_a_sheet_is_never_kept_by_the_browser(sheet):
    assert "no-store" in sheet.client.get(sheet.url)["Cache-Control"]


def test_an_empty_sheet_says_what_to_do_first(sheet):
    sheet.cohort.enrolments.update(left_at=timezone.now())

    page = sheet.client.get(sheet.url).text

    assert "Nobody has joined yet. Share the link or the code first." in page
    assert sheet.client.post(sheet.url, {"everyone": "1"}).status_code == 302


def test_a_session_to_come_can_be_marked_all_the_same(sheet):
    type(sheet.run).objects.update(starts_at=timezone.now() + timedelta(days=1))

    assert "This session has not begun yet." in sheet.client.get(sheet.url).text
    assert said(save(sheet, everyone="1")) == ["Saved. 3 here."]


def test_what_a_signed_out_person_marked_waits_for_them(sheet, client):
    base = drawn(sheet)
    client.logout()

    answer = client.post(sheet.url, base | marks((sheet.amina, "present")))

    assert answer.status_code == 302
    assert client.session["kept"]["sent"][f"mark_{sheet.amina.pk}"] == ["present"]


@pytest.mark.parametrize("people", [1, 3])
def test_the_sheet_takes_five_queries(signed_in, django_assert_num_queries, people):
    organisation = make_organisation()
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1), organisation)
    for n in range(people):
        make_enrolment(cohort, make_person(f"Person {n}"))
    run = cohort.session_runs.get()
    client = signed_in(make_organiser(organisation))

    with django_assert_num_queries(5):
        client.get(reverse("attendance", args=[cohort.pk, run.pk]))
