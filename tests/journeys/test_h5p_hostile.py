"""A package that means harm gets nothing: not what the reader may see, not what they may do.

The same package is played a second time in a page that lacks what keeps it in. There it has its
way, so that these tests are known to tell one from the other.

ASVS 5.0: V3.2.1 (nothing runs where it should not), V3.5.4 (a stranger's script has an origin of
its own), V3.5.5 (messages are heard from whom they should come).
"""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.factories.courses import make_person
from tests.factories.h5p import NAME, SCRIPT, library_files, make_version
from tests.journeys import h5p_page

pytestmark = pytest.mark.usefixtures("pages_with_a_player")

# Each says True if it got what it wanted.
ATTACKS = r"""
const make = (kind) => document.createElementNS("http://www.w3.org/1999/xhtml", kind);
const root = () => document.body ?? document.documentElement;
const page = async (address) => (await fetch(address, { credentials: "include" })).text();
const token = async () => /csrfmiddlewaretoken" value="([^"]+)/.exec(await page("/display/"))[1];
// A new window has all that a browser gives, whatever was put in its place here.
const fresh = (frame = make("iframe")) => { root().append(frame); return frame.contentWindow; };
const attacks = {
  "reads the page around it": () => parent !== window && parent.document.body.innerHTML.length > 0,
  "reads the reader's cookies": () => /(^|; )left-here=/.test(fresh().document.cookie),
  "reads what the site keeps on the device": () => fresh().localStorage["left-here"] === "secret",
  "reads what the site keeps for one visit": () =>
    fresh().sessionStorage["left-here"] === "secret",
  "reads the form token": async () => Boolean(await token()),
  "reads a page as the reader": async () => (await page("/me/")).includes("Hostile Holly"),
  "writes as the reader": async () => {
    const body = new URLSearchParams({ csrfmiddlewaretoken: await token(), theme: "dark" });
    const how = { method: "POST", credentials: "include", redirect: "manual", body };
    return (await fetch("/display/", how)).type === "opaqueredirect";
  },
  "asks the site by an old way": () => new Promise((resolve) => {
    const asked = new XMLHttpRequest();
    asked.onload = () => resolve(asked.responseText.includes("Hostile Holly"));
    asked.onerror = () => resolve(false);
    asked.withCredentials = true;
    asked.open("GET", "/me/");
    asked.send();
  }),
  "loads a script of the site": () => new Promise((resolve) => {
    const script = make("script");
    script.onload = () => resolve(true);
    script.onerror = () => resolve(false);
    script.src = "/static/lms/js/print.js";
    root().append(script);
  }),
  "reads a page of the site in a frame": () => new Promise((resolve) => {
    const frame = make("iframe");
    const look = () => {
      try { resolve(frame.contentDocument.body.innerText.includes("All is well")); }
      catch { resolve(false); }
    };
    setTimeout(look, 1500);
    frame.src = "/stand-in/quiet/";
    root().append(frame);
  }),
  "calls another host": () => new Promise((resolve) => {
    addEventListener("securitypolicyviolation", () => resolve(false), { once: true });
    const picture = new Image();
    picture.onload = picture.onerror = () => resolve(true); // it was let out, whoever answered
    picture.src = "http://127.0.0.1:9/stolen.png";
  }),
  "registers a service worker": async () =>
    Boolean(await navigator.serviceWorker.register("/stand-in/worker.js")),
  "opens a database": () => new Promise((resolve) => {
    const asked = indexedDB.open("x");
    asked.onsuccess = () => resolve(true);
    asked.onerror = () => resolve(false);
  }),
};
const tryThem = async () => {
  const got = {};
  for (const [name, attack] of Object.entries(attacks)) {
    const over = new Promise((resolve) => setTimeout(() => resolve(false), 3000));
    try { got[name] = await Promise.race([attack(), over]); }
    catch { got[name] = false; }
  }
  root().setAttribute("data-got", JSON.stringify(got));
};
"""
NAMES = [line.split('"')[1] for line in ATTACKS.splitlines() if line.startswith('  "')]
FROM_A_TAB = NAMES[1:]  # there is no page around it
WHEN_THERE = "\nif (document.body) tryThem(); else addEventListener('load', tryThem);"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>//<![CDATA[\n'
    f"{ATTACKS}tryThem();\n//]]></script></svg>"
)
# A browser says much in its console when it keeps something back. None of it is a fault.
IN_THE_CONSOLE = (
    "Content Security Policy",
    "CORS policy",
    "ERR_FAILED",
    "ERR_BLOCKED",
    "csp",
    "http://127.0.0.1:9/",
    "Unsafe attempt",
    "does not have permission to navigate",
    "was not explicitly set",
)


def hostile(script=ATTACKS + WHEN_THERE, **fields):
    """A version of a package that does this when it is played."""
    libraries = library_files(script=SCRIPT + script)
    return make_version(title="A quiet game", libraries=libraries, **fields)


@pytest.fixture
def reader(open_browser, allowed):
    """A page of somebody who is signed in, on a device where the site left things."""
    allowed.update(IN_THE_CONSOLE)
    page = open_browser(make_person("Hostile Holly"))
    page.goto("/display/")
    page.evaluate(
        """() => {
          document.cookie = "left-here=secret; path=/";
          localStorage.setItem("left-here", "secret");
          sessionStorage.setItem("left-here", "secret");
        }"""
    )
    return page


def got(place):
    """Wait until all was tried, and return {attack: whether it got what it wanted}."""
    done = place.locator("[data-got]")
    expect(done).to_have_attribute("data-got", re.compile("."), timeout=40_000)
    return json.loads(done.get_attribute("data-got"))


