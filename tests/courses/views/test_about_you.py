"""What people say about themselves: after joining, kept apart, taken back, told in groups."""

import csv
import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from courses import about_words
from courses.about_counting import about_them
from courses.models import AboutYouAnswers, AboutYouCode, AboutYouConsent, LessonProgress, RoleKind
from courses.models.about_you import CONSENT
from tests.factories.about_you import NOTHING, say_about_you
from tests.factories.courses import (
    finish_lesson,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 9, 17)


@pytest.fixture
def organisation():
    return make_organisation("Riverside Peers", asks_about_you=True)


@pytest.fixture
def cohort(organisation):
    return make_cohort(make_edition(sessions=1, sessions_required=1), organisation)


@pytest.fixture
def amina(cohort):
    return make_enrolment(cohort, make_person("Amina Yusuf"))


def own_page(enrolment):
    return reverse("about_you", args=[enrolment.pk])


def sent(**answers):
    return {"do": "answer", "agrees": "on", **answers}


def several(cohort, many, **answers):
    """So many people of a cohort say the same about themselves."""
    people = [make_enrolment(cohort, make_person(f"Person {n}")) for n in range(many)]
    for each in people:
        say_about_you(each, **answers)
    return people


def told(organisation, joined=40):
    """{question: {answer: people}} as the report has it."""
    found = about_them(organisation, joined, joined_is_hidden=False)
    return {question: dict(answers) for question, answers in found.questions.items()}


# --- Saying it ---------------------------------------------------------------------------------


def test_nobody_is_asked_where_the_organisation_has_not_switched_it_on(signed_in):
    amina = make_enrolment(make_cohort(make_edition(sessions=1, sessions_required=1)))
    client = signed_in(amina.trainee)

    assert client.get(own_page(amina)).status_code == 404
    assert own_page(amina) not in client.get(reverse("course", args=[amina.pk])).text


def test_a_new_organisation_does_not_ask():
    assert make_organisation().asks_about_you is False


def test_the_course_offers_it_once_somebody_has_joined(signed_in, amina):
    page = signed_in(amina.trainee).get(reverse("course", args=[amina.pk])).text

    assert own_page(amina) in page


def test_what_is_answered_is_kept_with_the_month_and_no_day(signed_in, amina):
    answer = signed_in(amina.trainee).post(
        own_page(amina), sent(age="35_to_44", languages=["en", "pa"], postcode_area="sw18")
    )

    assert answer.status_code == 302
    kept = AboutYouAnswers.objects.get()
    assert (kept.age, kept.gender, kept.languages) == ("35_to_44", "", ["en", "pa"])
    assert kept.postcode_area == "SW18"
    assert str(kept.month) == f"{timezone.localdate():%Y%m}"


def test_every_question_can_be_declined_in_so_many_words(signed_in, amina):
    declined = dict.fromkeys(["age", "gender", "ethnic_group", "disabled", "carer"], "not_said")
    declined |= {"languages": ["not_said", "en"], "postcode_not_said": "on"}

    signed_in(amina.trainee).post(own_page(amina), sent(**declined))

    kept = AboutYouAnswers.objects.values(*NOTHING).get()
    assert kept == dict.fromkeys(NOTHING, "not_said") | {"languages": ["not_said"]}


@pytest.mark.parametrize("written", ["SW18 4AB", "sw184ab"])
def test_of_a_whole_postcode_only_the_first_part_is_kept(signed_in, amina, written):
    signed_in(amina.trainee).post(own_page(amina), sent(postcode_area=written))

    assert AboutYouAnswers.objects.get().postcode_area == "SW18"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (sent(age="150"), "That choice is no longer on the list."),
        (sent(languages=["xx"]), "One of these is no longer on the list."),
        (sent(postcode_area="Mars"), "Write the first part of it, like SW18 or M1."),
        (sent(), "Nothing is answered yet. Answer what you like, or go back."),
        (
            {"do": "answer", "age": "35_to_44"},
            "We keep your answers only when you agree. Not to is fine too.",
        ),
    ],
)
def test_what_cannot_be_kept_is_asked_for_again(signed_in, amina, said, problem):
    answer = signed_in(amina.trainee).post(own_page(amina), said)

    assert (answer.status_code, problem in answer.text) == (422, True)
    assert AboutYouAnswers.objects.count() == 0


def test_that_somebody_agreed_is_kept_with_the_words_and_the_day(amina):
    say_about_you(amina, age="35_to_44", on=DAY)
    say_about_you(amina, age="45_to_54", on=date(2026, 10, 2))

    kept = AboutYouConsent.objects.values_list("version", "given_on", "withdrawn_on")
    assert list(kept) == [(CONSENT, DAY, None)]


def test_what_is_sent_while_signed_out_is_not_kept_beside_anybody(client, amina):
    answer = client.post(own_page(amina), sent(age="35_to_44"))

    assert (answer.status_code, "kept" in client.session) == (302, False)


# --- Apart from the person ---------------------------------------------------------------------


def test_the_answers_lead_to_nobody(amina):
    say_about_you(amina, age="35_to_44")

    fields = AboutYouAnswers._meta.get_fields()
    assert [field.name for field in fields if field.is_relation] == []
    assert {field.name for field in fields} == {"code", "month", *NOTHING}


def test_the_answers_keep_no_day_even_if_asked_to(amina):
    say_about_you(amina, age="35_to_44")

    with pytest.raises(IntegrityError), transaction.atomic():
        AboutYouAnswers.objects.update(month=int(f"{DAY:%Y%m%d}"))


def test_codes_are_drawn_and_not_counted(cohort):
    several(cohort, 2, age="35_to_44")

    assert {code.version for code in AboutYouCode.objects.values_list("code", flat=True)} == {4}


