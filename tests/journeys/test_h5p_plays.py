"""H5P packages play in a page of ours: every sample, on a phone and at a desk, by keyboard."""

import pytest
from playwright.sync_api import expect

from content.actions import h5p
from tests.factories.courses import NOW, make_person
from tests.factories.samples import sample, sample_names
from tests.journeys import h5p_page
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.looking import everything_wrong

pytestmark = pytest.mark.usefixtures("pages_with_a_player")

# Their library has nothing under the name they give; what H5P's core says of it is passed on.
WITHOUT_A_BEGINNING = {
    "greetingcard1": "Unable to find constructor for: H5P.GreetingCard1 1.0",
    "greetingcard2": "Unable to find constructor for: H5P.GreetingCard2 1.0",
}
# A film from another site, which is not asked for it.
FROM_ELSEWHERE = {"H5P.InteractiveVideo": "https://h5p.org/"}
SMALL = ("H5P.Accordion", "H5P.Dialogcards", "H5P.TrueFalse")
MOST_REQUESTS = 12


def version_of(name):
    with sample(name).open("rb") as file:
        return h5p.add_package(file=file, by=None, at=NOW)


def activity(page):
    """What is inside the frame."""
    return page.frame_locator(".h5p-stage iframe")


def status(page):
    return page.get_by_role("status")


def open_player(page, version, words="Cards about fruit."):
    page.goto(h5p_page.address(version, words=words))
    expect(page.locator("h1")).to_have_text(version.package.title)


def plays(page):
    """Wait until the activity has begun."""
    expect(status(page)).to_have_text("The activity is here.")


@pytest.mark.parametrize("name", sample_names())
def test_every_sample_plays_or_says_why_not(open_browser, name, allowed):
    version = version_of(name)
    why = WITHOUT_A_BEGINNING.get(name)
    allowed.update(filter(None, [why, FROM_ELSEWHERE.get(name)]))
    page = open_browser(make_person(), width=DESK)

    open_player(page, version)

    if why:
        expect(status(page)).to_have_text(
            f"This activity cannot begin here. You did nothing wrong.{why}"
        )
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
        return
    plays(page)
    container = activity(page).locator(".h5p-container")
    expect(container).to_be_visible()
    assert container.evaluate("e => e.getBoundingClientRect().height") > 20
    assert activity(page).locator("body").evaluate("() => window.origin") == "null"


@pytest.mark.parametrize("name", sample_names(*SMALL))
def test_a_usual_package_takes_few_requests(open_browser, name):
    version = version_of(name)
    page = open_browser(make_person(), width=PHONE)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    open_player(page, version)
    plays(page)
    page.wait_for_load_state("networkidle")

    mine = [address for address in asked if "/h5p/" in address and "/static/" not in address]
    assert mine[0].endswith("/") or "#" in mine[0]
    assert 6 <= len(mine) <= MOST_REQUESTS, mine


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_frame_is_as_tall_as_what_is_in_it(open_browser, width):
    version = version_of("H5P.Accordion")
    page = open_browser(make_person(), width=width)
    open_player(page, version)
    plays(page)
    frame = page.locator(".h5p-stage iframe")
    fits = """([frame, inside]) => Math.abs(frame - inside) <= 2"""

    def heights():
        inside = activity(page).locator("html").evaluate("e => e.getBoundingClientRect().height")
        return [frame.evaluate("e => e.clientHeight"), inside]

    page.wait_for_timeout(300)
    closed = heights()
    activity(page).get_by_role("button", name="Cherries").click()
    page.wait_for_timeout(900)
    opened = heights()

    assert [page.evaluate(fits, both) for both in (closed, opened)] == [True, True]
    assert opened[0] > closed[0] + 20


def test_it_is_done_by_keyboard_and_where_one_was_is_there_again(open_browser):
    version = version_of("H5P.TrueFalse")
    page = open_browser(make_person(), width=PHONE)
    h5p_page.forget()
    page.goto(h5p_page.address(version, keeps=True))
    plays(page)

    activity(page).get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    with page.expect_response("**/said/"):
        activity(page).get_by_role("button", name="Check").press("Enter")
    page.wait_for_timeout(1000)
    with page.expect_response(lambda r: r.url.endswith("/state/") and r.request.method == "GET"):
        page.reload()
    plays(page)

    expect(activity(page).get_by_role("radio").first).to_have_attribute("aria-checked", "true")
    told = [each["statement"]["verb"]["id"].rpartition("/")[2] for each in h5p_page.SAID]
    assert told.count("answered") == 1
    assert {each["version"] for each in h5p_page.SAID} == {version.pk}


def test_it_is_not_fetched_before_it_is_near(open_browser):
    version = version_of("H5P.Accordion")
    page = open_browser(make_person(), width=PHONE)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(h5p_page.address(version, far=True))
    page.wait_for_load_state("networkidle")
    before = [address for address in asked if "/h5p/" in address and "/static/" not in address]
    page.locator(".h5p").scroll_into_view_if_needed()
    plays(page)

    assert before == []


def test_without_script_it_says_so_and_shows_the_words(open_browser):
    version = version_of("H5P.Accordion")
    page = open_browser(make_person(), script=False)

    open_player(page, version)

    expect(page.locator("noscript + .h5p-stage, .h5p-stage")).to_be_hidden()
    expect(page.locator(".h5p-no-script")).to_contain_text("This activity needs JavaScript")
    expect(page.get_by_text("Cards about fruit.")).to_be_visible()
    expect(page.get_by_role("link", name="Go on without this activity")).to_be_visible()


def test_with_script_the_words_wait_until_they_are_asked_for(open_browser):
    version = version_of("H5P.Accordion")
    page = open_browser(make_person())
    open_player(page, version)
    plays(page)
    expect(page.get_by_text("Cards about fruit.")).to_be_hidden()

    page.get_by_text("Read it in words instead").click()

    expect(page.get_by_text("Cards about fruit.")).to_be_visible()


def test_the_page_around_it_is_for_everyone(open_browser):
    version = version_of("H5P.Accordion")
    page = open_browser(make_person())
    open_player(page, version)
    plays(page)

    assert everything_wrong(page, within={"exclude": [[".h5p-stage iframe"]]}) == []
