"""What somebody does in an activity reaches the site, whatever comes between."""

import pytest
from playwright.sync_api import expect

from tests.factories.courses import make_person
from tests.factories.h5p import SCRIPT, library_files, make_version
from tests.journeys import h5p_page

pytestmark = pytest.mark.usefixtures("pages_with_a_player")

# A game with one button: it counts how often it was pressed, and says each time that it is done.
COUNTER = """
Alongside.Hello = function (params, id, extras) {
  H5P.EventDispatcher.call(this);
  let count = (extras.previousState || {}).count || 0;
  this.getCurrentState = () => ({ count });
  this.attach = (container) => {
    const button = document.createElement("button");
    button.textContent = `Pressed ${count}`;
    button.onclick = () => {
      count += 1;
      button.textContent = `Pressed ${count}`;
      this.triggerXAPICompleted(count, 10);
    };
    container.append(button);
  };
};
Alongside.Hello.prototype = Object.create(H5P.EventDispatcher.prototype);
"""
# One whose counter goes on by itself: a moment after each press, and once more much later.
GOES_ON = COUNTER.replace(
    "this.triggerXAPICompleted(count, 10);",
    "setTimeout(() => (count += 10), 1500); setTimeout(() => (count += 100), 6500);",
)
# One that is slow to find where somebody was.
SLOW = COUNTER.replace(
    "let count = (extras.previousState || {}).count || 0;",
    "let count = 0; setTimeout(() => (count = (extras.previousState || {}).count || 0), 60_000);",
)
OUT = (401, {"why": "You are signed out.", "sign_in": "/account/sign-in/?by=code"})
TOO_LONG = "This activity remembers more than we can keep."


@pytest.fixture
def version(site, request):
    h5p_page.forget()
    script = SCRIPT + getattr(request, "param", COUNTER)
    return make_version(title="A counter", libraries=library_files(script=script))


@pytest.fixture
def page(open_browser, version):
    page = open_browser(make_person())
    come_back(page, version)
    return page


def come_back(page, version):
    page.goto(h5p_page.address(version, keeps=True))
    expect(page.get_by_role("status")).to_have_text("The activity is here.")


def inside(page):
    return page.frame_locator(".h5p-stage iframe").locator("body")


def button(page):
    return inside(page).get_by_role("button")


def press(page):
    button(page).click()


def status(page):
    return page.get_by_role("status")


def until(page, what):
    """Wait until the site has what it should."""
    for _ in range(100):
        if what():
            return
        page.wait_for_timeout(100)
    pytest.fail("It did not come.")


def scores():
    return [each["statement"]["result"]["score"]["raw"] for each in h5p_page.SAID]


def test_where_somebody_was_is_there_again(page, version):
    press(page)
    press(page)
    until(page, lambda: {version.pk: '{"count":2}'} == h5p_page.STATES)

    come_back(page, version)

    expect(button(page)).to_have_text("Pressed 2")
    assert scores() == [1, 2]


def test_nothing_is_kept_of_what_nobody_touched(page, version):
    page.wait_for_timeout(1500)
    page.goto("/learning/")

    assert (h5p_page.SAID, h5p_page.STATES) == ([], {})


@pytest.mark.parametrize("version", [GOES_ON], indirect=True, ids=["goes on"])
def test_what_an_activity_adds_of_itself_is_kept_also_when_somebody_leaves(page, version):
    press(page)
    until(page, lambda: {version.pk: '{"count":11}'} == h5p_page.STATES)
    now = "() => H5P.instances[0].getCurrentState().count"
    until(page, lambda: inside(page).evaluate(now) == 111)

    page.goto("/learning/")

    until(page, lambda: {version.pk: '{"count":111}'} == h5p_page.STATES)


@pytest.mark.parametrize("version", [SLOW], indirect=True, ids=["slow"])
def test_what_an_activity_begins_with_does_not_take_the_place_of_where_somebody_was(page, version):
    h5p_page.STATES[version.pk] = '{"count":7}'
    come_back(page, version)

    inside(page).evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(500)
    page.goto("/learning/")

    assert {version.pk: '{"count":7}'} == h5p_page.STATES


