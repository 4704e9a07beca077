"""What people say of themselves: what helps, taken back again; a measure before and after."""

import re

from django.utils import timezone
from playwright.sync_api import expect

from courses.models import AccessNeeds, MeasureAnswer, Milestone, MilestoneKind
from tests.factories.courses import (
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
)
from tests.factories.measures import answer_measure, make_semcd6
from tests.journeys.looking import everything_wrong
from tests.journeys.moves import follow, h1, press


def make_group():
    edition = make_edition(sessions=1, sessions_required=1)
    cohort = make_cohort(edition, make_organisation(), first_session_at=timezone.now())
    return cohort, make_enrolment(cohort, make_person("Amina Yusuf"))


def test_a_trainee_says_what_helps_shares_it_and_takes_it_back(open_browser, front):
    cohort, amina = make_group()
    page = open_browser(amina.trainee, width=390)
    desk = open_browser(make_organiser(cohort.organisation))
    told = desk.get_by_role("region", name="What helps people take part")

    page.goto(f"/learning/{amina.pk}/")
    follow_aside(page, "Say what helps me take part")
    h1(page, "What helps me take part")
    page.get_by_label("large print").check()
    page.get_by_label("In my own words").fill("A chair by the door")
    press(page)
    expect(page.get_by_text("Only you see it, as nobody is ticked.")).to_be_visible()
    desk.goto(f"/organise/{cohort.pk}/")
    expect(told).to_have_count(0)

    page.get_by_label("the organisers").check()
    press(page)
    expect(page.get_by_text("Those whom you ticked see it now.")).to_be_visible()
    desk.goto(f"/organise/{cohort.pk}/")
    expect(told.get_by_role("listitem")).to_have_text(
        re.compile(r"Amina Yusuf\s+large print\s*A chair by the door")
    )
    assert everything_wrong(page) == []

    press(page, "Take it all away")
    expect(page.get_by_text("It is gone. Nobody sees it any more.")).to_be_visible()
    desk.goto(f"/organise/{cohort.pk}/")
    expect(told).to_have_count(0)
    assert AccessNeeds.objects.count() == 0


def follow_aside(page, name):
    page.get_by_role("link", name=name, exact=True).click()


def answer_six(page, number):
    for question in page.get_by_role("group").all():
        question.get_by_role("radio", name=str(number), exact=True).check()
    press(page, "Keep my answers")


def test_a_measure_is_answered_before_and_after_and_told_from_five_people_on(open_browser, front):
    cohort, amina = make_group()
    six = make_semcd6(cohort.organisation)
    for n in range(4):
        other = make_enrolment(cohort, make_person(f"Person {n}"))
        answer_measure(other, six, [4] * 6, [8] * 6)
    page = open_browser(amina.trainee, width=390)
    desk = open_browser(make_organiser(cohort.organisation))
    figures = desk.get_by_role("region", name="SEMCD-6")

    page.goto(f"/learning/{amina.pk}/")
    follow(page, "Look at the questions")
    answer_six(page, 4)
    expect(page.get_by_text("Thank you. Your answers are kept.")).to_be_visible()
    desk.goto(f"/organise/{cohort.pk}/figures/")
    expect(figures).to_contain_text("Fewer than 5 people have answered both times.")

    Milestone.objects.create(
        enrolment=amina,
        kind=MilestoneKind.COMPLETION,
        edition=cohort.edition,
        reached_at=timezone.now(),
        evidence={},
    )
    page.goto(f"/learning/{amina.pk}/")
    follow(page, "Look at the questions")
    answer_six(page, 8)
    desk.goto(f"/organise/{cohort.pk}/figures/")
    mean = figures.get_by_role("row", name="Mean")
    expect(mean.get_by_role("cell")).to_have_text(["4.0", "8.0"])
    assert MeasureAnswer.objects.filter(enrolment=amina).count() == 2
    assert everything_wrong(desk) == []
