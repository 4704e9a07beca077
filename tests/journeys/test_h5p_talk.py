"""Our own H5P content type plays a talk on any host: a plain page with H5P's core, and ours."""

import json
import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from content.actions import h5p
from content.exercises import Choice, Ending, Scenario, ScenarioStep
from content.h5p import scenarios
from content.h5p.capability import frame_address
from content.h5p.writing import TALK
from tests.factories.courses import NOW, make_person
from tests.journeys import h5p_page
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.looking import NARROW, rules_broken, sideways, small_controls

PICTURES = os.environ.get("PICTURES")
PLAYER = Path(settings.NODE_MODULES) / "h5p-standalone" / "dist"
CARD = Scenario(
    id="",
    title="Before the tea",
    setting="The chairs are still stacked. Winston comes in early and stands by the window.",
    content_note="Somebody speaks of a bad night.",
    skills=("silence", "reflect"),
    safety=True,
    steps=(
        ScenarioStep(
            "1",
            "1",
            "“I nearly stayed at home,” he says. “It was a bad night.”",
            (
                Choice(
                    "a",
                    "“You’re here now! Come and help me with the chairs.”",
                    "He picks up a chair.",
                    "You wanted to cheer him. He had not finished.",
                    roadblocks=("cheer_up",),
                    kind=True,
                    go="2",
                ),
                Choice(
                    "b",
                    "“A bad night.” And you wait.",
                    "He nods, and sits down.",
                    "You said it back & left room, so he could go on.",
                    skills=("reflect", "silence"),
                    go="heard",
                ),
                Choice(
                    "c",
                    "“Take two of my tablets.”",
                    "He looks at the box.",
                    "Medicine is not ours to give.",
                    roadblocks=("advise",),
                    safety_step="Ask whom he could ring about it.",
                ),
            ),
        ),
        ScenarioStep(
            "2",
            "2",
            "He has gone quiet.",
            (
                Choice(
                    "d",
                    "“I jumped in. A bad night, you said.”",
                    "His shoulders drop.",
                    "You came back to him.",
                    skills=("repair",),
                    go="heard",
                ),
                Choice(
                    "e",
                    "“Milk and sugar?”",
                    "“Please.”",
                    "You filled the silence.",
                    roadblocks=("change_subject",),
                    go="closed",
                ),
            ),
            repair=True,
        ),
    ),
    endings=(
        Ending("f", "heard", "heard", "He tells you about the night, and then lifts a chair."),
        Ending("g", "closed", "closed", "He stirs his tea for a long time."),
    ),
    debrief="What would you say next time?",
)
HOST = """<!doctype html><html lang="{language}" dir="{direction}" class="h5p-iframe"><head>
<meta charset="utf-8"><title>A host</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="player/styles/h5p.css"><link rel="stylesheet" href="talk/talk.css">
<script>
  window.H5PIntegration = {integration};
  window.told = [];
  window.heights = 0;
</script>
<script src="player/frame.bundle.js"></script>
<script src="talk/talk.js"></script>
</head><body><main><h1>A host</h1><div class="h5p-content" data-content-id="7"></div></main>
<script>
  H5P.externalDispatcher.on('xAPI', function (event) {{ told.push(event.data.statement); }});
  H5P.preventInit = true;
  H5P.init(document.body);
  H5P.on(H5P.instances[0], 'resize', function () {{ heights += 1; }});
</script></body></html>"""


def integration(talk, language, state):
    return {
        "url": "/host",
        "siteUrl": "https://host.example",
        "saveFreq": 600 if state else False,
        "ajax": {"contentUserData": "/host/state"},
        "ajaxPath": "/host/",
        "l10n": {"H5P": {}},
        "contents": {
            "cid-7": {
                "library": "Alongside.Talk 1.0",
                "url": "https://host.example/7",
                "jsonContent": json.dumps(scenarios.content(talk, language)),
                "metadata": scenarios.metadata(talk, language),
                "displayOptions": {"frame": False},
                "contentUserData": [{"state": json.dumps(state)}] if state else [],
            }
        },
    }


