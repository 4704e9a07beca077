"""The attendance sheet: marked in a few taps, and never at odds with somebody else's sheet."""

import re
import uuid
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.actions import editions
from courses.actions.attendance import Mark, latest_marks
from courses.models import Attendance, AttendanceMark
from tests.factories.courses import (
    NOW,
    attend,
    finish_all_lessons,
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_organisation,
    make_organiser,
    make_person,
    make_session,
)

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'<input type="hidden" name="(was_\d+|key)" value="([^"]*)"')


@pytest.fixture
def sheet(signed_in):
    """The sheet of a session with three people, and a client of the organiser."""
    organisation = make_organisation()
    edition = make_edition(sessions=1, sessions_required=1)
    cohort = make_cohort(edition, organisation)
    people = [make_enrolment(cohort, make_person(name)) for name in ["Ruth", "amina", "Dev"]]
    run = cohort.session_runs.get()
    organiser = make_organiser(organisation)
    return SimpleNamespace(
        client=signed_in(organiser),
        organiser=organiser,
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
    sent = dict(HIDDEN.findall(page))
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
    answer = save(sheet, (sheet.amina, "asleep"), (sheet.dev, "absent"))

    form = answer.context["form"]
    assert answer.status_code == 422
    assert form.errors == {
        f"mark_{sheet.amina.pk}": [
            "We do not know that mark for amina. Choose one of those on the sheet."
        ]
    }
    assert [(line.name, line.chosen.mark) for line in form.lines][1] == ("Dev", "absent")
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
def test_the_sheet_takes_seven_queries(signed_in, django_assert_num_queries, people):
    organisation = make_organisation()
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1), organisation)
    for n in range(people):
        make_enrolment(cohort, make_person(f"Person {n}"))
    run = cohort.session_runs.get()
    client = signed_in(make_organiser(organisation))

    with django_assert_num_queries(7):
        client.get(reverse("attendance", args=[cohort.pk, run.pk]))


# --- More than here and away ---------------------------------------------------------------------


def test_a_way_and_a_reason_are_kept_and_shown_again(sheet):
    save(
        sheet,
        (sheet.amina, "late"),
        **{
            f"way_{sheet.amina.pk}": "phone",
            f"reason_{sheet.amina.pk}": "The bus was late",
        },
    )

    kept = Attendance.objects.get()
    assert (kept.mark, kept.way, kept.reason) == ("late", "phone", "The bus was late")
    line = sheet.client.get(sheet.url).context["form"].lines[0]
    assert (line.chosen, line.is_usual) == (Mark("late", "phone", "The bus was late"), False)


def test_a_reason_alone_is_asked_for_a_mark_and_is_still_there(sheet):
    answer = save(sheet, **{f"reason_{sheet.amina.pk}": "Rang us"})

    line = answer.context["form"].lines[0]
    assert answer.status_code == 422
    assert (line.problems, line.chosen.reason) == (["Choose a mark for amina as well."], "Rang us")


def test_a_reason_that_is_too_long_is_still_there(sheet):
    reason = "a" * 201
    answer = save(sheet, (sheet.amina, "excused"), **{f"reason_{sheet.amina.pk}": reason})

    line = answer.context["form"].lines[0]
    assert answer.status_code == 422
    assert line.problems == ["Please say it in 200 letters or fewer. It is still here."]
    assert line.chosen.reason == reason


def test_A6_the_sheet_says_who_changed_what_and_when(sheet):
    attend(sheet.amina, 1, at=NOW)
    attend(sheet.amina, 1, mark=AttendanceMark.ABSENT, by=sheet.run.co_facilitator, at=NOW)

    log = sheet.client.get(sheet.url).context["log"]

    assert [(each.by, each.about, each.said, each.before, each.at) for each in log] == [
        ("Sam Second", "amina", "Away", "Here", NOW),
        ("Fatima First", "amina", "Here", "", NOW),
    ]


