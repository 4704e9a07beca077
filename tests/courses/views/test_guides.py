"""The facilitator guide: who has it in hand, what it says, and that it can be printed."""

import sys
import uuid
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from pypdf import PdfReader

import content.paper
from courses.actions import agreements, catalogue, editions
from courses.models import ForWhom, RoleKind, SessionPage
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_handout,
    make_lesson,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
    make_session,
)

pytestmark = pytest.mark.django_db
STARTS = datetime(2026, 9, 8, 18, 30, tzinfo=ZoneInfo("Europe/London"))
GUIDES = ["guide", "guide_pdf", "session_guide", "session_guide_pdf"]


def activity(title, kind, minutes, note=""):
    return ("activity", {"title": title, "type": kind, "minutes": minutes, "note": note})


class Led:
    """A cohort of a course with two sessions, led by a pair."""

    def __init__(self):
        catalogue.set_up(title="Learn", lead="Hello.", body="")
        course = make_course(sessions_required=1)
        plan = [
            activity("Welcome all", "welcome", 15, "Be at the door.\n\nSmile."),
            activity("Tea", "break", 20),
            activity("Threes", "practice", 85),
        ]
        self.session = make_session(
            course, 1, title="Listening", minutes=150, plan=plan, aims=[("aim", "leave room")]
        )
        make_lesson(self.session)
        make_session(course, 2, title="Own way")
        make_handout(course, "Seven steps", session_number=1)
        make_handout(course, "Observer form", ForWhom.FACILITATORS, session_number=1)
        make_handout(course, "For another day", session_number=2)
        self.organisation = make_organisation("Riverside Peers", named_person="Maria Lopez")
        self.facilitator = make_person("Fatima First")
        self.cohort = make_cohort(
            editions.make_edition(course=course, by=None, at=NOW),
            organisation=self.organisation,
            facilitator=self.facilitator,
            first_session_at=STARTS,
            place="The Old Library",
        )
        self.run = self.cohort.session_runs.get(number=1)

    def address(self, name):
        parts = [self.cohort.pk, self.run.pk] if "session" in name else [self.cohort.pk]
        return reverse(name, args=parts)


@pytest.fixture
def led():
    return Led()


def words(response):
    return " ".join(response.content.decode().split())


def paper(response):
    reader = PdfReader(BytesIO(response.content))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_pair_and_the_organiser_open_it_and_nobody_else_does(led, client):
    people = {
        "one of the pair": led.facilitator,
        "their organiser": make_organiser(led.organisation),
        "organiser elsewhere": make_organiser(make_organisation()),
        "trainee": make_enrolment(led.cohort).trainee,
    }
    for kind in (RoleKind.FACILITATOR, RoleKind.OBSERVER, RoleKind.PEER_EDUCATOR):
        people[kind] = make_person()
        make_role(people[kind], led.organisation, kind)
    answers = {}

    for who, person in people.items():
        client.force_login(person)
        answers[who] = {client.get(led.address(name)).status_code for name in GUIDES}

    let_in = {"their organiser", "one of the pair"}
    assert answers == {who: {200 if who in let_in else 404} for who in people}


def test_who_is_signed_out_is_asked_to_sign_in(led, client):
    assert [client.get(led.address(name)).status_code for name in GUIDES] == [302] * 4


def test_it_is_on_the_clock_of_the_day_with_notes_and_pair(led, signed_in):
    response = signed_in(led.facilitator).get(led.address("session_guide"))
    [shown] = response.context["guides"]

    assert [(row.begins, row.ends, row.activity.title) for row in shown["rows"]] == [
        ("18:30", "18:45", "Welcome all"),
        ("18:45", "19:05", "Tea"),
        ("19:05", "20:30", "Threes"),
    ]
    for said in (
        "Tuesday 8 September 2026, 18:30–21:00",
        "The Old Library",
        "Led by Fatima First and Sam Second.",
        "leave room",
        "<p>Be at the door.</p> <p>Smile.</p>",
        "Practice · 85 minutes",
        "The activities leave 30 minutes free.",
        "group agreement",
        "Print “Seven steps”.",
        "Print “Observer form”.",
        "Maria Lopez",
    ):
        assert said in words(response), said
    assert "For another day" not in words(response)