def test_taking_it_back_deletes_the_answers_and_the_way_to_them(signed_in, amina):
    lesson = amina.cohort.edition.outline.lessons[0]
    finish_lesson(amina, lesson)
    say_about_you(amina, age="35_to_44", on=DAY)

    signed_in(amina.trainee).post(own_page(amina), {"do": "withdraw"})

    assert (AboutYouAnswers.objects.count(), AboutYouCode.objects.count()) == (0, 0)
    assert AboutYouConsent.objects.get().withdrawn_on is not None
    assert LessonProgress.objects.filter(enrolment=amina, finished_at__isnull=False).count() == 1


def test_answers_can_be_taken_back_after_the_organisation_has_stopped_asking(
    signed_in, amina, organisation
):
    say_about_you(amina, age="35_to_44")
    organisation.asks_about_you = False
    organisation.save()
    client = signed_in(amina.trainee)

    page = client.get(own_page(amina)).text
    client.post(own_page(amina), {"do": "withdraw"})

    assert ("Take my answers back" in page, "Keep my answers" in page) == (True, False)
    assert AboutYouAnswers.objects.count() == 0


def test_who_comes_back_finds_their_own_answers(signed_in, amina):
    say_about_you(amina, age="35_to_44", postcode_area="not_said")

    page = signed_in(amina.trainee).get(own_page(amina)).text

    assert 'value="35_to_44" selected' in page
    assert 'name="postcode_not_said" id="id_postcode_not_said" checked' in page


# --- In groups ---------------------------------------------------------------------------------


def test_under_five_who_answered_are_not_told_of_at_all(organisation, cohort):
    several(cohort, 4, age="35_to_44")

    assert told(organisation) == {}


def test_groups_of_five_are_told_of_and_smaller_ones_cannot_be_worked_out(organisation, cohort):
    several(cohort, 6, age="35_to_44")
    several(cohort, 5, age="45_to_54")
    several(cohort, 2, age="75_and_over")

    ages = told(organisation)["age"]

    assert ages["75_and_over"] is None
    assert [number for number in ages.values() if number is None] != [None]  # never one alone
    assert sum(number or 0 for number in ages.values()) < 13


def test_where_few_people_live_is_not_even_named(organisation, cohort):
    several(cohort, 6, postcode_area="SW18")
    several(cohort, 2, postcode_area="M1")
    several(cohort, 3, postcode_area="E5")

    assert told(organisation)["postcode_area"] == {"SW18": 6, "elsewhere": 5, "not_said": 0}


def test_a_language_that_few_use_is_not_named_and_who_uses_several_is_counted_in_each(
    organisation, cohort
):
    several(cohort, 6, languages=["en", "pa"])
    several(cohort, 2, languages=["ta"])
    several(cohort, 2, languages=["so"])
    several(cohort, 2, languages=["ta", "so"])

    found = told(organisation)["languages"]

    assert found == {"en": 6, "pa": 6, "elsewhere": 6, "not_said": 0}


def test_who_left_a_question_out_stands_with_who_would_rather_not_say(organisation, cohort):
    several(cohort, 5, carer="not_said", age="35_to_44")
    several(cohort, 5, age="35_to_44")

    assert told(organisation)["carer"] == {"yes": 0, "no": 0, "not_said": 10}


def test_nothing_is_told_of_the_few_who_said_nothing(organisation, cohort):
    several(cohort, 10, carer="no")

    found = about_them(organisation, 12, joined_is_hidden=False)

    assert (found.joined, found.answered) == (12, None)


def test_another_organisation_is_not_in_it(organisation, cohort):
    elsewhere = make_organisation("Hillside", asks_about_you=True)
    several(make_cohort(cohort.edition, elsewhere), 5, carer="yes")
    several(cohort, 5, carer="no")

    assert told(organisation)["carer"] == {"yes": 0, "no": 5, "not_said": 0}


@pytest.mark.parametrize("people", [5, 8])
def test_it_takes_one_query(organisation, cohort, django_assert_num_queries, people):
    several(cohort, people, carer="no")

    with django_assert_num_queries(1):
        about_words.sections(about_them(organisation, people, joined_is_hidden=False))


def figures(client, organisation, name="organisation_figures", **asked):
    return client.get(reverse(name, args=[organisation.pk]), asked)


def test_the_report_has_it_for_every_year_together_and_for_no_year_alone(
    signed_in, organisation, cohort
):
    several(cohort, 5, carer="no")
    client = signed_in(make_organiser(organisation))
    (year,) = figures(client, organisation).context["years"]

    pages = [figures(client, organisation), figures(client, organisation, year=year)]

    assert ["Who takes part: languages" in page.text for page in pages] == [True, False]


def test_the_spreadsheet_holds_what_the_page_shows(signed_in, organisation, cohort):
    several(cohort, 5, carer="no")
    several(cohort, 1, carer="yes")
    client = signed_in(make_organiser(organisation))

    answer = figures(client, organisation, "organisation_figures_csv")

    lines = csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff")))
    title = "Who takes part: people who look after somebody"
    assert [line[1:] for line in lines if line[0] == title] == [
        ["Answer", "People"],
        ["yes", "not shown"],
        ["no", "not shown"],
        ["would rather not say, or left it out", "0"],
    ]


def test_a_facilitator_and_who_writes_lessons_see_no_figures(signed_in, organisation, cohort):
    several(cohort, 5, carer="no")
    writer = make_person("Tom Price")
    make_role(writer, organisation, RoleKind.PEER_EDUCATOR)
    leader = cohort.session_runs.get().facilitator or make_person("Fatima First")

    answers = [figures(signed_in(person), organisation) for person in (writer, leader)]

    assert [answer.status_code for answer in answers] == [404, 404]
