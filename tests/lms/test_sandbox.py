"""What H5P frames ask for is answered by a door of its own, which knows nobody."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from content.actions import h5p
from content.h5p import player_files
from content.h5p.capability import frame_address
from content.h5p.on_disk import place
from tests.factories.courses import make_person
from tests.factories.files import picture_bytes
from tests.factories.h5p import NAME, make_version

pytestmark = pytest.mark.django_db

POLICY = {
    "sandbox allow-scripts allow-forms allow-popups",
    "default-src 'none'",
    "script-src http://testserver/h5p/ 'unsafe-inline' 'unsafe-eval'",
    "style-src http://testserver/h5p/ 'unsafe-inline'",
    "img-src http://testserver/h5p/ data: blob:",
    "media-src http://testserver/h5p/ data: blob:",
    "font-src http://testserver/h5p/ data:",
    "connect-src http://testserver/h5p/ data: blob:",
    "base-uri http://testserver/h5p/",
    "form-action 'none'",
    "frame-ancestors http://testserver",
}
SOUND = bytes(range(256)) * 4
LIBRARY = f"libraries/{NAME}-1.0"


@pytest.fixture
def version():
    """A version with a picture, a sound, and a page of its own."""
    return make_version(
        files={
            "images/a.png": picture_bytes((9, 9)),
            "images/mine.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "audios/a.mp3": SOUND,
        },
        content={
            "greeting": "Say </script><script>alert(1)</script>",
            "pictures": [
                {"path": "images/a.png", "mime": "image/png"},
                {"path": "images/mine.svg", "mime": "image/svg+xml"},
                {"path": "audios/a.mp3", "mime": "audio/mpeg"},
            ],
        },
    )


@pytest.fixture
def frame(version):
    """The address of its frame for somebody, now."""
    return frame_address(version.pk, 5, timezone.now())


def policy(answer):
    return set(answer.headers["Content-Security-Policy"].split("; "))


class Reader(Client):
    """Asks for something, and reads what comes to its end: then its file is closed."""

    def request(self, **request):
        answer = super().request(**request)
        answer.came = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer


@pytest.fixture
def client():
    return Reader()


def joined(page):
    """The addresses of what is joined, as the frame's page names them."""
    return re.findall(r'"(joined/[0-9a-f]+\.(?:js|css))"', page.content.decode())


# --- every answer ------------------------------------------------------------------------------


def everything(client, frame):
    """One of each answer that there is: {what it is: the answer}."""
    page = client.get(frame)
    style, script = joined(page)
    start = f"/h5p/player/{player_files.key()}/start.js"
    etag = page.headers["ETag"]
    sound = f"{frame}content/audios/a.mp3"
    old = frame_address(1, 5, datetime(2020, 1, 1, tzinfo=UTC))
    return {
        "200 the page": page,
        "304 the page": client.get(frame, headers={"If-None-Match": etag}),
        "200 scripts": client.get(frame + script),
        "200 styles": client.get(frame + style),
        "200 the player": client.get(start),
        "200 a library's": client.get(f"{frame}{LIBRARY}/hello.js"),
        "200 its own": client.get(f"{frame}content/images/mine.svg"),
        "206 a part": client.get(sound, headers={"Range": "bytes=0-9"}),
        "416 no part": client.get(sound, headers={"Range": "bytes=9999-"}),
        "200 its head": client.head(sound),
        "204 asked before": client.options(sound),
        "405 written to": client.post(sound),
        "404 nothing": client.get(f"{frame}content/nothing.png"),
        "404 nobody's": client.get("/h5p/"),
        "404 made up": client.get("/h5p/1-2-3.made-up/"),
        "404 its file": client.get(f"/h5p/1-2-3.made-up/{LIBRARY}/hello.js"),
        "404 too old": client.get(old),
    }


