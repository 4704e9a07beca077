"""What browsers tell they blocked: read with care, logged once, and about nobody.

ASVS 5.0: V3.4.7 (the content policy has somewhere to report to).
"""

import json
import logging

import pytest
from django.core.cache import cache

from lms import csp_reports

pytestmark = pytest.mark.django_db

HERE = "/csp-reports/"


@pytest.fixture(autouse=True)
def logged(caplog):
    cache.clear()
    caplog.set_level(logging.WARNING, "lms.csp_reports")
    yield lambda: [each.getMessage() for each in caplog.records if each.name == "lms.csp_reports"]
    cache.clear()


def old(**more):
    report = {
        "document-uri": "http://testserver/learning/17/listening/?who=amina",
        "effective-directive": "img-src",
        "blocked-uri": "https://tracker.example.com/pixel?of=amina",
    }
    return {"csp-report": report | more}


def new(count=1):
    body = {
        "documentURL": "http://testserver/learning/17/",
        "effectiveDirective": "script-src-elem",
        "blockedURL": "inline",
    }
    return [{"type": "csp-violation", "age": 3, "body": body}] * count


def send(client, sent, kind="application/csp-report"):
    data = sent if isinstance(sent, (bytes, str)) else json.dumps(sent)
    return client.post(HERE, data, content_type=kind)


def test_a_report_is_logged_without_anything_that_says_whose_page_it_was(client, logged):
    response = send(client, old())

    assert (response.status_code, response.content) == (204, b"")
    assert logged() == [
        "A page was kept from using something: img-src from https://tracker.example.com, "
        "on learning/<int:pk>/<slug:session>/"
    ]


def test_the_newer_form_is_read_as_well(client, logged):
    send(client, new(), "application/reports+json")

    assert logged() == [
        "A page was kept from using something: script-src-elem from inline, on learning/<int:pk>/"
    ]


def test_the_same_kind_is_logged_once_an_hour(client, logged):
    for _again in range(3):
        send(client, old())
    send(client, new(5), "application/reports+json")

    assert len(logged()) == 2


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[",
        b"\xff\xfe",
        b"[" * 10_000,
        "7",
        "null",
        {},
        {"csp-report": 7},
        [7, {"type": "csp-violation"}, {"type": "crash", "body": {}}],
        old(**{"effective-directive": "img-src\nFORGED LINE"}),
        old(**{"effective-directive": "<script>"}),
        old(**{"effective-directive": "x" * 41}),
        "x" * (csp_reports.LARGEST + 1),
    ],
)
def test_what_is_no_report_is_answered_alike_and_kept_nowhere(sent, client, logged):
    assert (send(client, sent).status_code, logged()) == (204, [])


@pytest.mark.parametrize(
    ("blocked", "told"),
    [
        ("https://amina:secret@example.com/x", "https://example.com"),
        ("data:text/html,Amina", "data"),
        ("https://exa mple.com/\nFORGED", "unknown"),
        ("//[", "unknown"),
        (7, "unknown"),
        (None, "unknown"),
    ],
)
def test_of_where_it_came_from_only_the_site_is_kept(blocked, told, client, logged):
    send(client, old(**{"blocked-uri": blocked}))

    assert [each.rsplit(" from ", 1)[1].split(",")[0] for each in logged()] == [told]


def test_one_visitor_cannot_fill_the_log(client, logged):
    for n in range(csp_reports.EACH + 5):
        send(client, old(**{"blocked-uri": f"https://{n}.example.com/"}))

    assert len(logged()) == csp_reports.EACH


def test_many_visitors_cannot_fill_the_log(client, logged):
    for n in range(csp_reports.KINDS + 5):
        client.post(
            HERE,
            json.dumps(old(**{"blocked-uri": f"https://{n}.example.com/"})),
            content_type="application/csp-report",
            REMOTE_ADDR=f"10.0.{n // 250}.{n % 250}",
        )

    assert len(logged()) == csp_reports.KINDS


def test_browsers_are_told_where_to_tell(client):
    assert client.get("/join/").headers["Reporting-Endpoints"] == 'csp="/csp-reports/"'
