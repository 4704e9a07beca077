"""Every type of activity that the samples bring begins, is drawn, and goes on where one was.

One of each type is made as an author makes it: from its form, with no more than it asks for.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import TimeoutError, expect

from content.actions import h5p
from content.models import H5PLibrary
from courses.actions import catalogue
from courses.models import RoleKind
from tests.factories.courses import NOW, make_organisation, make_person, make_role
from tests.factories.files import film_bytes, make_document, sound_bytes
from tests.factories.h5p_forms import WORDS, fill_in
from tests.factories.samples import sample, sample_names
from tests.journeys import h5p_page
from tests.journeys.conftest import DESK, PATIENCE, on_database

pytestmark = pytest.mark.usefixtures("pages_with_a_player")

NOW_AT = "() => JSON.stringify(H5P.instances[0].getCurrentState?.() ?? null)"


# --- what somebody does in each -----------------------------------------------------------------


@dataclass(frozen=True)
class Deed:
    """What somebody does, and what shows that they did; on coming back they may have to `open`."""

    do: Callable
    shows: Callable
    open: Callable = lambda inside: None


def press(selector, sign):
    return Deed(
        lambda inside: inside.locator(selector).first.click(),
        lambda inside: expect(inside.locator(sign)).to_be_attached(),
    )


def write(selector):
    def type_in(inside):
        inside.locator(selector).first.fill("little")
        inside.locator(selector).first.press("Tab")

    return Deed(type_in, lambda inside: expect(inside.locator(selector)).to_have_value("little"))


def drag(what, to, sign):
    return Deed(
        lambda inside: inside.locator(what).drag_to(inside.locator(to)),
        lambda inside: expect(inside.locator(sign)).to_be_attached(),
    )


def listen(inside):
    inside.locator(".h5p-audio-minimal-play").click()
    comes(lambda: is_at(inside)["currentTime"] > 0)
    inside.locator(".h5p-audio-minimal-pause").click()


def open_film(inside):
    inside.locator(".h5p-splash").click()


def watch(inside):
    open_film(inside)
    comes(lambda: (is_at(inside) or {}).get("progress", 0) > 2)
    inside.locator(".h5p-control.h5p-play").click()


def is_watched(inside):
    """It goes on whole seconds in, and not at its beginning."""
    at = "film => film.currentTime"
    comes(lambda: inside.locator("video").evaluate(at) > 0)
    assert inside.locator("video").evaluate(at) >= 2


def open_question(inside):
    """A film that has only just begun may not hear the first press; people press again."""
    open_film(inside)

    def opens():
        inside.locator(".h5p-truefalse-interaction").first.press("Enter")
        try:
            inside.locator("[role=radio]").first.wait_for(timeout=1000)
        except TimeoutError:
            return False
        return True

    comes(opens)


def answer_in_film(inside):
    open_question(inside)
    inside.locator("[role=radio]").first.click()


DONE = {
    "H5P.Audio 1.4": Deed(listen, lambda inside: comes(lambda: is_at(inside)["currentTime"] > 0)),
    "H5P.Blanks 1.12": write("input"),
    "H5P.Blanks 1.14": write("input"),
    "H5P.Dialogcards 1.8": press(".h5p-dialogcards-next", "text=Card 2 of 2"),
    "H5P.DragQuestion 1.13": drag(".h5p-draggable", ".h5p-dropzone", ".h5p-draggable.h5p-dropped"),
    "H5P.DragText 1.8": drag(".ui-draggable", ".ui-droppable", ".ui-droppable .ui-draggable"),
    "H5P.Essay 1.2": write("textarea"),
    "H5P.InteractiveVideo 1.22": Deed(watch, is_watched, open_film),
    "H5P.MarkTheWords 1.9": press("[role=option]", "[role=option][aria-selected=true]"),
    "H5P.MultiChoice 1.14": press("[role=checkbox]", "[role=checkbox][aria-checked=true]"),
    "H5P.Questionnaire 1.3": write("textarea"),
    "H5P.SingleChoiceSet 1.11": press(".h5p-sc-alternative", "text=Slide 2 of 3"),
    "H5P.Summary 1.10": press("text=Run on", ".summary-failed"),
    "H5P.TrueFalse 1.6": press("[role=radio]", "[role=radio][aria-checked=true]"),
}
SAMPLES = {
    "H5P.Dialogcards": press(".h5p-dialogcards-next", "text=Card 2 of 5"),
    "H5P.Essay": write("textarea"),
    "H5P.Summary": press("text=non-edible, round", ".summary-failed"),
    "H5P.TrueFalse": DONE["H5P.TrueFalse 1.6"],
    "hostile-svg": write("input"),
    "H5P.InteractiveVideo with a film of our own": Deed(
        answer_in_film, DONE["H5P.TrueFalse 1.6"].shows, open_question
    ),
}
# They do not say where somebody is, so there is nothing to go on from.
WITHOUT_A_MEMORY = {
    "H5P.Accordion 1.0": WORDS,
    "H5P.GreetingCard 1.0": "Hello world!",
}
# Their library has nothing under the name they give.
WITHOUT_A_BEGINNING = {"H5P.GreetingCard1 1.0", "H5P.GreetingCard2 1.0"}


# --- what is made -------------------------------------------------------------------------------

WRITTEN = {
    "H5P.Dialogcards 1.8": {"h5p.dialogs.~": "0 n0"},  # a second card to go on to
    "H5P.Summary 1.10": {"h5p.summaries.0.summary.1": "Run on"},  # the first one is right
}
# What has to be put in its place by hand is made in another program.
LAID_OUT = {
    "elements": [
        {
            "x": 5,
            "y": 5,
            "width": 8,
            "height": 3,
            "dropZones": ["0"],
            "backgroundOpacity": 100,
            "multiple": False,
            "type": {
                "library": "H5P.AdvancedText 1.1",
                "params": {"text": "<p>Rest</p>"},
                "metadata": {"contentType": "Text", "license": "U", "title": "Rest"},
                "subContentId": "5ad47a3c-2d0f-4c52-8dd7-6f1f6a0f6b11",
            },
        }
    ],
    "dropZones": [
        {
            "x": 50,
            "y": 50,
            "width": 10,
            "height": 5,
            "label": "<div>First</div>",
            "showLabel": True,
            "correctElements": ["0"],
            "backgroundOpacity": 100,
            "tipsAndFeedback": {},
            "single": True,
            "autoAlign": True,
        }
    ],
}


@pytest.fixture(scope="module")
def furnished(migrated, django_db_blocker, tmp_path_factory):
    """A file with an activity of each type, and {what it is of: its version}."""
    path = tmp_path_factory.mktemp("types") / "types.sqlite3"
    path.write_bytes(migrated.read_bytes())
    with on_database(path, django_db_blocker):
        return path, _make()


def _make():
    catalogue.set_up(title="Learn", lead="Hello.", body="")
    author = make_person("Tom Price")
    make_role(author, make_organisation(), RoleKind.PEER_EDUCATOR)
    client = Client()
    client.force_login(author)
    files = {
        "audio": make_document("calm.wav", sound_bytes(seconds=20), uploaded_by_user=author),
        "video": make_document("calm.webm", film_bytes(), uploaded_by_user=author),
    }
    made = {}
    for name in sample_names():
        with sample(name).open("rb") as file:
            made[name] = h5p.add_package(file=file, by=author, at=NOW)
    for name, library in _types().items():
        address = f"{reverse('begin_activity', args=[library.pk])}?language=en-gb"
        made[name] = fill_in(
            client, address, title=f"Made: {name}", files=files, written=WRITTEN.get(name)
        )
    made["H5P.DragQuestion from its form"] = made["H5P.DragQuestion 1.13"]
    made["H5P.DragQuestion 1.13"] = _laid_out(made["H5P.DragQuestion 1.13"], author)
    film = made["H5P.InteractiveVideo"]
    made["H5P.InteractiveVideo with a film of our own"] = fill_in(
        client,
        reverse("edit_activity", args=[film.package_id]),
        title=film.package.title,
        files=files,
        written={"h5p.interactiveVideo.video.files.~new": str(files["video"].pk)},
    )
    return made


def _types():
    """The newest build of every version of a type that is here."""
    here = H5PLibrary.objects.order_by("patch", "pk")
    return {f"{one.machine_name} {one.major}.{one.minor}": one for one in here if one.is_runnable}


def _laid_out(version, author):
    question = version.content["question"] | {"task": LAID_OUT}
    return h5p.keep_version(
        package=version.package,
        metadata=version.metadata,
        content=version.content | {"question": question},
        files={},
        libraries=list(version.libraries.all()),
        by=author,
        at=NOW,
    )


@pytest.fixture
def beginning(furnished):
    return furnished[0]


@pytest.fixture
def begin(furnished, open_browser):
    """A function that opens an activity, and returns its version, the page, and what is inside."""

    def begin_one(name):
        h5p_page.forget()
        version = furnished[1][name]
        page = open_browser(make_person(), width=DESK)
        page.goto(h5p_page.address(version, keeps=True))
        return version, page, page.frame_locator(".h5p-stage iframe")

    return begin_one


def is_drawn(page, inside):
    expect(page.get_by_role("status")).to_have_text("The activity is here.")
    container = inside.locator(".h5p-container")
    expect(container).to_be_visible()
    assert container.evaluate("e => e.getBoundingClientRect().height") > 20


def is_at(inside):
    return json.loads(inside.locator("body").evaluate(NOW_AT))


def comes(what):
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline, "It did not come."
        time.sleep(0.05)


# --- what has to be so --------------------------------------------------------------------------


def test_every_type_that_the_samples_bring_is_tried_here(site, furnished):
    assert {*_types()} == {*DONE, *WITHOUT_A_MEMORY, *WITHOUT_A_BEGINNING}


@pytest.mark.parametrize("name", [*DONE, *SAMPLES])
def test_it_is_drawn_and_goes_on_where_one_was(begin, name):
    deed = (DONE | SAMPLES)[name]
    version, page, inside = begin(name)
    is_drawn(page, inside)
    at_first = is_at(inside)

    deed.do(inside)
    deed.shows(inside)
    comes(lambda: at_first != is_at(inside) == json.loads(h5p_page.STATES.get(version.pk, "null")))
    was_at = is_at(inside)
    page.reload()
    is_drawn(page, inside)

    comes(lambda: is_at(inside) == was_at)
    deed.open(inside)
    deed.shows(inside)


@pytest.mark.parametrize("name", WITHOUT_A_MEMORY)
def test_a_type_that_remembers_nothing_is_drawn_each_time(begin, name):
    _version, page, inside = begin(name)

    is_drawn(page, inside)

    expect(inside.locator(".h5p-container")).to_contain_text(WITHOUT_A_MEMORY[name])
    assert is_at(inside) is None


def test_drag_and_drop_is_drawn_before_anything_is_put_in_its_place(begin):
    _version, page, inside = begin("H5P.DragQuestion from its form")

    is_drawn(page, inside)

    assert is_at(inside) == {"answers": []}


@pytest.mark.parametrize("name", sorted(WITHOUT_A_BEGINNING))
def test_a_type_that_cannot_begin_says_why(begin, name, allowed):
    why = f"Unable to find constructor for: {name}"
    allowed.add(why)

    _version, page, _inside = begin(name)

    expect(page.get_by_role("status")).to_have_text(
        f"This activity cannot begin here. You did nothing wrong.{why}"
    )


def test_a_film_of_another_site_is_not_asked_for_and_the_player_says_so(begin, allowed):
    allowed.add("https://h5p.org/")

    _version, page, inside = begin("H5P.InteractiveVideo")

    is_drawn(page, inside)
    expect(inside.locator(".h5p-container")).to_have_text("Video format not supported.")