def test_every_answer_lets_it_do_nothing(client, frame):
    answers = everything(client, frame)

    assert [int(name[:3]) for name in answers] == [a.status_code for a in answers.values()]
    assert {name: policy(answer) for name, answer in answers.items()} == dict.fromkeys(
        answers, POLICY
    )
    said = {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    for answer in answers.values():
        assert {name: answer.headers.get(name) for name in said} == said


def test_no_answer_knows_who_asks_or_leaves_a_cookie(client, frame):
    plain = everything(client, frame)
    known = Reader()
    known.force_login(make_person())
    known.cookies["language"] = "es"

    answers = everything(known, frame)

    assert [a.came for a in answers.values()] == [a.came for a in plain.values()]
    for answer in answers.values():
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_mistake_of_ours_is_answered_behind_the_door_as_well(client, frame, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(player_files, "is_installed", lambda: 1 / 0)

    answer = client.get(frame)

    assert (answer.status_code, policy(answer)) == (500, POLICY)


def test_core_may_name_itself_in_a_header(client, frame):
    answer = client.options(f"{frame}{LIBRARY}/library.json")

    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "X-Requested-With" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_is_written_here(client, frame, method):
    answer = getattr(client, method)(frame)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


@override_settings(SECURE_SSL_REDIRECT=True)
def test_a_site_with_https_asks_for_it_here_too(client, frame):
    answer = client.get(frame)

    assert (answer.status_code, answer.url) == (301, f"https://testserver{frame}")


# --- the page ----------------------------------------------------------------------------------


def test_the_page_holds_what_it_plays_and_nothing_of_it_can_end_its_place(client, frame):
    page = client.get(frame).content.decode()

    assert "<title>Say hello</title>" in page
    assert '<html class="h5p-iframe" lang="en-gb">' in page
    assert "alert(1)" in page
    assert "<script>alert(1)" not in page


def test_an_address_that_is_too_old_says_so(client, version):
    at = timezone.now() - timedelta(days=3)

    answer = client.get(frame_address(version.pk, 5, at))

    assert answer.status_code == 404
    assert "This page has been open for a long time. Load the lesson again." in (
        answer.content.decode()
    )


def test_it_says_so_in_the_reader_s_language(client, version):
    headers = {"Accept-Language": "es"}

    answer = client.get("/h5p/1-2-3.x/", headers=headers)

    assert '<html lang="es"' in answer.content.decode()


def test_without_the_player_the_page_says_what_is_missing(client, frame, tmp_path):
    with override_settings(NODE_MODULES=tmp_path):
        answer = client.get(frame)

    assert answer.status_code == 503
    assert "its player is not installed" in answer.content.decode()


# --- files -------------------------------------------------------------------------------------


def test_files_come_whole_in_parts_or_not_again(client, frame):
    sound = f"{frame}content/audios/a.mp3"

    whole = client.get(sound)
    part = client.get(sound, headers={"Range": "bytes=10-19"})
    again = client.get(sound, headers={"If-None-Match": whole.headers["ETag"]})

    assert (whole.status_code, whole.came, whole.headers["Content-Type"]) == (
        200,
        SOUND,
        "audio/mpeg",
    )
    assert (part.status_code, part.came, part.headers["Content-Range"]) == (
        206,
        SOUND[10:20],
        "bytes 10-19/1024",
    )
    assert (again.status_code, again.content) == (304, b"")


def test_files_may_be_kept_for_as_long_as_the_address_is_good(client, frame):
    answer = client.get(f"{frame}{LIBRARY}/hello.js")

    age = int(answer.headers["Cache-Control"].removeprefix("private, max-age=").split(",")[0])
    assert answer.headers["Cache-Control"].endswith(", immutable")
    assert 24 * 3600 <= age <= 48 * 3600


def test_scripts_are_sent_small_to_those_who_take_it(client, frame):
    _style, script = joined(client.get(frame))

    small = client.get(frame + script, headers={"Accept-Encoding": "gzip, br"})
    plain = client.get(frame + script)

    assert (small.headers.get("Content-Encoding"), plain.headers.get("Content-Encoding")) == (
        "gzip",
        None,
    )
    assert small.headers["ETag"] != plain.headers["ETag"]
    assert small.headers["Vary"] == "Accept-Encoding"


def test_a_page_that_is_read_goes_on_when_what_is_joined_is_swept(client, frame):
    style, script = joined(client.get(frame))
    asked = [
        (frame + path, {"Accept-Encoding": takes})
        for path in (style, script)
        for takes in ("gzip", "identity")
    ]
    before = [client.get(address, headers=headers).came for address, headers in asked]

    # these have begun to read, and the next have the page and nothing more
    reading = [Client().get(address, headers=headers) for address, headers in asked]
    h5p.sweep(timezone.now() + timedelta(days=31))
    left = list(place("h5p/joined").iterdir())
    read_on = [b"".join(answer.streaming_content) for answer in reading]
    again = [client.get(address, headers=headers).came for address, headers in asked]

    assert (left, read_on, again) == ([], before, before)


def test_the_player_is_the_same_for_everyone(client):
    there = f"/h5p/player/{player_files.key()}"

    answers = [
        client.get(f"{there}/{path}")
        for path in ("start.js", "play.js", "styles/start.css", "fonts/h5p-core-30.woff2")
    ]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert {answer.headers["Cache-Control"] for answer in answers} == {
        "public, max-age=31536000, immutable"
    }


@pytest.mark.parametrize(
    "path",
    ["main.bundle.js", "h5p.d.ts", "fonts/../../package.json", "fonts/inter/LICENSE.txt", "ours/"],
)
def test_nothing_else_of_what_npm_brought_is_there(client, path):
    assert client.get(f"/h5p/player/{player_files.key()}/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "content/../../../secret_key",
        "content/%2e%2e/%2e%2e/secret_key",
        "content/content.json",
        f"{LIBRARY}/../{NAME}-1.0/hello.js",
        "joined/" + "0" * 64 + ".js",
        "libraries/",
    ],
)
def test_nothing_else_of_a_package_is_there(client, frame, path):
    assert client.get(frame + path).status_code == 404


def test_a_film_may_be_sent_by_the_web_server_and_a_picture_never(client, frame):
    with override_settings(PRIVATE_FILES_AT="/of-courses/"):
        sound = client.get(f"{frame}content/audios/a.mp3")
        picture = client.get(f"{frame}content/images/mine.svg")

    assert sound.headers["X-Accel-Redirect"].startswith("/of-courses/h5p/content/")
    assert "X-Accel-Redirect" not in picture.headers


def test_once_a_version_is_known_nothing_asks_the_database(
    client, frame, django_assert_num_queries
):
    with django_assert_num_queries(2):
        page = client.get(frame)
    style, script = joined(page)

    with django_assert_num_queries(0):
        for path in ("", style, script, f"{LIBRARY}/hello.js", "content/images/a.png"):
            assert client.get(frame + path).status_code == 200


# --- a host of its own -------------------------------------------------------------------------


@pytest.fixture
def own_host():
    """Frames have a host of their own."""
    with override_settings(
        H5P_ORIGIN="http://frames.test",
        SITE_ADDRESS="http://testserver",
        ALLOWED_HOSTS=["testserver", "frames.test"],
    ):
        yield "frames.test"


def test_frames_are_answered_for_at_their_own_host_and_nothing_else_is(client, version, own_host):
    address = frame_address(version.pk, 5, timezone.now())
    path = address.removeprefix("http://frames.test")

    found = {
        (host, asked): client.get(asked, headers={"Host": host}).status_code
        for host in (own_host, "testserver")
        for asked in (path, "/healthz", "/static/lms/css/tokens.css")
    }

    assert found == {
        (own_host, path): 200,
        (own_host, "/healthz"): 404,
        (own_host, "/static/lms/css/tokens.css"): 404,
        ("testserver", path): 404,
        ("testserver", "/healthz"): 200,
        ("testserver", "/static/lms/css/tokens.css"): 200,
    }


def test_only_the_site_may_frame_them(client, version, own_host):
    path = frame_address(version.pk, 5, timezone.now()).removeprefix("http://frames.test")

    said = policy(client.get(path, headers={"Host": own_host}))

    assert "frame-ancestors http://testserver" in said
    assert "script-src http://frames.test/h5p/ 'unsafe-inline' 'unsafe-eval'" in said
