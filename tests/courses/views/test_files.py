"""Films, sounds and handouts reach those whose course they belong to, and nobody else."""

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.blocks import LessonBody
from courses.actions import catalogue, editions
from courses.models import RoleKind
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_organisation,
    make_person,
    make_role,
    make_session,
    step_block,
)
from tests.factories.files import make_document, make_picture

pytestmark = pytest.mark.django_db
SOUND = bytes(range(256)) * 8


def uses(document, kind="download"):
    value = {"title": "A file", "file": document.pk, "about": ""}
    if kind in {"audio", "video"}:
        value = {"title": "A file", "file": document.pk, "transcript": "<p>Words.</p>"}
    return {"type": kind, "value": value}


def edition_with(*documents):
    course = make_course(sessions_required=1)
    body = [step_block(), *(uses(document) for document in documents)]
    make_lesson(make_session(course, 1), body=body)
    return editions.make_edition(course=course, by=None, at=NOW)


class World:
    """One document in an edition that Riverside follows, one that nobody uses."""

    def __init__(self):
        catalogue.set_up(title="Alongside", lead="Training for peers.", body="")
        self.used, self.unused = make_document("used.mp3", SOUND), make_document("unused.pdf")
        edition = edition_with(self.used)
        riverside, hillside = make_organisation("Riverside"), make_organisation("Hillside")
        cohort = make_cohort(edition, riverside)
        other = make_cohort(edition_with(), hillside)
        self.people = {
            "trainee": make_enrolment(cohort).trainee,
            "left": make_enrolment(cohort).trainee,
            "elsewhere": make_enrolment(other).trainee,
            "pair": cohort.session_runs.first().co_facilitator,
            "newcomer": make_person(),
            "superuser": make_person(is_superuser=True),
        }
        cohort.enrolments.filter(trainee=self.people["left"]).update(left_at=NOW)
        for kind in RoleKind:
            for name, organisation in [("riverside", riverside), ("hillside", hillside)]:
                self.people[f"{name} {kind}"] = person = make_person()
                make_role(person, organisation, kind)