def test_what_somebody_else_marked_since_is_told_and_can_be_changed_by_saving_again(sheet):
    old = drawn(sheet)
    attend(sheet.amina, 1, mark=AttendanceMark.ABSENT, by=sheet.run.co_facilitator, at=NOW)

    answer = save(sheet, (sheet.amina, "present"), (sheet.dev, "present"), base=old)

    assert answer.status_code == 409
    line = answer.context["form"].lines[0]
    assert line.chosen == Mark("present")
    assert line.problems == [
        "Sam Second marked amina as “Away” on 1 September, 11:00, after you opened this sheet. "
        "You chose “Here”. Theirs stands. If yours is right, save again."
    ]
    assert latest_marks(sheet.run) == {sheet.amina.pk: "absent", sheet.dev.pk: "present"}

    again = dict(
        re.findall(r'<input type="hidden" name="(was_\d+|key)" value="([^"]*)"', answer.text)
    )
    answer = save(sheet, (sheet.amina, "present"), (sheet.dev, "present"), base=again)

    assert answer.status_code == 200
    assert latest_marks(sheet.run) == {sheet.amina.pk: "present", sheet.dev.pk: "present"}


def test_a_cancelled_session_has_no_sheet_and_takes_no_marks(sheet):
    base = drawn(sheet)
    type(sheet.run).objects.update(cancelled_at=NOW)

    page = sheet.client.get(sheet.url).text
    answer = sheet.client.post(sheet.url, base | marks((sheet.amina, "present")))

    assert "This session was cancelled, so there is nothing to mark." in page
    assert 'name="mark_' not in page
    assert (answer.status_code, Attendance.objects.count()) == (422, 0)


def test_everyone_else_are_those_who_were_on_the_sheet(sheet):
    old = drawn(sheet)
    newcomer = make_enrolment(sheet.cohort, make_person("Zoe"))

    save(sheet, base=old, everyone="1")

    assert newcomer.pk not in latest_marks(sheet.run)
    assert len(latest_marks(sheet.run)) == 3


# --- For the script that keeps marks on the phone ------------------------------------------------


def send(sheet, *pairs, person=None, **extra):
    person = person or sheet.organiser
    sent = marks(*pairs) | {"person": person.pk, "key": str(uuid.uuid4())} | extra
    return sheet.client.post(sheet.url, sent, headers={"Accept": "application/json"})


def test_a_script_is_told_what_was_kept_in_words_and_line_by_line(sheet):
    answer = send(sheet, (sheet.amina, "late"), **{f"reason_{sheet.amina.pk}": "Bus"})

    kept = Attendance.objects.get()
    assert answer.json() == {
        "said": "Saved. 1 came late, 2 not marked yet.",
        "completed": "",
        "unmarked": True,
        "lines": {
            str(sheet.amina.pk): {"was": kept.pk, "mark": "late", "way": "", "reason": "Bus"}
        },
        "disputed": {},
    }


def test_a_script_is_told_what_somebody_else_marked_since(sheet):
    attend(sheet.amina, 1, mark=AttendanceMark.ABSENT, at=NOW)

    answer = send(sheet, (sheet.amina, "present"), **{f"was_{sheet.amina.pk}": ""})

    assert answer.status_code == 200
    assert list(answer.json()["disputed"]) == [str(sheet.amina.pk)]
    assert latest_marks(sheet.run) == {sheet.amina.pk: "absent"}


def test_a_sheet_whose_answer_was_lost_arrives_again_and_is_once(sheet):
    key = str(uuid.uuid4())

    for _time in range(2):
        send(sheet, (sheet.amina, "present"), key=key, **{f"was_{sheet.amina.pk}": ""})

    assert Attendance.objects.count() == 1


def test_a_script_that_is_signed_out_is_told_where_to_sign_in(sheet, client):
    client.logout()

    answer = send(sheet, (sheet.amina, "present"))

    assert answer.status_code == 401
    assert answer.json() == {
        "why": "You are signed out. Sign in, and your marks are sent.",
        "sign_in": f"/account/sign-in/?next={quote(sheet.url, safe='')}",
    }


def test_marks_are_not_kept_in_somebody_elses_name(sheet):
    answer = send(sheet, (sheet.amina, "present"), person=sheet.run.facilitator)

    assert (answer.status_code, Attendance.objects.count()) == (403, 0)
    assert answer.json() == {
        "why": "Somebody else is signed in here now. These marks wait for who made them."
    }