def inside(page):
    return page.frame_locator(".h5p-stage iframe")


def loose(address):
    return address.replace("/h5p/", "/stand-in/h5p/")


# --- in a lesson -------------------------------------------------------------------------------


def test_a_package_gets_nothing_of_the_site_around_it(reader):
    version = hostile()

    reader.goto(h5p_page.address(version))

    assert got(inside(reader)) == dict.fromkeys(NAMES, False)


def test_the_same_package_gets_all_of_it_where_nothing_keeps_it_in(reader):
    version = hostile()

    reader.goto(h5p_page.address(version, loose=True))

    assert got(inside(reader)) == dict.fromkeys(NAMES, True)


LEAD_AWAY = "\ntop.location.href = '/stand-in/quiet/';"


@pytest.mark.parametrize("is_loose", [False, True], ids=["kept in", "loose"])
def test_a_package_cannot_lead_the_reader_away(reader, is_loose):
    version = hostile(LEAD_AWAY)

    reader.goto(h5p_page.address(version, loose=is_loose))
    reader.wait_for_timeout(2000)

    assert ("/stand-in/quiet/" in reader.url) == is_loose


# --- in a tab of its own -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "content/images/mine.svg"], ids=["frame", "picture"])
@pytest.mark.parametrize("is_loose", [False, True], ids=["kept in", "loose"])
def test_opened_in_a_tab_it_gets_no_more(reader, server, path, is_loose):
    version = hostile(files={"images/mine.svg": PICTURE.encode()}, content=a_picture())
    address = h5p_page.now_address(version) + path

    reader.goto(server + (loose(address) if is_loose else address))

    assert got(reader) == dict.fromkeys(FROM_A_TAB, is_loose) | {NAMES[0]: False}


def a_picture():
    return {"greeting": "Hi", "picture": {"path": "images/mine.svg", "mime": "image/svg+xml"}}


def test_a_script_of_it_is_only_text_in_a_tab(reader, server):
    version = hostile()

    reader.goto(f"{server}{h5p_page.now_address(version)}libraries/{NAME}-1.0/hello.js")

    assert reader.evaluate("document.contentType") == "text/javascript"
    assert reader.locator("[data-got]").count() == 0
    assert reader.evaluate("window.origin") == "null"


# --- what it says to the page around it --------------------------------------------------------

SAY = "message => parent.postMessage(message, '*')"
STATEMENT = {"verb": {"id": "http://adlnet.gov/expapi/verbs/completed"}}


@pytest.fixture
def talking(reader):
    """A page with a package that only says hello, and a function that says things from inside."""
    h5p_page.forget()
    version = make_version(title="A quiet game")
    reader.goto(h5p_page.address(version, keeps=True))
    expect(reader.get_by_role("status")).to_have_text("The activity is here.")
    frame = next(frame for frame in reader.frames if "/h5p/" in frame.url)
    nonce = frame.evaluate("location.hash.slice(1)")

    def say(where=frame, how=SAY, **message):
        where.evaluate(how, {"alongside": 1, "nonce": nonce, **message})
        reader.wait_for_timeout(250)

    return reader, say


def height(page):
    return page.locator(".h5p-stage iframe").evaluate("e => e.clientHeight")


def test_what_the_activity_says_is_heard(talking):
    page, say = talking

    named = STATEMENT | {
        "id": "7e87eec4-86be-4aa1-a268-d134864bc297",
        "timestamp": "2026-11-22T09:00:00Z",
    }

    say(type="height", height=700)
    say(type="said", statement=named)

    assert height(page) == 700
    assert [each["statement"] for each in h5p_page.SAID] == [named]


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "guessed"},
        {"nonce": None},
        {"alongside": 2},
        {"type": "forged"},
        {"type": "constructor"},
        {"type": ["said"]},
        {"statement": "text"},
        {"statement": [STATEMENT]},
        {"statement": None},
        {"statement": {"much": "x" * 70_000}},
        {"more": 1},
    ],
    ids=str,
)
def test_what_is_not_as_agreed_is_not_heard(talking, wrong):
    _page, say = talking

    say(**{"type": "said", "statement": STATEMENT} | wrong)

    assert h5p_page.SAID == []


@pytest.mark.parametrize("wrong", ["700", None, -5, [700], 1e9], ids=str)
def test_a_height_that_is_none_changes_little(talking, wrong):
    page, say = talking
    before = height(page)

    say(type="height", height=wrong)

    assert height(page) == (20_000 if wrong == 1e9 else before)


def test_another_window_with_the_right_word_is_not_heard(talking):
    page, say = talking
    page.evaluate(
        """() => {
          const other = document.createElement("iframe");
          other.name = "other";
          document.body.append(other);
        }"""
    )

    say(page, "message => postMessage(message, '*')", type="said", statement=STATEMENT)
    say(page.frame(name="other"), type="said", statement=STATEMENT)

    assert h5p_page.SAID == []


def test_nobody_talks_without_end(talking):
    page, say = talking
    many = f"""async message => {{
      for (let n = 0; n < 205; n++) {{
        ({SAY})(message);
        await new Promise(resolve => setTimeout(resolve, 40));
      }}
    }}"""

    say(how=many, type="said", statement=STATEMENT)
    for _ in range(100):
        if len(h5p_page.SAID) >= 200:
            break
        page.wait_for_timeout(200)
    page.wait_for_timeout(500)  # time enough for one more

    assert len(h5p_page.SAID) == 200
