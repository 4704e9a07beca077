"""Marking on a phone where the connection drops: every mark arrives, once, and none is hidden."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.actions.attendance import latest_marks
from courses.models import Attendance, SessionRun
from tests.factories.courses import (
    attend,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
)
from tests.journeys.conftest import sign_in
from tests.journeys.moves import press

OFFLINE = "ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def group(site):
    """Three people at a session that was held yesterday, led by two."""
    riverside = make_organisation("Riverside Peers")
    cohort = make_cohort(
        make_edition(sessions=2, sessions_required=1),
        riverside,
        first_session_at=timezone.now() - timedelta(days=1),
    )
    people = {name: make_enrolment(cohort, make_person(name)) for name in ("Amina", "Dev", "Ruth")}
    run = cohort.session_runs.get(number=1)
    return SimpleNamespace(
        cohort=cohort,
        run=run,
        organiser=make_organiser(riverside),
        path=f"/organise/{cohort.pk}/sessions/{run.pk}/attendance/",
        **{name.lower(): enrolment for name, enrolment in people.items()},
    )


@pytest.fixture
def page(open_browser, group):
    page = open_browser(group.run.facilitator)
    page.goto(group.path)
    return page


def tap(page, name, mark):
    page.get_by_role("radiogroup", name=name).get_by_text(mark, exact=True).click()


def note(page):
    return page.locator("[data-said]")


def test_marks_saved_without_a_connection_wait_and_are_sent_when_there_is_one(
    page, group, allowed
):
    allowed.add(OFFLINE)
    page.context.set_offline(True)
    tap(page, "Amina", "Here")
    tap(page, "Dev", "Away")
    press(page)
    expect(note(page)).to_have_text(
        "2 marks not sent yet. They are kept on this phone. "
        "There is no connection right now. They are sent as soon as there is one."
    )
    assert Attendance.objects.count() == 0

    page.context.set_offline(False)

    expect(note(page)).to_have_text("Saved. 1 here, 1 away, 1 not marked yet.")
    assert latest_marks(group.run) == {group.amina.pk: "present", group.dev.pk: "absent"}


def test_marks_that_wait_are_sent_when_the_page_is_opened_again_and_only_once(
    page, group, allowed
):
    allowed.add(OFFLINE)
    page.context.set_offline(True)
    press(page, "Everyone else was here")
    expect(note(page)).to_contain_text("There is no connection right now.")
    page.close()
    again = page.context.new_page()
    page.context.set_offline(False)

    again.goto(f"/organise/{group.cohort.pk}/")

    expect(note(again)).to_have_text("All marks have arrived. Load the page again to see them.")
    again.goto(group.path)
    expect(note(again)).to_be_hidden()
    assert Attendance.objects.filter(mark="present").count() == 3


def test_a_sheet_whose_answer_is_lost_is_sent_again_and_kept_once(page, group, allowed):
    allowed.add("ERR_FAILED")
    lose = [True]

    def answer(route):
        if route.request.method == "POST" and lose:
            lose.clear()
            route.fetch()  # it arrives, and nobody hears of it
            route.abort()
        else:
            route.continue_()

    page.route(f"**{group.path}", answer)
    tap(page, "Amina", "Here")
    press(page)
    expect(note(page)).to_contain_text("There is no connection right now.")
    assert Attendance.objects.count() == 1

    press(page, "Send them now")

    expect(note(page)).to_have_text("Saved. 1 here, 2 not marked yet.")
    assert Attendance.objects.count() == 1


def test_a_connection_that_comes_back_while_marks_are_on_their_way_is_heard(page, group, allowed):
    allowed.add("ERR_FAILED")
    held = []

    def hold(route):
        is_first = route.request.method == "POST" and not held
        held.append(route) if is_first else route.continue_()

    page.route(f"**{group.path}", hold)
    tap(page, "Amina", "Here")
    with page.expect_request(lambda request: request.method == "POST"):
        press(page)

    page.evaluate("dispatchEvent(new Event('online'))")
    held[0].abort()

    expect(note(page)).to_have_text("Saved. 1 here, 2 not marked yet.")
    assert Attendance.objects.count() == 1


def test_what_was_tapped_and_not_saved_is_still_there_after_loading_again(page, group):
    page.get_by_role("radiogroup", name="Amina").get_by_text("Something else").click()
    tap(page, "Amina", "Came late")
    page.get_by_role("radiogroup", name="Amina").get_by_label("A word on it").fill("The bus")

    page.reload()

    expect(note(page)).to_have_text("1 mark not saved yet.")
    expect(page.get_by_role("radiogroup", name="Amina").get_by_label("Came late")).to_be_checked()
    assert Attendance.objects.count() == 0
    press(page)
    expect(note(page)).to_have_text("Saved. 1 came late, 2 not marked yet.")
    kept = Attendance.objects.get()
    assert (kept.mark, kept.reason) == ("late", "The bus")


def test_two_who_mark_at_once_hear_of_each_other_and_nothing_is_written_over(page, group, allowed):
    allowed.add(OFFLINE)
    page.context.set_offline(True)
    tap(page, "Amina", "Here")
    tap(page, "Dev", "Here")
    press(page)
    expect(note(page)).to_contain_text("There is no connection right now.")
    attend(group.amina, 1, mark="absent", by=group.run.co_facilitator, at=timezone.now())

    page.context.set_offline(False)

    problem = page.locator(f"#id_mark_{group.amina.pk} .problem")
    expect(problem).to_contain_text("Sam Second marked Amina as “Away”")
    assert latest_marks(group.run) == {group.amina.pk: "absent", group.dev.pk: "present"}
    press(page)
    expect(note(page)).to_have_text("Saved. 2 here, 1 not marked yet.")
    expect(problem).to_have_count(0)
    assert latest_marks(group.run)[group.amina.pk] == "present"


def test_who_is_signed_out_keeps_the_marks_and_is_asked_to_sign_in(page, group, allowed, site):
    allowed.add(401)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    tap(page, "Amina", "Here")
    press(page)
    expect(note(page)).to_have_text(
        "1 mark not sent yet. It is kept on this phone. "
        "You are signed out. Sign in, and your marks are sent."
    )
    link = page.get_by_role("link", name="Sign in").last
    assert re.search(r"/account/sign-in/\?next=.*attendance", link.get_attribute("href"))
    assert Attendance.objects.count() == 0

    page.context.add_cookies(cookies)
    page.reload()

    expect(note(page)).to_have_text("Saved. 1 here, 2 not marked yet.")
    assert Attendance.objects.get().marked_by == group.run.facilitator


def test_marks_wait_for_who_made_them(page, group, allowed, site):
    allowed.update({OFFLINE, 401, 403})
    page.context.set_offline(True)
    tap(page, "Amina", "Here")
    press(page)
    expect(note(page)).to_contain_text("There is no connection right now.")
    page.context.clear_cookies()  # before leaving: Chromium ends being offline with the page
    page.goto("about:blank")
    page.context.set_offline(False)

    sign_in(page.context, group.organiser, site)
    page.goto(group.path)

    expect(note(page)).to_have_text(
        "Marks of somebody else wait on this phone. They are sent when that person signs in here."
    )
    assert Attendance.objects.count() == 0
    page.context.clear_cookies()
    sign_in(page.context, group.run.facilitator, site)
    page.reload()
    expect(note(page)).to_have_text("Saved. 1 here, 2 not marked yet.")
    assert Attendance.objects.get().marked_by == group.run.facilitator


def test_a_sheet_opened_by_one_is_not_sent_by_another_who_signed_in_since(
    page, group, allowed, site
):
    allowed.add(403)
    sign_in(page.context, group.organiser, site)
    tap(page, "Amina", "Here")
    press(page)
    expect(note(page)).to_contain_text("Somebody else is signed in here now.")
    assert Attendance.objects.count() == 0


def test_marks_of_a_session_that_was_cancelled_meanwhile_come_back_with_the_reason(
    page, group, allowed
):
    allowed.add(422)
    tap(page, "Amina", "Here")
    SessionRun.objects.filter(pk=group.run.pk).update(cancelled_at=timezone.now())
    press(page)
    expect(note(page)).to_contain_text("This session was cancelled, so there is nothing to mark.")
    assert Attendance.objects.count() == 0


def test_sixteen_people_take_a_tap_each_at_most(open_browser, group, script):
    for n in range(13):
        make_enrolment(group.cohort, make_person(f"Person {n:02}"), at=timezone.now())
    page = open_browser(group.organiser, script=script)
    page.goto(group.path)
    tap(page, "Person 03", "Away")
    page.get_by_role("radiogroup", name="Person 07").get_by_text("Something else").click()
    tap(page, "Person 07", "Left early")
    press(page, "Everyone else was here")
    expect(page.get_by_role("status").first).to_contain_text(
        "Saved. 14 here, 1 left early, 1 away."
    )
