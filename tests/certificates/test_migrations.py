"""The way to here and back, with certificates in the database."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from certificates.models import Certificate
from tests.certificates.make import make_certificate, make_ready_certificate
from tests.factories.migrated import put_back_what_migrations_made

BEFORE = [("certificates", "0002_stays_as_issued")]
COLUMNS = ["pk", "milestone", "serial", "name", "training_day", "months", "pdf_sha256"]


def migrate(targets):
    MigrationExecutor(connection).migrate(targets)


def now():
    loader = MigrationExecutor(connection).loader
    return [node for node in loader.graph.leaf_nodes() if node[0] == "certificates"]


def guards():
    """The names of the triggers there are, whatever they are of."""
    of = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(of[connection.vendor])
        return {name for (name,) in cursor.fetchall() if "_is_" in name}


@pytest.mark.django_db(transaction=True)
def test_certificates_go_back_and_forth_and_stay_guarded():
    put_back_what_migrations_made()
    make_certificate()
    make_ready_certificate()
    before = list(Certificate.objects.order_by("pk").values(*COLUMNS)), guards()

    try:
        migrate(BEFORE)
        guarded_before = guards()
    finally:
        migrate(now())

    assert (list(Certificate.objects.order_by("pk").values(*COLUMNS)), guards()) == before
    assert "certificate_is_not_rewritten" in guarded_before
