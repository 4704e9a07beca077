"""An organiser runs a whole group from a phone: from an empty desk to a report on paper."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from certificates.models import Certificate
from courses.actions import joining, people
from courses.models import Cohort, Invitation, RoleKind
from tests.factories.courses import (
    finish_all_lessons,
    make_organisation,
    make_organiser,
    make_person,
    make_ready_edition,
    make_role,
    meet_final_check,
    sign_agreements,
)
from tests.factories.practice import book, make_observer, make_slot, observe, review_own
from tests.journeys.moves import follow_first, h1, press
from tests.journeys.test_organiser_runs_a_group import start_a_group
from tests.journeys.world import NAMES

TWELVE = [*NAMES, "Amina Yusuf"]


def invite_twelve(page, cohort):
    page.goto(f"/organise/{cohort.pk}/")
    follow_first(page, "Invite people, and who waits")
    lines = [f"{name}, person{n}@example.org" for n, name in enumerate(TWELVE)]
    page.locator("textarea[name=list]").fill("\n".join(lines))
    press(page, "See what will happen")
    h1(page, "What will happen")
    press(page, "Do this for 12 people")
    expect(page.get_by_text("Invited, and not here yet")).to_be_visible()


def they_come_in(cohort):
    """Each opens their own link, at home."""
    for invitation in Invitation.objects.filter(cohort=cohort):
        person = people.person_at(email=invitation.email, name=invitation.name)
        joining.join(cohort=cohort, person=person, at=timezone.now(), invitation=invitation)


def mark_everyone(page, cohort, number):
    page.goto(f"/organise/{cohort.pk}/")
    follow_first(page, f"Mark attendance of session {number}")
    press(page, "Everyone else was here")
    expect(page.get_by_role("status")).to_contain_text("Saved. 12 here.", timeout=20_000)


def practise_twice(trainee, observer, organiser):
    """What an observer does has a journey of its own."""
    now = timezone.now()
    for number in (1, 2):
        slot = make_slot(trainee.cohort, number, now - timedelta(hours=4 - number))
        booked = book(trainee, slot, by=organiser, at=now - timedelta(hours=5))
        observe(booked, observer, at=now)
        review_own(booked, at=now)


def test_from_an_empty_desk_to_a_report_on_paper(open_browser, site):
    make_ready_edition()
    riverside = make_organisation("Riverside Peers")
    for name in ("Maria First", "Sam Second"):
        make_role(make_person(name), riverside, RoleKind.FACILITATOR)
    organiser, observer = make_organiser(riverside), make_observer(riverside)
    page = open_browser(organiser)

    cohort = start_a_group(page)
    invite_twelve(page, cohort)
    they_come_in(cohort)
    mark_everyone(page, cohort, 1)
    # A week has passed.
    cohort.session_runs.filter(number=2).update(starts_at=timezone.now() - timedelta(hours=3))
    mark_everyone(page, cohort, 2)
    amina = cohort.enrolments.get(trainee__name="Amina Yusuf")
    finish_all_lessons(amina, at=timezone.now())
    sign_agreements(amina, at=timezone.now())
    meet_final_check(amina, at=timezone.now())
    practise_twice(amina, observer, organiser)

    page.goto(f"/organise/{cohort.pk}/")
    page.locator(".board").get_by_role("link", name="Amina Yusuf").click()
    h1(page, "Amina Yusuf")
    follow_first(page, "Waivers and sign-off")
    page.get_by_label("I have looked at all of this, and I stand by it.").check()
    press(page, "Sign off as ready")
    expect(page.locator("main")).to_contain_text("Ready to co-facilitate since", timeout=20_000)

    page.goto(f"/organise/{cohort.pk}/")
    follow_first(page, "Certificates of this cohort")
    expect(page.get_by_role("link", name="Amina Yusuf").first).to_be_visible()
    page.goto(f"/organise/{cohort.pk}/")
    follow_first(page, "Figures for reports")
    link = page.get_by_role("link", name="Get a summary for funders (PDF)")
    report = page.request.get(link.evaluate("link => link.href"))

    held = Certificate.objects.filter(holder=amina.trainee).values_list(
        "milestone__kind", flat=True
    )
    assert sorted(held) == ["completion", "ready"]
    assert (report.status, report.body()[:5]) == (200, b"%PDF-")
    assert Cohort.objects.get().enrolments.count() == 12