def test_a_script_is_told_what_cannot_be_kept(sheet):
    unknown = send(sheet, (sheet.amina, "asleep"))
    type(sheet.run).objects.update(cancelled_at=NOW)
    cancelled = send(sheet, (sheet.amina, "present"))

    assert [unknown.status_code, cancelled.status_code] == [422, 422]
    assert unknown.json()["why"] == (
        "We do not know that mark for amina. Choose one of those on the sheet."
    )
    assert cancelled.json()["why"].startswith("This session was cancelled")


# --- Catching up -------------------------------------------------------------------------------


def catch_up(sheet, person, **sent):
    where = reverse("catch_up", args=[sheet.cohort.pk, person.pk, sheet.run.pk])
    told = {"key": uuid.uuid4(), "way": "phone", "reason": "Case cards with Maria", **sent}
    return sheet.client.post(where, told, follow=True)


def test_a_catch_up_is_made_up_with_its_way_and_what_was_done(sheet):
    attend(sheet.amina, 1, mark=AttendanceMark.ABSENT)

    answer = catch_up(sheet, sheet.amina)

    kept = Attendance.objects.last()
    assert said(answer) == ["Saved. amina has made up session 1."]
    assert (kept.mark, kept.way, kept.reason, kept.marked_by) == (
        "made_up",
        "phone",
        "Case cards with Maria",
        sheet.organiser,
    )


def test_a_catch_up_can_complete_the_course(sheet):
    finish_all_lessons(sheet.amina)
    attend(sheet.amina, 1, mark=AttendanceMark.ABSENT)

    assert said(catch_up(sheet, sheet.amina))[1:] == ["amina has just completed the course."]


@pytest.mark.parametrize("missing", ["way", "reason"])
def test_a_catch_up_says_how_and_what(sheet, missing):
    answer = catch_up(sheet, sheet.amina, **{missing: ""})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [missing])
    assert Attendance.objects.count() == 0


def test_a_catch_up_sent_twice_is_once(sheet):
    key = uuid.uuid4()

    for _time in range(2):
        catch_up(sheet, sheet.amina, key=key)

    assert Attendance.objects.count() == 1


def test_who_needs_a_catch_up_is_led_to_the_sessions_they_missed(sheet):
    type(sheet.run).objects.update(starts_at=timezone.now() - timedelta(days=1))
    attend(sheet.amina, 1, mark=AttendanceMark.ABSENT)
    where = reverse("catch_ups", args=[sheet.cohort.pk, sheet.amina.pk])

    board = sheet.client.get(reverse("cohort", args=[sheet.cohort.pk])).text
    before = sheet.client.get(where).context["missed"]
    catch_up(sheet, sheet.amina)
    after = sheet.client.get(where).context["missed"]

    assert where in board
    assert [(run, row.mark, needed) for run, row, needed in before] == [
        (sheet.run, "absent", False)
    ]
    assert after == []


def test_the_session_needed_for_ready_is_said_to_be(signed_in):
    course = make_course(sessions_required=1)
    make_lesson(make_session(course, 1, needed_for_ready=True))
    organisation = make_organisation()
    edition = editions.make_edition(course=course, by=None, at=NOW)
    cohort = make_cohort(edition, organisation)
    client = signed_in(make_organiser(organisation))
    ones = [cohort.pk, make_enrolment(cohort).pk]

    shown = client.get(reverse("catch_ups", args=ones)).text
    asked = client.get(reverse("catch_up", args=[*ones, cohort.session_runs.get().pk])).text

    assert "This one is needed to be ready to co-facilitate." in shown
    assert "it is needed to be ready to co-facilitate. Go through" in asked


def test_A5_session_zero_cannot_be_made_up(signed_in):
    organisation = make_organisation()
    edition = make_edition(sessions=1, sessions_required=1, session_zero=True)
    cohort = make_cohort(edition, organisation)
    amina, zero = make_enrolment(cohort), cohort.session_runs.get(number=0)
    client = signed_in(make_organiser(organisation))

    answer = client.get(reverse("catch_up", args=[cohort.pk, amina.pk, zero.pk]))

    assert answer.status_code == 404