def body(answer):
    """What came, read to its end: then the file is closed."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def fetch(client, address, **headers):
    """Ask for an address, and read what comes."""
    answer = client.get(address, headers=headers)
    answer.came = body(answer)
    return answer


MAY_HAVE_USED = {
    "trainee",
    "pair",
    "riverside organiser",
    "riverside facilitator",
    "riverside peer_educator",
    "hillside peer_educator",  # they may put it into a lesson
    "superuser",
}
MAY_HAVE_UNUSED = {"riverside peer_educator", "hillside peer_educator", "superuser"}


@pytest.mark.parametrize(("which", "may"), [("used", MAY_HAVE_USED), ("unused", MAY_HAVE_UNUSED)])
def test_a_file_is_for_those_whose_course_it_belongs_to(client, which, may):
    world = World()
    address = getattr(world, which).url
    found = {}

    for name, person in world.people.items():
        client.force_login(person)
        found[name] = fetch(client, address).status_code

    assert found == {name: 200 if name in may else 404 for name in world.people}


def test_someone_who_is_not_signed_in_is_asked_to_for_any_file(client):
    there, nowhere = make_document().url, reverse("wagtaildocs_serve", args=[9999, "hand.txt"])

    answers = [client.get(address) for address in (there, nowhere)]

    assert [(a.status_code, a.url.split("?")[0]) for a in answers] == [
        (302, "/account/sign-in/")
    ] * 2


def test_no_other_address_leads_to_a_file(client):
    world = World()
    client.force_login(world.people["superuser"])
    file, picture = world.used.file, make_picture().file

    addresses = [f"/media/{file.name}", f"/media/{picture.name}", f"/static/{file.name}"]

    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert storages["private"].exists(file.name)
    assert not storages["default"].exists(file.name)


def test_the_name_in_the_address_has_to_be_the_file_s_own(client):
    client.force_login(make_person(is_superuser=True))
    document = make_document("hand.txt")

    assert client.get(document.url.replace("hand", "hard")).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_found(client):
    client.force_login(make_person(is_superuser=True))
    document = make_document()
    document.file.storage.delete(document.file.name)

    assert client.get(document.url).status_code == 404


def test_only_reading_is_answered(client):
    client.force_login(make_person(is_superuser=True))

    assert client.post(make_document().url).status_code == 405


@pytest.fixture
def ask(client):
    """A function that asks for the sound, with headers."""
    client.force_login(make_person(is_superuser=True))
    address = make_document("tone.wav", SOUND).url

    def ask(method="get", **headers):
        answer = getattr(client, method)(address, headers=headers)
        answer.came = body(answer)
        return answer

    return ask


def test_a_whole_file_comes_with_all_a_browser_wants_to_know(ask):
    answer = ask()

    assert (answer.status_code, answer.came) == (200, SOUND)
    told = {name: answer.headers.get(name) for name in ("Content-Length", "Accept-Ranges")}
    assert told == {"Content-Length": "2048", "Accept-Ranges": "bytes"}
    assert "Content-Range" not in answer.headers


def test_a_head_tells_the_same_without_the_file(ask):
    told, answer = ask(), ask("head", range="bytes=0-1")

    assert (answer.status_code, answer.came) == (200, b"")
    for answered in (told, answer):
        answered.headers.pop("Last-Modified")
        answered.headers.pop("X-Request-ID")  # each is a request of its own
    assert answer.headers == told.headers


@given(first=st.integers(0, 2047), last=st.integers(0, 3000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_part_is_exactly_those_bytes(ask, first, last):
    last = max(first, last)

    answer = ask(range=f"bytes={first}-{last}")

    part = SOUND[first : last + 1]
    assert (answer.status_code, answer.came) == (206, part)
    assert answer.headers["Content-Length"] == str(len(part))
    assert answer.headers["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/2048"


@pytest.mark.parametrize(
    ("asked", "part"),
    [("bytes=2000-", SOUND[2000:]), ("bytes=-48", SOUND[-48:]), ("bytes=-9999", SOUND)],
)
def test_a_part_may_be_open_at_one_end(ask, asked, part):
    answer = ask(range=asked)

    assert (answer.status_code, answer.came) == (206, part)


def test_several_parts_at_once_get_the_whole(ask):
    answer = ask(range="bytes=0-1,4-5")

    assert (answer.status_code, answer.came) == (200, SOUND)


def test_beyond_the_end_there_is_nothing(ask):
    answer = ask(range="bytes=2048-")

    assert (answer.status_code, answer.came) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */2048"


def test_a_part_of_what_has_changed_since_is_the_whole(ask):
    known = ask().headers

    def status(if_range):
        return ask(range="bytes=0-1", if_range=if_range).status_code

    assert status(known["ETag"]) == 206
    assert status(known["Last-Modified"]) == 206
    assert status('"another"') == 200
    assert status("Tue, 01 Sep 2020 10:00:00 GMT") == 200
    assert status(f"W/{known['ETag']}") == 200


def test_what_has_not_changed_is_not_sent_again(ask):
    known = ask().headers

    assert ask(if_none_match=known["ETag"]).status_code == 304
    assert ask(if_modified_since=known["Last-Modified"]).status_code == 304
    assert ask(if_none_match='"another"').status_code == 200


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("a.mp4", "video/mp4", "inline"),
        ("a.MP3", "audio/mpeg", "inline"),
        ("a.vtt", "text/vtt; charset=utf-8", "inline"),
        ("a.pdf", "application/pdf", "attachment"),
        ("a.txt", "text/plain; charset=utf-8", "attachment"),
        ("a.html", "application/octet-stream", "attachment"),
        ("a.svg", "application/octet-stream", "attachment"),
        ("a", "application/octet-stream", "attachment"),
    ],
)
def test_a_browser_is_told_what_a_file_is_and_never_runs_it(client, name, kind, shown):
    client.force_login(make_person(is_superuser=True))

    headers = fetch(client, make_document(name, b"<script>alert(1)</script>").url).headers

    assert headers["Content-Type"] == kind
    assert headers["Content-Disposition"].split(";")[0] == shown
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-cache"


@pytest.mark.one_machine
def test_a_large_file_is_sent_in_pieces(client, tmp_path):
    client.force_login(make_person(is_superuser=True))
    document = make_document("film.mp4")
    document.get_file_hash()  # kept when it is uploaded, so that nobody waits for it later
    with storages["private"].open(document.file.name, "r+b") as film:
        film.truncate(5 * 1024**3)  # a hole: it takes no room on the disk

    answer = client.get(document.url, headers={"range": "bytes=4294967296-"})
    first = next(iter(answer))
    answer.close()

    assert answer.headers["Content-Length"] == str(1024**3)
    assert len(first) == 64 * 1024


def test_the_web_server_in_front_may_send_the_file_but_does_not_choose_to_whom(client, settings):
    settings.PRIVATE_FILES_AT = "/of-courses/"
    world = World()

    def sent_to(name):
        client.force_login(world.people[name])
        return client.get(world.used.url)

    assert sent_to("trainee").headers["X-Accel-Redirect"] == f"/of-courses/{world.used.file.name}"
    assert sent_to("trainee").content == b""
    assert sent_to("elsewhere").status_code == 404
    assert "X-Accel-Redirect" not in sent_to("elsewhere").headers


@pytest.mark.parametrize("lessons", [1, 3])
def test_a_trainee_s_file_takes_four_queries(client, django_assert_num_queries, lessons):
    documents = [make_document(data=bytes([n]) * 10) for n in range(lessons)]
    for document in documents:
        document.get_file_hash()
    cohort = make_cohort(edition_with(*documents))
    for _ in range(lessons):
        enrolment = make_enrolment(cohort)
    client.force_login(enrolment.trainee)

    with django_assert_num_queries(4):  # session, person, document, whether it is theirs
        assert fetch(client, documents[0].url).status_code == 200


def test_a_later_edition_s_file_is_not_for_those_before():
    first, later = make_document(), make_document()
    course = make_course(sessions_required=1)
    lesson = make_lesson(make_session(course, 1), body=[step_block(), uses(first)])
    one = editions.make_edition(course=course, by=None, at=NOW)
    lesson.body = LessonBody().to_python([step_block(), uses(later, "audio")])
    lesson.save_revision().publish()
    two = editions.make_edition(course=course, by=None, at=NOW)

    held = [[file.document for file in edition.files.all()] for edition in (one, two)]

    assert held == [[first], [later]]


def test_captions_and_pictures_belong_to_an_edition_too():
    film, captions, picture = make_document("f.mp4"), make_document("c.vtt"), make_picture()
    course = make_course(sessions_required=1)
    image = {"image": picture.pk, "alt_text": "Arches", "decorative": False}
    film_block = uses(film, "video")
    film_block["value"]["captions"] = captions.pk
    body = [step_block(), film_block, {"type": "picture", "value": {"image": image}}]
    make_lesson(make_session(course, 1), body=body)

    edition = editions.make_edition(course=course, by=None, at=NOW)

    assert [(file.document, file.picture) for file in edition.files.order_by("pk")] == [
        (film, None),
        (captions, None),
        (None, picture),
    ]
