"""What the database refuses, whoever asks."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from certificates import guard
from certificates.actions import afterwards
from certificates.models import (
    Certificate,
    Erased,
    Letterhead,
    NameTurn,
    NeverDeleted,
    PauseTurn,
    Renewal,
    Withdrawal,
)
from tests.certificates.make import ISSUED_AT, make_certificate
from tests.factories.courses import make_organiser
from tests.factories.migrated import put_back_what_migrations_made

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
    "replaces": 0,
    "replaced_because": "name",
    "replaced_note": "Another reason.",
    "issued_by": 0,
    "training_day": "2020-01-01",
    "months": 99,
    "competencies": ["everything"],
    "letterhead": 0,
}


def withdrawn(certificate):
    by = make_organiser(certificate.organisation)
    return afterwards.withdraw(
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


def rows_beside(certificate):
    """One row of each kind that is added beside a certificate, and what it must not become."""
    told = {"milestone": certificate.milestone, "at": ISSUED_AT}
    by = certificate.holder
    day = ISSUED_AT.date()
    letterhead = Letterhead.objects.create(
        organisation=certificate.organisation,
        layout="letter",
        paper="a4",
        colour="#0d5c5b",
        language="en-gb",
        fingerprint="0" * 64,
        made_at=ISSUED_AT,
    )
    return [
        (withdrawn(certificate), {"note": "Something else."}),
        (Renewal.objects.create(kind="series", day=day, by=by, **told), {"kind": "refresher"}),
        (
            PauseTurn.objects.create(day=day, is_paused=True, reason="ill", by=by, **told),
            {"reason": "caring"},
        ),
        (NameTurn.objects.create(is_hidden=True, **told), {"is_hidden": False}),
        (letterhead, {"colour": "#000000"}),
        (
            Erased.objects.create(certificate=certificate, keeps_name=True, at=ISSUED_AT),
            {"keeps_name": False},
        ),
    ]


def test_the_rows_above_are_all_that_are_added():
    rows = rows_beside(make_certificate())

    assert {type(row).__name__ for row, _values in rows} == set(guard.ADDED_TO)


def test_nothing_that_was_added_is_rewritten():
    rows = rows_beside(make_certificate())

    refused = [
        type(row).__name__
        for row, values in rows
        if refuses(type(row).objects.filter(pk=row.pk), **values)
    ]

    assert len(refused) == len(rows)


def test_the_models_refuse_to_delete():
    certificate = make_certificate()
    beside = [row for row, _values in rows_beside(certificate)]

    for delete in [
        deleting
        for row in [certificate, *beside]
        for deleting in (row.delete, type(row).objects.all().delete)
    ]:
        with pytest.raises(NeverDeleted):
            delete()


if connection.vendor == "postgresql":  # a trigger of this kind would stop SQLite's own flush

    @pytest.mark.parametrize("model", ["Certificate", *guard.ADDED_TO])
    def test_postgresql_refuses_to_delete(model):
        rows_beside(make_certificate())
        table = apps.get_model("certificates", model)._meta.db_table

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
        ("stays as it was issued", {"name": "", "pdf": None, "pdf_sha256": ""}),
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


def test_what_is_about_somebody_goes_only_when_they_asked_to_be_forgotten():
    certificate = make_certificate()
    withdrawal = Withdrawal.objects.filter(pk=withdrawn(certificate).pk)
    certificates = Certificate.objects.filter(pk=certificate.pk)

    assert refuses(certificates, name="", pdf=None)
    assert refuses(withdrawal, note=guard.GONE)
    Erased.objects.create(certificate=certificate, keeps_name=True, at=ISSUED_AT)
    assert refuses(certificates, name="", pdf=None)
    assert withdrawal.update(note=guard.GONE) == 1
    Erased.objects.create(certificate=certificate, keeps_name=False, at=ISSUED_AT)
    assert certificates.update(name="", pdf=None) == 1


def test_nothing_comes_in_the_place_of_what_went():
    certificate = make_certificate()
    certificates = Certificate.objects.filter(pk=certificate.pk)
    Erased.objects.create(certificate=certificate, keeps_name=False, at=ISSUED_AT)

    assert refuses(certificates, name="Somebody Else", pdf=None)
    assert refuses(certificates, pdf=b"other")
    assert refuses(certificates, name="", pdf=None, pdf_sha256="")
    assert certificates.update(name="", pdf=None) == 1
    assert refuses(certificates, name=certificate.name)
    assert refuses(certificates, pdf=bytes(certificate.pdf))
    assert refuses(certificates, serial="9X06PSRW67T2")
    assert list(certificates.values_list("serial", "pdf_sha256")) == [
        (certificate.serial, certificate.pdf_sha256)
    ]


@pytest.mark.django_db(transaction=True)
def test_a_test_database_can_still_be_emptied():
    put_back_what_migrations_made()
    withdrawn(make_certificate())  # the flush at the end of this test would complain
