"""An organiser starts a group, marks who was there, and looks after the certificates."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from certificates.models import Certificate
from courses.models import Attendance, AttendanceMark, Cohort, RoleKind
from tests.factories.courses import (
    finish_all_lessons,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
)
from tests.journeys.moves import follow_first, h1, press
from tests.journeys.world import NAMES

MORE = ["Amina Yusuf", "Tom Price", "Ken Wallace", "Sunita Rao", "Fatima Rahman"]
SIXTEEN = [*NAMES, *MORE]


@pytest.fixture
def organiser(site):
    """An organiser of a charity that has two facilitators, and a course of one session."""
    make_edition(sessions=1, sessions_required=1)
    riverside = make_organisation("Riverside Peers")
    for name in ("Maria First", "Sam Second"):
        make_role(make_person(name), riverside, RoleKind.FACILITATOR)
    return make_organiser(riverside)


@pytest.fixture
def page(open_browser, organiser, script):
    return open_browser(organiser, script=script)


def start_a_group(page):
    page.goto("/learning/")
    follow_first(page, "Open my groups")
    follow_first(page, "Start a cohort")
    page.get_by_label("Name of the group").fill("Tuesday group")
    yesterday = timezone.localdate() - timedelta(days=1)
    page.locator("input[type=date]").fill(yesterday.isoformat())
    page.locator("input[type=time]").fill("10:00")
    page.get_by_label("First facilitator").select_option(label="Maria First")
    page.get_by_label("Second facilitator").select_option(label="Sam Second")
    press(page, "Look at the dates")
    h1(page, "Look at the dates")
    press(page, "Start the group")
    h1(page, "Tuesday group")
    return Cohort.objects.get(name="Tuesday group")


def sixteen_people_join(cohort):
    return [make_enrolment(cohort, make_person(name), at=timezone.now()) for name in SIXTEEN]


def test_an_organiser_can_start_a_group_and_read_out_its_code(page):
    cohort = start_a_group(page)
    code = f"{cohort.join_code[:4]} {cohort.join_code[4:]}"
    expect(page.locator("#joining")).to_contain_text(code)
    expect(page.get_by_label("Link")).to_have_value(
        f"{page.url.split('/organise')[0]}/join/{cohort.join_code}/"
    )
    assert [str(run.facilitator) for run in cohort.session_runs.all()] == ["Maria First"]


def test_a_group_led_by_one_person_needs_a_reason(page, allowed):
    allowed.add(422)
    page.goto("/organise/new/")
    page.get_by_label("Name of the group").fill("Tuesday group")
    page.get_by_label("First facilitator").select_option(label="Maria First")
    press(page, "Look at the dates")
    expect(page.locator(".problems")).to_contain_text("say why there is only one")
    expect(page.get_by_label("Name of the group")).to_have_value("Tuesday group")
    assert not Cohort.objects.exists()


def test_sixteen_people_who_all_came_are_marked_in_two_taps(page):
    cohort = start_a_group(page)
    sixteen_people_join(cohort)
    page.reload()
    follow_first(page, "Mark attendance of session 1")  # the first tap
    h1(page, "Who was here?")
    press(page, "Everyone else was here")  # the second
    expect(page.get_by_role("status")).to_contain_text("Saved. 16 here.")
    assert Attendance.objects.count() == 16


def test_those_who_were_away_are_marked_first_then_everyone_else(page):
    cohort = start_a_group(page)
    sixteen_people_join(cohort)
    page.goto(f"/organise/{cohort.pk}/sessions/{cohort.session_runs.get().pk}/attendance/")
    page.get_by_role("radiogroup", name="Ruth Bellamy").get_by_text("Away").click()
    page.get_by_role("radiogroup", name="Joe Harris").get_by_text("Something else").click()
    page.get_by_role("radiogroup", name="Joe Harris").get_by_text("Excused").click()
    press(page, "Everyone else was here")
    expect(page.get_by_role("status")).to_contain_text("Saved. 14 here, 1 excused, 1 away.")
    marks = Attendance.objects.exclude(mark=AttendanceMark.PRESENT)
    assert {mark.enrolment.trainee.name: mark.mark for mark in marks} == {
        "Ruth Bellamy": AttendanceMark.ABSENT,
        "Joe Harris": AttendanceMark.EXCUSED,
    }
    follow_first(page, "Back")
    row = page.locator(".board tr", has_text="Amina Yusuf")
    expect(row).to_contain_text("1 of 1")
    expect(row).to_contain_text("here")


def test_the_mark_that_completes_the_course_brings_a_certificate_that_can_be_withdrawn(
    page, allowed
):
    cohort = start_a_group(page)
    ruth = make_enrolment(cohort, make_person("Ruth Bellamy"), at=timezone.now())
    finish_all_lessons(ruth, at=timezone.now())
    page.reload()
    follow_first(page, "Mark attendance of session 1")
    press(page, "Everyone else was here")
    said = page.get_by_text("Ruth Bellamy has just completed the course.")
    expect(said).to_be_visible(timeout=20_000)  # her certificate is drawn meanwhile
    follow_first(page, "Back")
    expect(page.get_by_text("Completed on").first).to_be_visible()

    certificate = Certificate.objects.get(holder=ruth.trainee)
    follow_first(page, "Certificates of this cohort")
    follow_first(page, "Ruth Bellamy")
    h1(page, "Ruth Bellamy")
    page.get_by_role("link", name="Withdraw this certificate").click()
    allowed.add(422)
    press(page, "Withdraw this certificate")
    expect(page.locator(".problems")).to_contain_text("Choose a reason.")
    page.get_by_label("It was issued by mistake").check()
    page.get_by_label("What happened").fill("She was in another group.")
    press(page, "Withdraw this certificate")
    expect(page.get_by_text("The certificate is withdrawn.")).to_be_visible()
    page.goto(f"/v/{certificate.shown_serial}/")
    h1(page, "This certificate was withdrawn")