def files_of(folder, name):
    """A function that answers a request with a file of a folder."""

    def answer(route):
        path = route.request.url.split(f"/host/{name}/")[1]
        route.fulfill(path=folder / path.split("?")[0])

    return answer


@pytest.fixture
def host(open_browser, site):
    """A function that opens a talk on a host of its own, and returns the page."""

    def open_one(talk=CARD, *, language="en", width=PHONE, state=None):
        page = open_browser(width=width)
        direction = "rtl" if language == "ar" else "ltr"
        html = HOST.format(
            language=language,
            direction=direction,
            integration=json.dumps(integration(talk, language, state)).replace("</", "<\\/"),
        )
        page.route(
            f"{site}/host/", lambda route: route.fulfill(body=html, content_type="text/html")
        )
        for name, folder in {"player": PLAYER, "talk": TALK}.items():
            page.route(f"{site}/host/{name}/**", files_of(folder, name))
        page.goto("/host/")
        page.locator(".alongside-talk").wait_for()
        return page

    return open_one


def heading(page):
    return page.locator(".alongside-talk h2").inner_text()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def choose(page, words):
    page.get_by_role("radio", name=words).check()
    press(page, "See what happens")


def focused(page):
    return page.evaluate("document.activeElement.innerText")


def told(page):
    return page.evaluate("told.map(each => each.verb.display['en-US'])")


# --- playing -----------------------------------------------------------------------------------


def test_a_talk_is_played_to_an_ending_by_keyboard_alone(host):
    page = host(replace(CARD, content_note=""))
    keys = page.keyboard

    keys.press("Tab")
    keys.press("Enter")  # Begin
    assert focused(page) == CARD.steps[0].words
    keys.press("Tab")
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("Enter")  # See what happens
    assert focused(page) == (
        "He nods, and sits down.\n\nYou said it back & left room, so he could go on.\n\n"
        "✓ Skill: Say it back\n✓ Skill: Leave room"
    )
    keys.press("Tab")
    keys.press("Enter")  # Go on

    assert heading(page) == focused(page) == "They felt heard"
    assert page.locator(".at-moment").inner_text() == CARD.endings[0].words
    assert page.get_by_text("What would you say next time?").is_visible()


def test_what_helps_can_be_found_again_after_a_turn_that_did_not(host):
    page = host()
    press(page, "Begin")
    choose(page, "You’re here now")
    assert page.get_by_text("Roadblock: Cheering up").is_visible()
    press(page, "Go on")
    assert page.get_by_text("A chance to repair").is_visible()

    choose(page, "I jumped in")
    press(page, "Go on")

    assert heading(page) == "They felt heard"
    page.get_by_text("The way you came").click()
    assert page.locator(".at-way li").all_inner_texts() == [
        CARD.steps[0].choices[0].say,
        CARD.steps[1].choices[0].say,
    ]


def test_after_a_choice_that_could_do_harm_the_right_step_is_shown_and_one_chooses_again(host):
    page = host()
    press(page, "Begin")
    choose(page, "Take two of my tablets")
    assert page.get_by_text("Ask whom he could ring about it.").is_visible()

    press(page, "Choose again")

    assert page.get_by_text("Ask whom he could ring about it.").is_visible()
    assert page.locator("legend").inner_text() == "Choose again. What would you say or do?"
    assert page.locator(".at-option").all_inner_texts() == [
        CARD.steps[0].choices[0].say,
        CARD.steps[0].choices[1].say,
        f"{CARD.steps[0].choices[2].say}\nYou chose this before.",
    ]


def test_nothing_chosen_is_said_and_loses_nothing(host):
    page = host()
    press(page, "Begin")

    press(page, "See what happens")

    assert page.get_by_role("alert").inner_text() == "Choose what you would say, then go on."
    assert page.get_by_role("radio").first.evaluate("e => e === document.activeElement")


