"""The database itself keeps the trail of changes as it was written, whoever writes to it.

No row of it is updated; on PostgreSQL none is deleted either. On SQLite a trigger against that
would also stop Django's `flush`, which deletes row by row. Only migrations call this.
"""

MESSAGE = "What was changed stays written down."
FUNCTION = f"""
CREATE OR REPLACE FUNCTION courses_refuse() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation';
END $$ LANGUAGE plpgsql
"""


def install(apps, schema_editor):
    """Put the triggers in place, or in place again."""
    remove(apps, schema_editor)
    table = apps.get_model("courses", "Change")._meta.db_table
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f'CREATE TRIGGER change_stays_{event.lower()} BEFORE {event} ON "{table}" '
                "FOR EACH ROW EXECUTE FUNCTION courses_refuse()"
            )
    elif schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f'CREATE TRIGGER change_stays_update BEFORE UPDATE ON "{table}" '
            f"FOR EACH ROW BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def remove(apps, schema_editor):
    """Take the triggers away, for a migration that goes back."""
    table = apps.get_model("courses", "Change")._meta.db_table
    if schema_editor.connection.vendor == "postgresql":
        for event in ("update", "delete"):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS change_stays_{event} ON "{table}"')
        schema_editor.execute("DROP FUNCTION IF EXISTS courses_refuse()")
    elif schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS change_stays_update")