def test_it_stays_as_the_edition_holds_it(led, signed_in):
    session = SessionPage.objects.get(pk=led.session.pk)
    session.plan = [activity("Something new", "other", 150)]
    session.save_revision().publish()

    response = signed_in(led.facilitator).get(led.address("session_guide"))

    assert "Welcome all" in words(response)
    assert "Something new" not in words(response)


def test_a_session_that_was_moved_is_on_its_new_clock(led, signed_in):
    led.run.starts_at = datetime(2026, 11, 3, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    led.run.save()

    response = signed_in(led.facilitator).get(led.address("session_guide"))

    assert response.context["guides"][0]["rows"][1].begins == "10:15"


def test_a_run_of_another_cohort_is_not_found(led, signed_in):
    other = make_cohort(led.cohort.edition)
    run = other.session_runs.get(number=1)

    client = signed_in(led.facilitator)

    assert client.get(reverse("session_guide", args=[led.cohort.pk, run.pk])).status_code == 404
    assert client.get(reverse("session_guide", args=[other.pk, run.pk])).status_code == 404


def test_the_whole_guide_has_every_session(led, signed_in):
    response = signed_in(led.facilitator).get(led.address("guide"))

    assert [each["plan"].title for each in response.context["guides"]] == ["Listening", "Own way"]
    assert "This session has no plan yet." in words(response)


# --- What the group agreed on ------------------------------------------------------------------


def agree(cohort, *lines):
    agreements.make_group_agreement(
        cohort=cohort, lines=list(lines), key=uuid.uuid4(), by=make_person(), at=NOW
    )


def first_page(response):
    reader, _all = paper(response)
    return " ".join(reader.pages[0].extract_text().split())


@pytest.mark.parametrize("name", ["guide", "session_guide"])
def test_it_says_once_what_the_group_agreed_on_last(name, led, signed_in):
    agree(led.cohort, "Phones away")
    agree(led.cohort, "One at a time", "Tea before <talk>")
    agree(make_cohort(led.cohort.edition), "Of another group")

    page = words(signed_in(led.facilitator).get(led.address(name)))

    assert page.count("What we agreed in our group") == 1
    assert "<li>One at a time</li><li>Tea before &lt;talk&gt;</li>" in page
    assert "Phones away" not in page
    assert "Of another group" not in page


@pytest.mark.parametrize("query", ["", "?large=1"])
@pytest.mark.parametrize("name", ["guide_pdf", "session_guide_pdf"])
def test_what_the_group_agreed_on_is_on_the_first_page_of_the_pdf(name, query, led, signed_in):
    agree(led.cohort, *(f"Line number {n} of ours" for n in range(1, 8)))

    page = first_page(signed_in(led.facilitator).get(led.address(name) + query))

    assert "What we agreed in our group" in page
    assert "Line number 7 of ours" in page


@pytest.mark.parametrize("name", ["guide", "session_guide"])
def test_before_the_group_has_agreed_nothing_stands_in_its_place(name, led, signed_in):
    page = words(signed_in(led.facilitator).get(led.address(name)))

    assert "What we agreed" not in page
    assert "Have a large sheet ready for the group agreement." in page


def test_a_draft_shows_no_groups_agreement(led, signed_in):
    agree(led.cohort, "One at a time")
    author = make_person()
    make_role(author, led.organisation, RoleKind.PEER_EDUCATOR)

    page = signed_in(author).get(reverse("draft_guide", args=[led.session.pk]))

    assert "One at a time" not in words(page)


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_whole_guide_is_read_in_few_queries(sessions, signed_in, django_assert_num_queries):
    course = make_course(sessions_required=1)
    for number in range(1, sessions + 1):
        make_lesson(make_session(course, number, plan=[activity("Tea", "break", 20)]))
        make_handout(course, f"Sheet {number}", session_number=number)
    cohort = make_cohort(editions.make_edition(course=course, by=None, at=NOW))
    agree(cohort, "One at a time")
    client = signed_in(cohort.session_runs.first().facilitator)
    address = reverse("guide", args=[cohort.pk])
    client.get(address)  # what an edition holds is read once in each process

    with django_assert_num_queries(4):  # the session and the person, the cohort, its runs
        client.get(address)


@pytest.mark.parametrize("name", ["guide", "session_guide"])
def test_it_comes_as_pdf_in_usual_and_in_large_print(name, led, signed_in):
    client = signed_in(led.facilitator)

    usual, said = paper(client.get(led.address(f"{name}_pdf")))
    large, said_large = paper(client.get(f"{led.address(f'{name}_pdf')}?large=1"))

    catalog = usual.trailer["/Root"]
    assert (catalog["/MarkInfo"]["/Marked"], catalog["/Lang"]) == (True, "en-gb")
    assert "Listening" in str(usual.outline)
    assert len(large.pages) > len(usual.pages)
    for text in (said, said_large):
        assert "Be at the door." in text
        assert "18:45" in text
        assert f"1 / {len(usual.pages if text is said else large.pages)}" in text


def test_the_pdf_is_named_for_what_it_is(led, signed_in):
    client = signed_in(led.facilitator)

    names = [
        client.get(led.address("session_guide_pdf") + query)["Content-Disposition"]
        for query in ("", "?large=1")
    ]

    assert names == [
        'attachment; filename="facilitator-guide-session-1-listening.pdf"',
        'attachment; filename="facilitator-guide-session-1-listening-large-print.pdf"',
    ]


def test_the_page_in_large_print_leads_to_the_pdf_in_large_print(led, signed_in):
    response = signed_in(led.facilitator).get(led.address("session_guide") + "?large=1")

    assert 'class="paper guide is-large"' in words(response)
    assert f'href="{led.address("session_guide_pdf")}?large=1"' in words(response)


def test_the_cohorts_page_leads_to_guides_and_handouts(led, signed_in):
    response = signed_in(led.facilitator).get(reverse("cohort", args=[led.cohort.pk]))

    for name in ("guide", "session_guide", "cohort_handouts"):
        assert f'href="{led.address(name)}"' in words(response)


@pytest.fixture
def without_the_library(monkeypatch):
    """As where Pango cannot be loaded: the import breaks off."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    content.paper._library.cache_clear()
    yield
    content.paper._library.cache_clear()


def test_where_no_pdf_can_be_made_the_page_is_there_to_print(led, signed_in, without_the_library):
    client = signed_in(led.facilitator)

    page = client.get(led.address("session_guide"))
    asked = client.get(led.address("session_guide_pdf"), follow=True)

    assert "Download PDF" not in words(page)
    assert "choose “Print” in the menu of your browser" in words(page)
    assert asked.redirect_chain == [(led.address("session_guide"), 302)]
    assert "The PDF cannot be made right now." in words(asked)


# --- Authors -----------------------------------------------------------------------------------


def test_an_author_sees_the_guide_of_a_draft_with_the_clock_from_nought(led, signed_in):
    author = make_person()
    make_role(author, led.organisation, RoleKind.PEER_EDUCATOR)
    session = SessionPage.objects.get(pk=led.session.pk)
    session.plan = [activity("A", "other", 20), activity("Not yet out", "other", 150)]
    session.save_revision()
    client = signed_in(author)

    page = client.get(reverse("draft_guide", args=[session.pk]))
    _reader, said = paper(client.get(reverse("draft_guide_pdf", args=[session.pk])))

    assert page.context["guides"][0]["rows"][1].begins == "0:20"
    assert "The activities take 20 minutes more than there are." in words(page)
    assert "Not yet out" in said


@pytest.mark.parametrize("name", ["draft_guide", "draft_guide_pdf"])
def test_who_may_not_write_sees_no_draft(name, led, client):
    answers = []
    for person in (led.facilitator, make_enrolment(led.cohort).trainee):
        client.force_login(person)
        answers.append(client.get(reverse(name, args=[led.session.pk])).status_code)

    assert answers == [403, 403]


def test_the_editor_leads_to_the_guide(led, signed_in):
    author = make_person()
    make_role(author, led.organisation, RoleKind.PEER_EDUCATOR)

    response = signed_in(author).get(reverse("wagtailadmin_pages:edit", args=[led.session.pk]))

    assert reverse("draft_guide", args=[led.session.pk]) in words(response)
