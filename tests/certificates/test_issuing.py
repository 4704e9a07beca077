import hashlib
import uuid
from datetime import date

import pytest
from django_tasks_db.models import DBTaskResult
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates import letterheads, pdf
from certificates.actions import afterwards, issuing
from certificates.models import Certificate, Withdrawal
from content import paper
from courses.actions import durable, editions, ready
from courses.models import Milestone, Organisation
from tests.certificates.make import (
    ISSUED_AT,
    make_certificate,
    make_ready_certificate,
    make_small_milestone,
)
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_milestone,
    make_organisation,
    make_organiser,
    make_person,
    make_ready_edition,
    make_session,
    meet_all_but_sign_off,
)
from tests.factories.languages import in_spanish

pytestmark = pytest.mark.django_db
NO_FONT_HAS = "\U00013000"  # a hieroglyph


def test_a_certificate_is_a_snapshot_of_what_was_reached():
    organisation = make_organisation("Canal Street Peer Support")
    trainee = make_person("Rhi", certificate_name="Rhiannon Ŵyn Prŷs")
    milestone = make_small_milestone(trainee, organisation, title="Listening well")

    certificate = issuing.issue(milestone=milestone, at=ISSUED_AT)

    certificate = Certificate.objects.for_reading().get(pk=certificate.pk)
    assert (certificate.milestone, certificate.holder) == (milestone, trainee)
    assert (certificate.organisation, certificate.organisation_name) == (
        organisation,
        "Canal Street Peer Support",
    )
    assert certificate.name == "Rhiannon Ŵyn Prŷs"
    assert (certificate.course_title, certificate.edition_number) == ("Listening well", 1)
    assert certificate.hours == 20
    assert certificate.first_day == certificate.last_day == date(2026, 9, 1)
    assert certificate.done == ["took part in live sessions"]
    assert certificate.language == milestone.edition.language
    assert (certificate.design, certificate.issued_at) == ("letter-2", ISSUED_AT)
    assert certificate.state == "valid"


def test_the_bytes_are_drawn_at_once_and_kept_with_their_hash():
    certificate = Certificate.objects.get(pk=make_certificate().pk)

    assert bytes(certificate.pdf)[:8] == b"%PDF-1.7"
    assert certificate.pdf_sha256 == hashlib.sha256(certificate.pdf).hexdigest()


def test_issuing_twice_gives_the_same_certificate():
    milestone = make_small_milestone()

    first = issuing.issue(milestone=milestone, at=ISSUED_AT)
    again = issuing.issue(milestone=milestone, at=ISSUED_AT)

    assert (again.pk, again.serial, again.pdf_sha256) == (first.pk, first.serial, first.pdf_sha256)
    assert Certificate.objects.count() == 1


def test_issuing_and_drawing_takes_seven_statements(django_assert_num_queries):
    milestone = make_small_milestone()
    assert milestone.edition  # as the announcement brings it, and without the trainee
    letterheads.frozen(milestone.enrolment.cohort.organisation, milestone.edition.language)
    del milestone.enrolment._state.fields_cache["trainee"]

    with django_assert_num_queries(7):
        issuing.issue(milestone=milestone, at=ISSUED_AT)


def test_a_later_change_of_name_changes_nothing():
    certificate = make_certificate(trainee=make_person("Old Name"))
    certificate.holder.name = "New Name"
    certificate.holder.save()

    assert Certificate.objects.for_reading().get(pk=certificate.pk).name == "Old Name"


def test_nobody_is_issued_a_certificate_without_a_name_on_it():
    milestone = make_small_milestone(make_person(name=" "))

    with pytest.raises(issuing.NameMissing):
        issuing.issue(milestone=milestone, at=ISSUED_AT)

    assert Certificate.objects.count() == 0


def test_what_cannot_be_drawn_is_issued_all_the_same(caplog):
    milestone = make_small_milestone(make_person(f"Nefer {NO_FONT_HAS}"))

    certificate = issuing.issue(milestone=milestone, at=ISSUED_AT)

    assert (certificate.name, certificate.is_drawn) == (f"Nefer {NO_FONT_HAS}", False)
    assert caplog.messages == [f"Certificate {certificate} is issued, but not drawn."]
    with pytest.raises(pdf.CannotDraw):
        issuing.draw(certificate=certificate)


def test_what_could_not_be_drawn_is_drawn_later_without_anybody_asking(monkeypatch):
    milestone = make_small_milestone()
    with monkeypatch.context() as without_libraries:
        without_libraries.setattr(paper, "_library", lambda: None)
        certificate = issuing.issue(milestone=milestone, at=ISSUED_AT)
        issuing.issue(milestone=milestone, at=ISSUED_AT)
    waiting = DBTaskResult.objects.get()
    DBTaskResult.objects.update(run_after=waiting.enqueued_at)

    assert durable.work_off() == (1, 0)

    certificate.refresh_from_db()
    assert certificate.is_drawn
    assert waiting.args_kwargs == {"args": [certificate.pk], "kwargs": {}}


def test_who_draws_second_keeps_the_bytes_of_who_drew_first(settings):
    milestone = make_small_milestone()
    slower = issuing.issue(milestone=milestone, at=ISSUED_AT)
    first = bytes(slower.pdf)
    slower.pdf, slower.pdf_sha256 = None, ""
    settings.SITE_ADDRESS = "https://elsewhere.example"

    issuing.draw(certificate=slower)

    assert bytes(slower.pdf) == first


