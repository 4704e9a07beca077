"""What the database refuses, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from certificates import actions
from certificates.models import Certificate, NeverDeleted, Withdrawal
from tests.certificates.make import ISSUED_AT, make_certificate
from tests.factories.courses import make_organiser

pytestmark = pytest.mark.django_db

ANOTHER = {
    "name": "Somebody Else",
    "course_title": "Another course",
    "edition_number": 99,
    "organisation_name": "Another organisation",
    "hours": 1,
    "first_day": "2020-01-01",
    "last_day": "2030-01-01",
    "done": [],
    "language": "cy",
    "design": "letter-9",
    "issued_at": "2030-01-01T00:00Z",
    "serial": "9X06PSRW67T2",
    "milestone": 0,
    "holder": 0,
    "organisation": 0,
}


def withdrawn(certificate):
    by = make_organiser(certificate.organisation)
    return actions.withdraw(
        certificate=certificate, reason="mistake", note="Twice.", by=by, at=ISSUED_AT
    )


def refuses(queryset, **values):
    with pytest.raises(IntegrityError, match="stays as it was issued"), transaction.atomic():
        queryset.update(**values)
    return True


def test_the_list_above_names_every_column_but_the_bytes():
    columns = {field.name for field in Certificate._meta.local_fields}

    assert columns - {"id", "pdf", "pdf_sha256"} == set(ANOTHER)


def test_no_column_of_a_certificate_is_rewritten():
    certificates = Certificate.objects.filter(pk=make_certificate().pk)

    refused = [column for column in ANOTHER if refuses(certificates, **{column: ANOTHER[column]})]

    assert refused == list(ANOTHER)


def test_bytes_once_drawn_are_not_drawn_again():
    certificate = make_certificate()

    assert certificate.is_drawn
    assert refuses(Certificate.objects.all(), pdf=b"other", pdf_sha256="other")
    assert refuses(Certificate.objects.all(), pdf=None, pdf_sha256="")


def test_a_withdrawal_is_not_rewritten():
    withdrawal = withdrawn(make_certificate())

    assert refuses(Withdrawal.objects.filter(pk=withdrawal.pk), note="Something else.")


def test_the_models_refuse_to_delete():
    certificate = make_certificate()
    withdrawal = withdrawn(certificate)

    for delete in [
        certificate.delete,
        withdrawal.delete,
        Certificate.objects.all().delete,
        Withdrawal.objects.all().delete,
    ]:
        with pytest.raises(NeverDeleted):
            delete()


if connection.vendor == "postgresql":  # a trigger of this kind would stop SQLite's own flush

    @pytest.mark.parametrize("table", ["certificates_certificate", "certificates_withdrawal"])
    def test_postgresql_refuses_to_delete(table):
        withdrawn(make_certificate())

        with pytest.raises(IntegrityError, match="stays as it was issued"), transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")  # noqa: S608 - two names of ours


def test_what_a_certificate_points_at_cannot_be_deleted():
    certificate = make_certificate()

    for kept in [certificate.holder, certificate.organisation, certificate.milestone]:
        with pytest.raises(ProtectedError):
            kept.delete()


@pytest.mark.parametrize(
    ("claim", "values"),
    [
        ("certificate_has_a_name_on_it", {"name": ""}),
        ("certificate_days_are_in_order", {"first_day": "2026-10-07", "last_day": "2026-10-06"}),
        ("pdf_and_its_hash_come_together", {"pdf_sha256": "0" * 64, "pdf": None}),
        ("pdf_and_its_hash_come_together", {"pdf_sha256": "", "pdf": b"%PDF"}),
    ],
)
def test_what_must_be_true_of_a_certificate(claim, values):
    certificate = make_certificate()
    copy = Certificate.objects.get(pk=certificate.pk)
    copy.pk, copy.serial = None, "9X06PSRW67T2"
    for name, value in values.items():
        setattr(copy, name, value)

    with pytest.raises(IntegrityError, match=claim), transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.parametrize(
    ("claim", "values"),
    [
        ("withdrawn_for_a_known_reason", {"reason": "whim", "note": "None."}),
        ("withdrawn_with_a_note", {"reason": "mistake", "note": ""}),
    ],
)
def test_what_must_be_true_of_a_withdrawal(claim, values):
    certificate = make_certificate()

    with pytest.raises(IntegrityError, match=claim), transaction.atomic():
        Withdrawal.objects.create(
            certificate=certificate,
            withdrawn_at=ISSUED_AT,
            withdrawn_by=certificate.holder,
            **values,
        )


@pytest.mark.django_db(transaction=True)
def test_a_test_database_can_still_be_emptied():
    withdrawn(make_certificate())  # the flush at the end of this test would complain
