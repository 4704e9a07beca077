"""What the site writes down about its work: enough to find a fault, and nothing about people."""

import io
import json
import logging
import re

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from certificates.actions import issuing
from content import traces
from courses.models import Reflection
from lms import logs
from lms.views import people
from tests.certificates.make import ISSUED_AT, make_small_milestone
from tests.factories.courses import make_cohort, make_edition, make_enrolment, make_person

MARK = "zqmarkqz"
ADDRESS = f"{MARK}@example.org"


@pytest.fixture
def written():
    """A function that returns the lines since it was last asked, as a site for people writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Lines())
    root, before = logging.getLogger(), logs.requests.level
    root.addHandler(handler)
    logs.requests.setLevel(logging.INFO)
    yield lambda: _taken(stream)
    root.removeHandler(handler)
    logs.requests.setLevel(before)


def _taken(stream):
    text = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return [json.loads(line) for line in text.splitlines()]


def broken(_request, **_what):
    raise IntegrityError(f"Key (email)=({ADDRESS}) already exists. {MARK}")


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_a_request_is_one_line_that_says_how_it_went(client, written):
    enrolment = make_enrolment(make_cohort(make_edition(sessions=1)))
    client.force_login(enrolment.trainee)
    written()

    response = client.get(f"/learning/{enrolment.pk}/?q={MARK}")

    (line,) = written()
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT[\d:.]+\+00:00", line.pop("time"))
    assert isinstance(line.pop("ms"), int)
    assert line == {
        "level": "info",
        "logger": "lms.requests",
        "message": "asked",
        "request": response.headers["X-Request-ID"],
        "method": "GET",
        "pattern": "/learning/<int:pk>/",
        "status": 200,
    }


@pytest.mark.django_db
def test_nothing_of_anybody_is_written_down_wherever_they_go(client, written, monkeypatch):
    person = make_person(f"{MARK} Núñez", ADDRESS)
    enrolment = make_enrolment(make_cohort(make_edition(sessions=1)), person)
    lesson = enrolment.cohort.edition.outline.lessons[0]
    sign_in = client.post("/account/sign-in/", {"email": ADDRESS})
    code = re.search(r"^(\d{6})$", mail.outbox[0].body, re.M)[1]
    client.post(sign_in.url, {"code": "000000"})
    client.post(sign_in.url, {"code": code})
    at = f"/learning/{enrolment.pk}/session-1/{lesson.slug}/1/"
    asked = {
        at: 200,
        f"/{MARK}/": 404,
        f"/join/{MARK}/": 302,
        f"/join/i/{MARK}/": 410,
        f"/card/{MARK}/": 200,
        f"/calendar/{MARK}.ics": 404,
        f"/check/{MARK}/": 404,
        f"/learning/?next={MARK}": 200,
        f"/h5p/{MARK}/": 404,
    }

    answers = {path: client.get(path).status_code for path in asked}
    client.post(f"{at}finish/", {"key": MARK, "text": MARK}, headers={"X-Request-ID": MARK})
    client.get("/", headers={"Host": f"{MARK}.example", "User-Agent": MARK, "Referer": MARK})
    Client(enforce_csrf_checks=True).post("/join/", {"code": MARK})
    client.request(REQUEST_METHOD=MARK.upper(), PATH_INFO="/")
    monkeypatch.setattr(people, "remember", broken)
    client.get("/learning/")

    lines = written()
    assert answers == asked
    assert {line["level"] for line in lines} == {"info", "warning", "error"}
    assert len([line for line in lines if line["logger"] == "lms.requests"]) > len(asked)
    assert MARK not in json.dumps(lines).lower()
    assert code not in [line["message"] for line in lines]


@pytest.mark.django_db
def test_a_fault_is_told_by_its_kind_and_its_way_there(client, written, monkeypatch):
    client.force_login(make_person())
    monkeypatch.setattr(people, "remember", broken)
    written()

    response = client.get("/learning/")

    fault, asked = written()
    assert (fault["fault"], fault["level"]) == ("django.db.utils.IntegrityError", "error")
    assert "lms/views/people.py" in fault["where"]
    assert fault["where"].splitlines()[-1].endswith("broken")
    assert (asked["status"], asked["request"]) == (500, fault["request"])
    assert f"quote this number: <strong>{fault['request']}</strong>" in response.content.decode()


@pytest.mark.django_db
def test_a_certificate_that_cannot_be_drawn_is_told_by_its_key_not_by_its_serial(written):
    certificate = issuing.issue(
        milestone=make_small_milestone(make_person("Nefer \U00013000")), at=ISSUED_AT
    )

    (line,) = written()

    assert line["message"] == f"Certificate Certificate {certificate.pk} is issued, but not drawn."
    assert certificate.shown_serial not in json.dumps(line)


@pytest.mark.parametrize("given_by_front", ["0f8fad5b-d9cb-469f-a165-70867728950e", "ab" * 16])
def test_a_number_that_a_server_in_front_made_is_taken_over(given_by_front):
    assert logs.new_number(given_by_front) == given_by_front


@given(st.text() | st.from_regex(r"[A-Za-z0-9 .@-]{1,40}", fullmatch=True))
def test_a_number_is_never_a_word_of_anybodys(given_by_front):
    number = logs.new_number(given_by_front)

    assert re.fullmatch(r"[23456789BCDFGHJKMNPQRTVWXZ]{8}|[0-9a-f-]{16,36}", number)


def line_of(logger, message, *arguments):
    record = logging.LogRecord(logger, logging.WARNING, "x.py", 1, message, arguments, None, "do")
    return json.loads(logs.Lines().format(record))["message"]


def test_what_others_write_keeps_its_form_and_loses_what_it_was_about():
    assert line_of("django.request", "%s: %s", "Not Found", f"/{MARK}/") == "…: …"
    assert line_of("elsewhere", "took %d of %s", 3, MARK) == "took 3 of …"
    assert line_of("elsewhere", "took %d", MARK) == "took %d"
    assert line_of("django.security.DisallowedHost", f"Invalid host {MARK}") == "x.do"


def test_what_we_write_keeps_its_words_but_no_address_and_no_record():
    reflection = Reflection(pk=7, text=MARK)

    assert line_of("courses.x", "tick: %s", "remind") == "tick: remind"
    assert line_of("courses.x", "%s: %s", reflection, ValueError(MARK)) == (
        "Reflection 7: builtins.ValueError"
    )
    assert line_of("courses.x", "to %s", ADDRESS) == "to (an address)"


@given(st.text(min_size=12))
def test_a_fault_and_those_that_led_to_it_say_nothing_of_what_they_were_about(words):
    try:
        try:
            raise ValueError(words)
        except ValueError as first:
            raise KeyError(words) from first
    except KeyError as fault:
        told = traces.where(fault)

    assert [line for line in told.splitlines() if "  " not in line[:2]] == [
        "builtins.KeyError",
        "from builtins.ValueError",
    ]