def test_a_choice_can_be_taken_back(host):
    page = host()
    press(page, "Begin")
    choose(page, "A bad night")

    press(page, "Choose differently")

    assert page.get_by_role("radio", name="A bad night").is_checked()
    assert page.evaluate("H5P.instances[0].getCurrentState()") == {
        "begun": True,
        "skipped": False,
        "chosen": [],
        "said": False,
    }


def test_a_talk_with_a_content_note_can_be_left_out_at_no_cost(host):
    page = host()
    assert page.get_by_text("Somebody speaks of a bad night.").is_visible()

    press(page, "Leave this one out")

    assert focused(page) == "You left this one out. That is quite all right."
    assert told(page) == ["attempted", "completed"]
    press(page, "Begin after all")
    assert focused(page) == CARD.steps[0].words


def test_whom_to_turn_to_stands_on_every_screen(host):
    page = host()
    whom = page.get_by_text("Tell the named person the same day.")
    seen = [whom.is_visible()]
    press(page, "Begin")
    seen.append(whom.is_visible())
    choose(page, "A bad night")
    seen.append(whom.is_visible())
    press(page, "Go on")

    assert [*seen, whom.is_visible()] == [True] * 4


def test_words_are_shown_as_words_whatever_they_hold(host):
    words = "<img src=x onerror=\"document.title='taken'\"> &amp; ’"
    page = host(replace(CARD, setting=words, title="Tea & <b>rest</b>"))

    assert heading(page) == "Tea & <b>rest</b>"
    assert page.get_by_text(words, exact=True).is_visible()
    assert page.title() == "A host"


# --- what it tells, and what it keeps ----------------------------------------------------------


def test_a_host_hears_that_it_was_done_and_no_mark(host):
    page = host()
    press(page, "Begin")
    choose(page, "A bad night")
    press(page, "Go on")

    assert told(page) == ["attempted", "answered", "completed"]
    begun, answered, completed = page.evaluate("told")
    whole = "https://host.example/7"
    assert [begun["object"]["id"], completed["object"]["id"]] == [whole, whole]
    assert "parent" not in completed["context"]["contextActivities"]
    assert set(completed["result"]) == {"completion", "duration"}
    assert completed["result"]["completion"] is True
    assert answered["object"]["id"] == f"{whole}#step-1"
    assert answered["context"]["contextActivities"]["parent"] == [
        {"objectType": "Activity", "id": whole}
    ]
    assert answered["result"] == {"response": "1", "completion": True}


def test_a_talk_goes_on_where_it_was_left(host):
    page = host()
    press(page, "Begin")
    choose(page, "You’re here now")
    said = page.evaluate("H5P.instances[0].getCurrentState()")
    press(page, "Go on")
    onward = page.evaluate("H5P.instances[0].getCurrentState()")

    assert host(state=said).get_by_text("Roadblock: Cheering up").is_visible()
    again = host(state=onward)
    assert again.get_by_text("He has gone quiet.").is_visible()
    assert told(again) == []
    assert again.evaluate("document.activeElement.tagName") == "BODY"  # nobody is moved about


@pytest.mark.parametrize(
    "state",
    [
        {"begun": True, "chosen": [7]},
        {"begun": True, "chosen": ["constructor"]},
        {"begun": True, "chosen": {"length": 3}},
        {"begun": "yes", "chosen": None},
        ["begun"],
    ],
    ids=str,
)
def test_with_a_state_that_does_not_fit_a_talk_begins_at_its_beginning(host, state):
    page = host(state=state)

    assert page.get_by_role("button").first.inner_text() == "Begin"


def test_a_host_is_told_when_the_height_changes(host):
    page = host()
    before = page.evaluate("heights")

    press(page, "Begin")

    assert page.evaluate("heights") == before + 1


# --- for everyone ------------------------------------------------------------------------------


