from io import StringIO

import pytest
from django.core.management import call_command
from django.test import TestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.actions import afterwards
from certificates.models import Certificate, Renewal
from courses.actions import ready
from courses.dates import after_months
from courses.models import AttendanceMark, Milestone
from tests.certificates.make import (
    ISSUED_AT,
    make_certificate,
    make_ready_certificate,
    make_small_milestone,
)
from tests.factories.courses import (
    attend,
    finish_all_lessons,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_ready_edition,
    meet_all_but_sign_off,
)
from tests.factories.delivered import check, hold_all, make_group
from tests.factories.standing import standing_of

pytestmark = pytest.mark.django_db


def small_enrolment(trainee=None):
    edition = make_edition(sessions=1, steps=1, sessions_required=1)
    return make_enrolment(make_cohort(edition), trainee=trainee)


def catch_up():
    said = StringIO()
    call_command("issue_missing_certificates", stdout=said)
    return said.getvalue().splitlines()


def test_reaching_the_milestone_issues_the_certificate_with_it(
    django_capture_on_commit_callbacks,
):
    enrolment = small_enrolment()
    finish_all_lessons(enrolment)

    with django_capture_on_commit_callbacks(execute=True):
        attend(enrolment, 1, at=ISSUED_AT)

    certificate = Certificate.objects.get()
    assert certificate.milestone == Milestone.objects.get()
    assert (certificate.issued_at, certificate.is_drawn) == (ISSUED_AT, True)


def test_being_signed_off_as_ready_issues_a_second_certificate_of_its_own(
    django_capture_on_commit_callbacks,
):
    organisation = make_organisation()
    enrolment = make_enrolment(make_cohort(make_ready_edition(), organisation))
    meet_all_but_sign_off(enrolment)
    catch_up()

    with django_capture_on_commit_callbacks(execute=True):
        ready.sign_off(enrolment=enrolment, by=make_organiser(organisation), at=ISSUED_AT)

    first, second = Certificate.objects.order_by("pk")
    assert [each.design for each in (first, second)] == ["letter-2", "letter-2"]
    assert [each.is_of_ready for each in (first, second)] == [False, True]
    assert (second.issued_at, second.is_drawn) == (ISSUED_AT, True)
    assert second.last_day.isoformat() == second.milestone.evidence["training_date"]
    assert first.done == ["took part in live sessions"]
    assert second.done == [
        "took part in live sessions",
        "answered the questions about safety as the course asks",
        "signed the role and confidentiality agreements",
        "led two activities while an observer watched",
    ]


def test_catching_up_issues_a_certificate_of_ready_as_well():
    organisation = make_organisation()
    enrolment = make_enrolment(make_cohort(make_ready_edition(), organisation))
    meet_all_but_sign_off(enrolment)
    ready.sign_off(enrolment=enrolment, by=make_organiser(organisation), at=ISSUED_AT)

    assert catch_up()[0] == "Issued: 2. Drawn: 2."


def test_nothing_is_issued_before_the_course_is_complete(django_capture_on_commit_callbacks):
    enrolment = small_enrolment()

    with django_capture_on_commit_callbacks(execute=True):
        attend(enrolment, 1, at=ISSUED_AT)

    assert Certificate.objects.count() == 0


def test_a_name_that_is_missing_does_not_undo_what_was_reached(
    django_capture_on_commit_callbacks,
):
    enrolment = small_enrolment(make_person(name=""))
    finish_all_lessons(enrolment)

    with django_capture_on_commit_callbacks(execute=True):
        attend(enrolment, 1, at=ISSUED_AT)

    assert Milestone.objects.count() == 1
    assert Certificate.objects.count() == 0


def test_catching_up_issues_what_is_missing_and_only_that():
    there = make_certificate()
    missing = [make_small_milestone(), make_small_milestone()]

    said = catch_up()

    assert said == ["Issued: 2. Drawn: 2."]
    issued = Certificate.objects.exclude(pk=there.pk)
    assert {certificate.milestone for certificate in issued} == set(missing)
    assert catch_up() == ["Issued: 0. Drawn: 0."]


def test_catching_up_says_who_is_left():
    make_small_milestone(make_person(name=""))
    make_certificate(trainee=make_person("Nefer \U00013000"))

    assert catch_up() == [
        "Issued: 0. Drawn: 0.",
        "Waiting for a name: 1.",
        "Could not be drawn: 1. The log says why.",
    ]


def test_catching_up_draws_what_could_not_be_drawn_before():
    certificate = make_certificate()
    undrawn = Certificate.objects.get(pk=certificate.pk)
    milestone = make_small_milestone()
    Certificate.objects.bulk_create([_copy(undrawn, milestone)])

    assert catch_up() == ["Issued: 0. Drawn: 1."]
    assert Certificate.objects.undrawn().count() == 0


def _copy(certificate, milestone):
    certificate.pk, certificate.milestone, certificate.serial = None, milestone, "9X06PSRW67T2"
    certificate.pdf, certificate.pdf_sha256 = None, ""
    return certificate


def test_a_whole_series_that_was_led_renews_what_the_pair_is_ready_for():
    organisation = make_organisation()
    pair = [make_person("Amina"), make_person("Ben")]
    certificates = [
        make_ready_certificate(trainee=person, organisation=organisation) for person in pair
    ]
    group = make_group(organisation, pair)
    with TestCase.captureOnCommitCallbacks(execute=True):
        hold_all(group)
        check(group)

    anew = [Certificate.objects.for_reading().get(pk=each.pk) for each in certificates]

    [day] = {renewal.day for renewal in Renewal.objects.all()}
    assert Renewal.objects.count() == 2
    assert [each.active_until(day) for each in anew] == [after_months(day, 12)] * 2


def test_a_series_whose_announcement_was_missed_is_caught_up_with_once():
    organisation = make_organisation()
    pair = [make_person("Amina"), make_person("Ben")]
    for person in pair:
        make_ready_certificate(trainee=person, organisation=organisation)
    group = make_group(organisation, pair)
    hold_all(group)
    check(group)

    caught_up = [afterwards.renew_by_all_series(at=ISSUED_AT) for _n in range(2)]

    assert caught_up == [2, 0]


@given(
    attended=st.sets(st.integers(1, 6)),
    finishes=st.booleans(),
    corrected=st.sets(st.integers(1, 6)),
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_certificate_exists_that_the_rule_did_not_grant(attended, finishes, corrected):
    """Whatever is marked, finished and corrected, and in which order: no rule, no certificate."""
    edition = make_edition(sessions=6, steps=1, sessions_required=4)
    enrolment = make_enrolment(make_cohort(edition))
    granted = False

    with TestCase.captureOnCommitCallbacks(execute=True):
        for number in sorted(attended):
            attend(enrolment, number)
            granted |= standing_of(enrolment).is_complete
        if finishes:
            finish_all_lessons(enrolment)
            granted |= standing_of(enrolment).is_complete
        for number in sorted(corrected):
            attend(enrolment, number, mark=AttendanceMark.ABSENT)
            granted |= standing_of(enrolment).is_complete

    has_one = Certificate.objects.filter(milestone__enrolment=enrolment).exists()
    assert has_one == granted