def test_each_thing_that_was_done_has_a_name_of_its_own(page):
    press(page)
    press(page)
    until(page, lambda: len(h5p_page.SAID) == 2)

    ids = [each["statement"]["id"] for each in h5p_page.SAID]
    assert len({*ids}) == 2
    assert {len(each) for each in ids} == {36}


def test_somebody_who_is_signed_out_loses_nothing(page, version, allowed):
    allowed.add(401)
    h5p_page.NEXT.append(OUT)

    press(page)
    expect(status(page)).to_contain_text("You are signed out. What you did is kept on this device")
    link = page.get_by_role("status").get_by_role("link", name="Sign in")
    there = page.evaluate("link => [...new URL(link.href).searchParams]", link.element_handle())
    assert (scores(), h5p_page.STATES) == ([], {})
    press(page)
    come_back(page, version)
    until(page, lambda: scores() == [1, 2] and h5p_page.STATES)

    expect(button(page)).to_have_text("Pressed 2")
    assert there == [
        ["by", "code"],
        ["next", h5p_page.address(version, keeps=True)],
    ]


def test_what_could_not_be_sent_is_sent_once_there_is_a_connection(page, allowed):
    allowed.add(503)
    h5p_page.NEXT += [(503, {})] * 9  # it is tried again with each state that is kept

    press(page)
    expect(status(page)).to_contain_text("What you did is kept on this device. It is sent as soon")
    h5p_page.NEXT.clear()
    page.evaluate("dispatchEvent(new Event('online'))")
    until(page, lambda: scores() == [1])

    expect(status(page)).to_have_text("")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('said'))") == []


def test_a_connection_that_comes_back_while_something_is_on_its_way_is_not_overheard(
    page, allowed
):
    allowed.add("net::ERR_FAILED")
    held = []
    page.route("**/said/", lambda route: held.append(route) if not held else route.continue_())
    press(page)
    until(page, lambda: held)

    page.evaluate("dispatchEvent(new Event('online'))")
    held[0].abort()

    until(page, lambda: scores() == [1])
    expect(status(page)).to_have_text("")


def test_what_is_done_while_a_state_is_on_its_way_is_sent_after_it(page):
    held = []

    def hold(route):
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/state/", hold)
    press(page)
    until(page, lambda: held)
    inside(page).evaluate("() => H5P.instances[0].triggerXAPICompleted(7, 10)")
    page.wait_for_timeout(500)  # it waits for the state to be sent
    assert scores() == [1]

    held[0].continue_()

    until(page, lambda: scores() == [1, 7])


def test_what_is_refused_is_not_sent_for_ever(page, version, allowed):
    allowed.add(422)
    h5p_page.NEXT.append((422, {"why": "This is no statement."}))

    press(page)
    press(page)
    until(page, lambda: scores() == [2])
    come_back(page, version)
    page.wait_for_timeout(500)

    assert scores() == [2]


def test_a_state_that_is_too_long_is_told_of_politely(page, version, allowed):
    allowed.add(413)
    press(page)
    until(page, lambda: h5p_page.STATES)
    h5p_page.NEXT_STATE.append((413, {"why": TOO_LONG}))
    press(page)

    expect(status(page)).to_have_text(TOO_LONG)
    assert {version.pk: '{"count":1}'} == h5p_page.STATES


def test_without_addresses_nothing_is_kept(open_browser, version):
    page = open_browser(make_person())
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.goto(h5p_page.address(version))
    expect(status(page)).to_have_text("The activity is here.")

    press(page)
    page.wait_for_timeout(1500)

    expect(button(page)).to_have_text("Pressed 1")
    assert [each for each in asked if each[0] != "GET" or "/state/" in each[1]] == []
    assert page.evaluate("localStorage.length") == 0


def test_what_did_not_come_comes_when_it_is_asked_for_again(open_browser, version, allowed):
    allowed.add("net::ERR_FAILED")
    page = open_browser(make_person())
    page.route("**/joined/*.js", lambda route: route.abort())
    page.goto(h5p_page.address(version))
    expect(status(page)).to_contain_text("This activity cannot begin here.")

    page.unroute("**/joined/*.js")
    page.get_by_role("button", name="Try again").click()

    expect(status(page)).to_have_text("The activity is here.")
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    expect(button(page)).to_have_text("Pressed 0")
