"""The database itself keeps certificates as they were issued, whoever writes to it.

- A certificate's columns are never updated; `pdf` and its hash are, once, from empty to drawn.
- A withdrawal is never updated.
- On PostgreSQL neither is deleted. On SQLite the models refuse to delete (a trigger there would
  also stop Django's `flush`, which deletes row by row; PostgreSQL's empties tables at one stroke).

SQLite drops triggers with the table when a later migration has to remake it, so a migration that
alters these tables runs `install` again. `tests/certificates/test_guard.py` notices.
"""

from django.db import migrations

ONCE = ["pdf", "pdf_sha256"]
MESSAGE = "A certificate stays as it was issued."

POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION certificates_refuse() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation';
END $$ LANGUAGE plpgsql
"""


def triggers(apps):
    """Yield (name, table, event, condition) of each trigger; both databases read them alike."""
    certificate = apps.get_model("certificates", "Certificate")._meta
    withdrawal = apps.get_model("certificates", "Withdrawal")._meta
    fixed = [f'"{field.column}"' for field in certificate.local_fields if field.name not in ONCE]
    once = [f'"{name}"' for name in ONCE]
    yield "certificate_is_not_rewritten", certificate.db_table, f"UPDATE OF {', '.join(fixed)}", ""
    yield (
        "certificate_is_drawn_once",
        certificate.db_table,
        f"UPDATE OF {', '.join(once)}",
        "WHEN (OLD.pdf IS NOT NULL)",
    )
    yield "withdrawal_is_not_rewritten", withdrawal.db_table, "UPDATE", ""


def deletions(apps):
    for model, name in [("Certificate", "certificate"), ("Withdrawal", "withdrawal")]:
        table = apps.get_model("certificates", model)._meta.db_table
        yield f"{name}_is_not_deleted", table, "DELETE", ""


def install(apps, schema_editor):
    remove(apps, schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
        for name, table, event, when in [*triggers(apps), *deletions(apps)]:
            schema_editor.execute(
                f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" '
                f"FOR EACH ROW {when} EXECUTE FUNCTION certificates_refuse()"
            )
    elif schema_editor.connection.vendor == "sqlite":
        for name, table, event, when in triggers(apps):
            schema_editor.execute(
                f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" '
                f"FOR EACH ROW {when} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, table, _event, _when in [*triggers(apps), *deletions(apps)]:
            schema_editor.execute(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
        schema_editor.execute("DROP FUNCTION IF EXISTS certificates_refuse()")
    elif schema_editor.connection.vendor == "sqlite":
        for name, _table, _event, _when in triggers(apps):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
