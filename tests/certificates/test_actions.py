import hashlib
from datetime import date

import pytest

from certificates import actions, pdf
from certificates.models import Certificate, Withdrawal
from tests.certificates.make import ISSUED_AT, make_certificate, make_small_milestone
from tests.factories.courses import make_organisation, make_organiser, make_person

pytestmark = pytest.mark.django_db
NO_FONT_HAS = "\U00013000"  # a hieroglyph


def test_a_certificate_is_a_snapshot_of_what_was_reached():
    organisation = make_organisation("Canal Street Peer Support")
    trainee = make_person("Rhi", certificate_name="Rhiannon Ŵyn Prŷs")
    milestone = make_small_milestone(trainee, organisation, title="Listening well")

    certificate = actions.issue(milestone=milestone, at=ISSUED_AT)

    certificate = Certificate.objects.get(pk=certificate.pk)
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
    assert (certificate.design, certificate.issued_at) == ("letter-1", ISSUED_AT)
    assert certificate.state == "valid"


def test_the_bytes_are_drawn_at_once_and_kept_with_their_hash():
    certificate = Certificate.objects.get(pk=make_certificate().pk)

    assert bytes(certificate.pdf)[:8] == b"%PDF-1.7"
    assert certificate.pdf_sha256 == hashlib.sha256(certificate.pdf).hexdigest()


def test_issuing_twice_gives_the_same_certificate():
    milestone = make_small_milestone()

    first = actions.issue(milestone=milestone, at=ISSUED_AT)
    again = actions.issue(milestone=milestone, at=ISSUED_AT)

    assert (again.pk, again.serial, again.pdf_sha256) == (first.pk, first.serial, first.pdf_sha256)
    assert Certificate.objects.count() == 1


def test_issuing_and_drawing_takes_four_statements(django_assert_num_queries):
    milestone = make_small_milestone()
    assert milestone.edition  # as the announcement brings it, and without the trainee
    del milestone.enrolment._state.fields_cache["trainee"]

    with django_assert_num_queries(4):
        actions.issue(milestone=milestone, at=ISSUED_AT)


def test_a_later_change_of_name_changes_nothing():
    certificate = make_certificate(trainee=make_person("Old Name"))
    certificate.holder.name = "New Name"
    certificate.holder.save()

    assert Certificate.objects.get(pk=certificate.pk).name == "Old Name"


def test_nobody_is_issued_a_certificate_without_a_name_on_it():
    milestone = make_small_milestone(make_person(name=" "))

    with pytest.raises(actions.NameMissing):
        actions.issue(milestone=milestone, at=ISSUED_AT)

    assert Certificate.objects.count() == 0


def test_what_cannot_be_drawn_is_issued_all_the_same(caplog):
    milestone = make_small_milestone(make_person(f"Nefer {NO_FONT_HAS}"))

    certificate = actions.issue(milestone=milestone, at=ISSUED_AT)

    assert (certificate.name, certificate.is_drawn) == (f"Nefer {NO_FONT_HAS}", False)
    assert caplog.messages == [f"Certificate {certificate} is issued, but not drawn."]
    with pytest.raises(pdf.CannotDraw):
        actions.draw(certificate=certificate)


def test_who_draws_second_keeps_the_bytes_of_who_drew_first(settings):
    milestone = make_small_milestone()
    slower = actions.issue(milestone=milestone, at=ISSUED_AT)
    first = bytes(slower.pdf)
    slower.pdf, slower.pdf_sha256 = None, ""
    settings.SITE_ADDRESS = "https://elsewhere.example"

    actions.draw(certificate=slower)

    assert bytes(slower.pdf) == first


def test_C8_withdrawing_says_who_when_and_why():
    certificate = make_certificate()
    organiser = make_organiser(certificate.organisation)

    actions.withdraw(
        certificate=certificate, reason="safety", note="Spoken with.", by=organiser, at=ISSUED_AT
    )

    certificate = Certificate.objects.get(pk=certificate.pk)
    withdrawal = certificate.withdrawal
    assert certificate.state == "withdrawn"
    assert (withdrawal.reason, withdrawal.note) == ("safety", "Spoken with.")
    assert (withdrawal.withdrawn_by, withdrawal.withdrawn_at) == (organiser, ISSUED_AT)


def test_withdrawing_twice_keeps_the_first_reason():
    certificate = make_certificate()
    by = make_organiser(certificate.organisation)
    told = {"certificate": certificate, "by": by, "at": ISSUED_AT}

    actions.withdraw(reason="mistake", note="First.", **told)
    actions.withdraw(reason="other", note="Second.", **told)

    assert Withdrawal.objects.get().note == "First."


def test_withdrawing_does_not_touch_the_bytes():
    certificate = make_certificate()
    before = Certificate.objects.values().get()

    actions.withdraw(
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