def test_C8_withdrawing_says_who_when_and_why():
    certificate = make_certificate()
    organiser = make_organiser(certificate.organisation)

    afterwards.withdraw(
        certificate=certificate, reason="safety", note="Spoken with.", by=organiser, at=ISSUED_AT
    )

    certificate = Certificate.objects.for_reading().get(pk=certificate.pk)
    withdrawal = certificate.withdrawal
    assert certificate.state == "withdrawn"
    assert (withdrawal.reason, withdrawal.note) == ("safety", "Spoken with.")
    assert (withdrawal.withdrawn_by, withdrawal.withdrawn_at) == (organiser, ISSUED_AT)


def test_withdrawing_twice_keeps_the_first_reason():
    certificate = make_certificate()
    by = make_organiser(certificate.organisation)
    told = {"certificate": certificate, "by": by, "at": ISSUED_AT}

    afterwards.withdraw(reason="mistake", note="First.", **told)
    afterwards.withdraw(reason="other", note="Second.", **told)

    assert Withdrawal.objects.get().note == "First."


def test_withdrawing_does_not_touch_the_bytes():
    certificate = make_certificate()
    before = Certificate.objects.values().get()

    afterwards.withdraw(
        certificate=certificate,
        reason="mistake",
        note="Twice.",
        by=certificate.holder,
        at=ISSUED_AT,
    )

    assert Certificate.objects.values().get() == before


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_persons_certificates_take_one_query_and_leave_the_bytes(
    django_assert_num_queries, how_many
):
    trainee = make_person()
    issued = [make_certificate(trainee=trainee) for _n in range(how_many)]
    make_certificate()

    with django_assert_num_queries(1):
        found = list(Certificate.objects.of(trainee))
        states = [certificate.state for certificate in found]

    assert found == issued[::-1]
    assert states == ["valid"] * how_many
    assert found[0].get_deferred_fields() == {"pdf"}


def test_an_organisations_certificates_are_its_own():
    organisation = make_organisation()
    certificate = make_certificate(organisation=organisation)
    make_certificate()

    assert list(Certificate.objects.issued_by(organisation)) == [certificate]


# --- in whose language, and what was shown ------------------------------------------------------


@pytest.fixture
def spanish_edition():
    """An edition of a course that was translated whole: its title, and what was done."""
    course = make_course(title="Listening well", sessions_required=1)
    make_lesson(make_session(course, 1))
    in_spanish(
        course,
        **{
            "Listening well": "Escuchar bien",
            "took part in live sessions": "participó en sesiones en vivo",
        },
    )
    return editions.make_edition(course=course, by=None, at=NOW)


@pytest.mark.parametrize(
    ("reads", "language", "title", "done"),
    [
        ("es", "es", "Escuchar bien", ["participó en sesiones en vivo"]),
        ("", "en-gb", "Listening well", ["took part in live sessions"]),
        ("cy", "en-gb", "Listening well", ["took part in live sessions"]),
    ],
)
def test_a_certificate_is_in_its_holders_language_where_the_course_is(
    spanish_edition, reads, language, title, done
):
    trainee = make_person("Lucía", language=reads)
    milestone = make_milestone(make_enrolment(make_cohort(spanish_edition), trainee=trainee))

    certificate = issuing.issue(milestone=milestone, at=ISSUED_AT)

    assert (certificate.language, certificate.course_title) == (language, title)
    assert certificate.done == done


def test_C7_ready_says_what_was_observed_and_for_how_many_months_it_counts():
    organisation = make_organisation()
    organisation.ready_for_months = 18
    organisation.save()
    enrolment = make_enrolment(make_cohort(make_ready_edition(), organisation))
    meet_all_but_sign_off(enrolment)
    ready.sign_off(enrolment=enrolment, by=make_organiser(organisation), at=ISSUED_AT)

    completion, is_ready = (
        issuing.issue(milestone=each, at=ISSUED_AT)
        for each in Milestone.objects.order_by("kind").select_related("enrolment__cohort")
    )

    assert (completion.months, completion.competencies) == (None, [])
    assert is_ready.months == 18
    assert is_ready.competencies == [f"Criterion PF{n}" for n in range(1, 11)]


def test_a_later_change_of_the_months_leaves_what_was_issued():
    certificate = make_ready_certificate()
    before = certificate.standing()

    Organisation.objects.update(ready_for_months=1)

    assert Certificate.objects.for_reading().get(pk=certificate.pk).standing() == before


# --- no byte ever changes ----------------------------------------------------------------------

EDITS = {
    "the holder's name": lambda it, word: set_all(it.holder, name=word, certificate_name=word),
    "the organisation": lambda it, word: set_all(it.organisation, name=word, ready_for_months=3),
    "the course": lambda it, word: set_all(it.milestone.edition.course, title=word),
    "a renewal": lambda it, word: afterwards.renew(
        milestone=it.milestone,
        kind="refresher",
        day=ISSUED_AT.date(),
        note=word,
        by=it.holder,
        at=ISSUED_AT,
    ),
    "a new name on another one": lambda it, word: issuing.reissue(
        certificate=it, because="name", name=word, by=it.holder, at=ISSUED_AT
    ),
    "drawing again": lambda it, word: issuing.draw(certificate=it),
    "issuing again": lambda it, word: issuing.issue(milestone=it.milestone, at=ISSUED_AT),
}


def set_all(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@given(
    edits=st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=6),
    words=st.lists(st.text("abcé <&", min_size=1, max_size=9), min_size=6, max_size=6),
)
@settings(max_examples=20, deadline=None)
def test_no_edit_of_anything_changes_a_byte_of_what_was_issued(edits, words):
    certificate = make_certificate()
    before = Certificate.objects.values().get(pk=certificate.pk)

    for edit, word in zip(edits, words, strict=False):
        again = Certificate.objects.for_reading().get(pk=certificate.pk)
        EDITS[edit](again, f"{word}{uuid.uuid4()}")

    assert Certificate.objects.values().get(pk=certificate.pk) == before
