"""Scenarios as their author sees them: drawn, with what is amiss; played, with nothing kept."""

import copy
import io
import re
import uuid
from html import unescape

import pytest
from django.urls import reverse
from django.utils.text import slugify

from content.h5p import scenarios
from courses.actions import catalogue
from courses.models import LessonPage, RoleKind, ScenarioMove, ScenarioRun
from tests.factories.courses import (
    TALK,
    make_course,
    make_enrolment,
    make_lesson,
    make_organisation,
    make_peer_educator,
    make_person,
    make_role,
    make_session,
    scenario_block,
    step_block,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def educator():
    return make_peer_educator()


@pytest.fixture
def page():
    return make_page()


def make_page(*talks, body=()):
    """A lesson that peer educators may write, with these talks."""
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    body = list(body)
    for talk in talks or ([] if body else [TALK]):
        body += [step_block(), scenario_block(talk)]
    return make_lesson(make_session(make_course(), 1), "Talks", body)


def drawn_at(page):
    return reverse("lesson_scenarios", args=[page.pk])


def played_at(page):
    block = next(each for each in page.body if each.block_type == "scenario")
    return reverse("play_draft", args=[page.pk, block.id])


def taken_along_from(page):
    block = next(each for each in page.body if each.block_type == "scenario")
    return reverse("scenario_h5p", args=[page.pk, block.id])


def scenario_of(page):
    return next(each for each in page.body if each.block_type == "scenario").value.scenario


def words(response):
    main = re.search(r"<main.*?</main>", unescape(response.content.decode()), re.S)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# --- Who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [drawn_at, played_at, taken_along_from])
@pytest.mark.parametrize("kind", [RoleKind.ORGANISER, RoleKind.OBSERVER, RoleKind.FACILITATOR])
def test_people_who_do_not_write_are_not_let_in(address, kind, page, signed_in):
    person = make_person()
    make_role(person, make_organisation(), kind)

    assert signed_in(person).get(address(page)).status_code == 403


@pytest.mark.parametrize("address", [drawn_at, played_at, taken_along_from])
def test_a_trainee_is_not_let_in(address, page, signed_in):
    assert signed_in(make_enrolment().trainee).get(address(page)).status_code == 403


@pytest.mark.parametrize("address", [drawn_at, played_at, taken_along_from])
def test_who_writes_elsewhere_only_is_not_let_in(address, page, signed_in, educator):
    from wagtail.models import GroupPagePermission

    GroupPagePermission.objects.all().delete()

    response = signed_in(educator).get(address(page))

    assert response.status_code == 302  # Wagtail sends them home, and says why
    assert response.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("address", [drawn_at, played_at, taken_along_from])
def test_a_stranger_is_asked_to_sign_in(address, page, client):
    response = client.get(address(page))

    assert response.status_code == 302
    assert "sign-in" in response.url or "login" in response.url


def test_the_way_there_is_in_the_menu_of_a_lesson(page, signed_in, educator):
    client = signed_in(educator)

    of_lesson = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    of_session = client.get(reverse("wagtailadmin_pages:edit", args=[page.get_parent().pk]))

    assert f'href="{drawn_at(page)}"' in of_lesson.content.decode()
    assert "/scenarios/" not in of_session.content.decode()


# --- Drawn --------------------------------------------------------------------------------------


def test_every_step_and_ending_is_drawn_and_told_in_words(page, signed_in, educator):
    response = signed_in(educator).get(drawn_at(page))

    html, told = response.content.decode(), words(response)
    scenario = scenario_of(page)
    places = [place.id for place in (*scenario.steps, *scenario.endings)]
    assert re.findall(r'<a href="#place-([^"]+)"', html) == places
    assert re.findall(r'<li id="place-([^"]+)"', html) == places
    assert re.findall(r'<text[^>]*dy="5">(\w)</text>', html) == list("ABCABA")
    for step in TALK["steps"]:
        assert step["words"] in told
        assert f"Play it from step {step['name']}" in told
    assert "Leads to step 1b. Meant kindly, but does not help." in told
    assert "People choose again here." in told
    assert "Leads to the ending “heard”." in told
    assert "It can be published." in told


def test_what_is_to_mend_is_said_where_it_is(signed_in, educator):
    talk = copy.deepcopy(TALK)
    talk["steps"][1]["choices"][0].update(feedback="", go="9")
    talk["steps"][2]["choices"] = []

    response = signed_in(educator).get(drawn_at(make_page(talk)))

    [draft] = response.context["drafts"]
    assert [(each.place.name, each.to_mend) for each in (*draft.steps, *draft.endings)] == [
        ("1", 0),
        ("1b", 2),
        ("2", 1),
        ("heard", 1),
        ("closed", 0),
    ]
    assert "There are 4 things to mend before it can be published." in words(response)
    assert "Nothing here is called “9”." in words(response)
    assert words(response).count("· to mend") == 3


def test_it_is_the_latest_draft_that_is_drawn(page, signed_in, educator):
    page = LessonPage.objects.get(pk=page.pk)
    body = page.body.get_prep_value()
    body[1]["value"]["title"] = "A newer title"
    page.body = body
    page.save_revision()

    assert "A newer title" in words(signed_in(educator).get(drawn_at(page)))


def test_a_lesson_without_a_scenario_says_what_to_do(signed_in, educator):
    page = make_page(body=[step_block()])

    assert "There is no scenario in this lesson yet." in words(
        signed_in(educator).get(drawn_at(page))
    )


def test_a_scenario_that_was_only_begun_is_drawn_as_far_as_it_goes(signed_in, educator):
    empty = {**TALK, "title": "", "steps": [], "endings": []}
    page = make_page(empty)
    client = signed_in(educator)

    assert "Write the first step" in words(client.get(drawn_at(page)))
    assert client.get(played_at(page)).status_code == 404


@pytest.mark.parametrize("talks", [1, 3])
def test_drawing_takes_ten_queries_for_any_number(
    talks, signed_in, educator, django_assert_num_queries
):
    page = make_page(*[TALK] * talks)
    client = signed_in(educator)
    client.get(drawn_at(page))

    with django_assert_num_queries(10):
        client.get(drawn_at(page))


# --- Played -------------------------------------------------------------------------------------


def test_it_is_played_from_any_step_and_nothing_is_kept(page, signed_in, educator):
    client, scenario = signed_in(educator), scenario_of(page)
    repair = scenario.steps[1]
    where = played_at(page)

    begun = client.get(where, {"start": repair.id})
    chosen = client.get(where, {"start": repair.id, "choice": repair.choices[1].id})
    ended = client.get(where + chosen.context["onward"])

    assert repair.words in words(begun)
    assert repair.choices[1].feedback in words(chosen)
    assert scenario.endings[1].words in words(ended)
    assert "Nothing is kept of what you choose." in words(ended)
    assert (ScenarioRun.objects.count(), ScenarioMove.objects.count()) == (0, 0)


def test_choices_follow_one_another_in_the_address(page, signed_in, educator):
    client, scenario = signed_in(educator), scenario_of(page)
    first, repair, _last = scenario.steps
    made = [first.choices[2].id, first.choices[0].id]

    response = client.get(played_at(page), {"chosen": made, "choice": repair.choices[0].id})

    assert response.context["made"] == [*made, repair.choices[0].id]
    assert response.context["onward"].count("chosen=") == 3


def test_an_unsafe_choice_is_made_again_here_too(page, signed_in, educator):
    client, first = signed_in(educator), scenario_of(page).steps[0]

    said = client.get(played_at(page), {"choice": first.choices[2].id})
    again = client.get(played_at(page) + said.context["onward"])

    assert "Choose again" in words(said)
    assert "Choose again. What would you say or do?" in words(again)


def test_without_a_choice_it_asks_for_one(page, signed_in, educator):
    response = signed_in(educator).get(played_at(page), {"asked": "1"})

    assert "Choose what you would say, then go on." in words(response)


def test_a_loose_end_says_that_it_is_one(signed_in, educator):
    talk = copy.deepcopy(TALK)
    talk["steps"][0]["choices"][0]["go"] = "nowhere"
    page = make_page(talk)
    chosen = scenario_of(page).steps[0].choices[0].id

    response = signed_in(educator).get(played_at(page), {"chosen": chosen})

    assert "This choice leads nowhere yet." in words(response)


@pytest.mark.parametrize("sent", [{"start": "x"}, {"chosen": "\x00"}, {"choice": "elsewhere"}])
def test_what_is_not_of_this_scenario_is_passed_over(page, sent, signed_in, educator):
    response = signed_in(educator).get(played_at(page), sent)

    assert (response.status_code, response.context["move"]) == (200, None)
    assert scenario_of(page).steps[0].words in words(response)


def test_a_scenario_of_another_lesson_is_not_found(page, signed_in, educator):
    where = reverse("play_draft", args=[page.pk, uuid.uuid4()])

    assert signed_in(educator).get(where).status_code == 404


# --- Published only when it is sound ------------------------------------------------------------


def unsound():
    """A draft that was never published, with a choice that leads nowhere."""
    talk = copy.deepcopy(TALK)
    talk["steps"][0]["choices"][0]["go"] = "nowhere"
    page = make_page(talk)
    page.save_revision()
    page.unpublish()
    return page


def test_no_other_way_of_publishing_lets_an_unsound_scenario_through(signed_in):
    from wagtail import hooks

    page = unsound()
    client = signed_in(make_person(is_superuser=True))
    request = client.get(drawn_at(page)).wsgi_request

    answers = [hook(request, page) for hook in hooks.get_hooks("before_publish_page")]

    assert next(answer.url for answer in answers if answer) == drawn_at(page)


# --- Taking it along ---------------------------------------------------------------------------


def test_a_scenario_that_is_well_can_be_taken_along_as_an_h5p_file(page, educator, signed_in):
    answer = signed_in(educator).get(taken_along_from(page))

    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="{slugify(TALK["title"])}.h5p"'
    )
    package = io.BytesIO(b"".join(answer.streaming_content))
    ours = io.BytesIO()
    scenarios.write(scenario_of(page), "en-gb", ours)
    assert package.getvalue() == ours.getvalue()


def test_it_is_the_draft_that_is_taken_along(page, educator, signed_in):
    page.body[1].value["title"] = "Tea with Amina"
    page.save_revision()

    answer = signed_in(educator).get(taken_along_from(page))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="tea-with-amina.h5p"'
    answer.close()


def test_a_scenario_with_something_to_mend_waits(educator, signed_in):
    page = make_page({**TALK, "endings": [*TALK["endings"], ending_nobody_reaches()]})
    client = signed_in(educator)

    answer = client.get(taken_along_from(page), follow=True)

    assert answer.redirect_chain == [(drawn_at(page), 302)]
    assert "Mend what is listed here first. Then you can download it." in words(answer)
    assert taken_along_from(page) not in answer.content.decode()


def ending_nobody_reaches():
    return {"name": "lost", "kind": "closed", "words": "Nobody comes here."}
