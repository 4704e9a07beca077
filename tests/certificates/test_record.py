"""A person's own record: what they did, and a file of it that they keep."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from certificates.record import record_of
from courses.models import AttendanceMark
from tests.certificates.make import (
    make_certificate,
    make_ready_certificate,
    make_small_milestone,
    said,
    withdrawn,
)
from tests.factories.courses import (
    NOW,
    attend,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_person,
    watch,
)

pytestmark = pytest.mark.django_db


def unpacked(response):
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    return {name: archive.read(name) for name in archive.namelist()}


def test_it_tells_what_was_done_in_each_course():
    edition = make_edition(sessions=2, steps=1, sessions_required=1, title="Listening well")
    cohort = make_cohort(edition, make_organisation("Canal Street"), "Tuesday group")
    enrolment = make_enrolment(cohort, make_person("Amina Yusuf"))
    attend(enrolment, 1, 2)
    attend(enrolment, 2, mark=AttendanceMark.ABSENT)
    watch(enrolment, 1, at=NOW + timedelta(days=9))

    record = record_of(enrolment.trainee)

    [course] = record.courses
    assert (record.name, course.title, course.organisation) == (
        "Amina Yusuf",
        "Listening well",
        "Canal Street",
    )
    assert [(each.number, each.day) for each in course.sessions] == [(1, NOW.date())]
    assert course.practices == ((NOW + timedelta(days=9)).date(),)
    assert (course.lessons, course.reached) == ((), ())


def test_it_tells_what_was_reached_and_finished():
    milestone = make_small_milestone(make_person("Amina Yusuf"))

    [course] = record_of(milestone.enrolment.trainee).courses

    assert [each.kind for each in course.reached] == ["completion"]
    assert len(course.lessons) == 1


@pytest.mark.parametrize("courses", [1, 3])
def test_it_takes_six_queries(courses, django_assert_num_queries):
    person = make_person()
    for _n in range(courses):
        make_certificate(trainee=person)
    record_of(person)  # the editions are read once in a process

    with django_assert_num_queries(6):
        record = record_of(person)

    assert (len(record.courses), len(record.certificates)) == (courses, courses)


def test_the_page_tells_it_and_how_each_certificate_stands(signed_in):
    person = make_person("Amina Yusuf")
    make_ready_certificate(trainee=person)
    withdrawn(make_certificate(trainee=person))

    page = said(signed_in(person).get(reverse("record")))

    assert "Ready to co-facilitate: Becoming a peer facilitator 6 October 2026 · Counts until" in (
        page
    )
    assert "Becoming a peer facilitator 6 October 2026 · Withdrawn" in page
    assert "Lessons you finished Lesson 1.1" in page


def test_the_file_holds_the_very_bytes_and_the_data(signed_in):
    person = make_person("Amina Yusuf")
    certificate = make_certificate(trainee=person)

    response = signed_in(person).get(reverse("record_zip"))

    files = unpacked(response)
    name = f"certificates/certificate-{certificate.shown_serial}.pdf"
    assert files[name] == bytes(certificate.pdf)
    data = json.loads(files["record.json"])
    assert (data["name"], data["certificates"][0]["number"]) == (
        "Amina Yusuf",
        certificate.shown_serial,
    )
    assert data["courses"][0]["lessons"][0]["title"] == "Lesson 1.1"
    assert name in files["record.html"].decode()


def test_what_was_withdrawn_is_told_and_not_handed_out(signed_in):
    certificate = withdrawn(make_certificate())

    files = unpacked(signed_in(certificate.holder).get(reverse("record_zip")))

    assert sorted(files) == ["record.html", "record.json"]
    assert json.loads(files["record.json"])["certificates"][0]["state"] == "withdrawn"


def test_it_is_never_somebody_elses(signed_in):
    make_certificate(trainee=make_person("Amina Yusuf"))

    client = signed_in(make_person("Ben"))

    assert "Amina" not in said(client.get(reverse("record")))
    assert sorted(unpacked(client.get(reverse("record_zip")))) == ["record.html", "record.json"]


def test_before_the_first_course_it_says_what_will_be_here(signed_in):
    page = said(signed_in(make_person()).get(reverse("record")))

    assert "What you do in a course will be here" in page