def picture(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"talk-{name}.png", full_page=True)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [NARROW, PHONE, DESK])
def test_every_screen_can_be_used_by_everyone(host, width, language):
    page = host(language=language, width=width)
    faults = []

    def look(name):
        picture(page, f"{language}-{width}-{name}")
        found = [*rules_broken(page), *sideways(page), *small_controls(page)]
        faults.extend(f"{name}: {fault}" for fault in found)

    look("1-opening")
    press(page, "Begin")
    press(page, "See what happens")
    look("2-nothing-chosen")
    choose(page, "Take two")
    look("3-right-step")
    press(page, "Choose again")
    look("4-again")
    choose(page, "You’re here now")
    look("5-said-back")
    press(page, "Go on")
    look("6-repair")
    choose(page, "I jumped in")
    press(page, "Go on")
    page.get_by_text("The way you came").click()
    look("7-ending")

    assert faults == []
    direction = page.locator(".alongside-talk").evaluate("e => getComputedStyle(e).direction")
    assert direction == ("rtl" if language == "ar" else "ltr")


def test_it_stands_out_where_colours_are_the_readers_own(host):
    page = host()
    page.emulate_media(forced_colors="active")
    press(page, "Begin")
    picture(page, "forced-colours")

    borders = page.locator(".at-option").first.evaluate("e => getComputedStyle(e).borderTopStyle")

    assert borders == "solid"


# --- in a page of ours, behind the door --------------------------------------------------------


def taken_in(talk=CARD, language="en"):
    file = BytesIO()
    scenarios.write(talk, language, file)
    return h5p.add_package(file=file, by=None, at=NOW)


def frame_of(page):
    expect(page.get_by_role("status")).to_have_text("The activity is here.")
    return page.frame_locator(".h5p-stage iframe")


@pytest.mark.usefixtures("pages_with_a_player")
def test_in_our_player_a_talk_is_done_by_keyboard_and_goes_on_where_it_was_left(open_browser):
    version = taken_in()
    h5p_page.forget()
    page = open_browser(make_person(), width=PHONE)
    page.goto(h5p_page.address(version, keeps=True))
    inside = frame_of(page)

    inside.get_by_role("button", name="Begin").press("Enter")
    inside.get_by_role("radio").first.press("Space")
    inside.get_by_role("radio").first.press("ArrowDown")
    with page.expect_response("**/state/"):
        inside.get_by_role("radio", checked=True).press("Enter")
    expect(inside.get_by_text("You said it back")).to_be_visible()
    picture(page, "our-player")
    page.reload()
    inside = frame_of(page)
    expect(inside.get_by_text("You said it back")).to_be_visible()
    with page.expect_response("**/said/"):
        inside.get_by_role("button", name="Go on").press("Enter")

    expect(inside.get_by_role("heading", name="They felt heard")).to_be_visible()
    told = [each["statement"]["verb"]["id"].rpartition("/")[2] for each in h5p_page.SAID]
    assert told[-1] == "completed"
    assert {each["version"] for each in h5p_page.SAID} == {version.pk}


@pytest.mark.parametrize("width", [NARROW, DESK])
def test_the_frame_itself_can_be_used_by_everyone(open_browser, width):
    version = taken_in(language="ar")
    page = open_browser(width=width)

    answer = page.goto(frame_address(version.pk, 0, timezone.now()) + "#nonce")

    assert answer.status == 200
    page.wait_for_load_state("networkidle")
    page.evaluate(
        "window.postMessage({alongside: 1, nonce: 'nonce', type: 'begin', state: null}, '*')"
    )
    press(page, "Begin")
    picture(page, f"frame-{width}")
    assert page.locator(".alongside-talk").evaluate("e => getComputedStyle(e).direction") == "rtl"
    inside = rules_broken(page, within=".alongside-talk")  # the page around has its landmarks
    assert [*inside, *sideways(page), *small_controls(page)] == []
