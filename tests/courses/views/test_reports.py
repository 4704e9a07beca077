"""The figures' pages and their summary for funders: for organisers, with no name on them."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from courses.models import Enrolment
from tests.courses.test_reports import came, complete, enrol, large_cohort
from tests.factories.courses import (
    make_cohort,
    make_edition,
    make_organisation,
    make_organiser,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    organisation = make_organisation("Riverside Peers")
    return large_cohort(organisation, name="Tuesday group")


def test_the_same_numbers_are_drawn_and_stand_in_a_table(signed_in, cohort):
    client = signed_in(make_organiser(cohort.organisation))

    html = client.get(reverse("cohort_figures", args=[cohort.pk])).content.decode()

    for number in ("30", "25", "20", "15"):
        assert html.count(f">{number}</text>") >= 1
        assert html.count(f"<td>{number}</td>") >= 1
    assert "Came to at least one session: 20" in html  # what is heard of the plot


def test_a_hidden_number_is_nowhere_on_the_page(signed_in):
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    people = enrol(cohort, 12)
    came(cohort, people, 1)
    complete(people[:9])
    client = signed_in(make_organiser(cohort.organisation))

    answer = client.get(reverse("cohort_figures", args=[cohort.pk]))

    html = answer.content.decode()
    assert ">9<" not in html and ">3<" not in html
    assert html.count("<td>not shown</td>") == 1


def text_of(answer):
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_summary_for_funders_holds_totals_and_no_names(signed_in, cohort):
    client = signed_in(make_organiser(cohort.organisation, "Oluchi Organiser"))
    names = set(Enrolment.objects.values_list("trainee__name", flat=True))

    text = text_of(client.get(reverse("cohort_figures_pdf", args=[cohort.pk])))

    assert "15 of the 20 people who came to at least one session completed" in text
    assert not [name for name in [*names, "Oluchi", "example.org"] if name in text]


def test_a_year_is_chosen_by_its_address_and_kept_in_the_summary(signed_in, cohort):
    client = signed_in(make_organiser(cohort.organisation))
    page = reverse("organisation_figures", args=[cohort.organisation_id])

    chosen, unknown = client.get(page, {"year": "2026"}), client.get(page, {"year": "1066"})

    assert (chosen.context["title"], chosen.context["year"]) == ("Riverside Peers in 2026", 2026)
    assert chosen.context["pdf"].endswith("/pdf/?year=2026")
    assert (unknown.context["title"], unknown.context["year"]) == (
        "Riverside Peers in figures",
        None,
    )


def test_the_summary_of_an_organisation_names_no_group(signed_in, cohort):
    client = signed_in(make_organiser(cohort.organisation))

    text = text_of(client.get(reverse("organisation_figures_pdf", args=[cohort.organisation_id])))

    assert "1 group." in text and "Tuesday" not in text
