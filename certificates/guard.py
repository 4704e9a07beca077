"""The database itself keeps what was issued, whoever writes to it.

- A certificate's columns are never updated; `pdf` and its hash are, once, from empty to drawn.
- What happened to a certificate afterwards is never updated.
- Where a row `Erased` says that its holder asked to be forgotten, exactly what is about them may
  go: the name, the bytes, and what was noted. Nothing else may come in its place.
- On PostgreSQL none is deleted. On SQLite the models refuse to delete (a trigger there would also
  stop Django's `flush`, which deletes row by row; PostgreSQL's empties tables at one stroke).

Only migrations call this. SQLite drops triggers with a table that a migration has to remake, so a
migration that alters one of these tables ends with `install`. `tests/certificates/test_guard.py`
notices where it does not.
"""

from typing import NamedTuple

ONCE = ("pdf", "pdf_sha256")
ADDED_TO = ("Withdrawal", "Renewal", "PauseTurn", "NameTurn", "Letterhead", "Erased")
MESSAGE = "A certificate stays as it was issued."
GONE = "–"  # stands where something was noted, and has to stand

_ERASED = 'EXISTS (SELECT 1 FROM "certificates_erased" AS e WHERE e."certificate_id" = '
_OF_MILESTONE = (
    'EXISTS (SELECT 1 FROM "certificates_erased" AS e JOIN "certificates_certificate" AS c '
    'ON c."id" = e."certificate_id" WHERE c."milestone_id" = OLD."milestone_id")'
)
_WITHOUT_NAME = f'{_ERASED}OLD."id" AND NOT e."keeps_name")'
# What may go when somebody is forgotten: {model: {column: when a change of it is let through}}.
MAY_GO = {
    "Certificate": {
        "name": f"NEW.\"name\" = '' AND {_WITHOUT_NAME}",
        "replaced_note": f'NEW."replaced_note" = \'\' AND {_ERASED}OLD."id")',
    },
    "Withdrawal": {"note": f'NEW."note" = \'{GONE}\' AND {_ERASED}OLD."certificate_id")'},
    "Renewal": {"note": f"NEW.\"note\" = '' AND {_OF_MILESTONE}"},
    "PauseTurn": {"reason": f"NEW.\"reason\" = 'other' AND {_OF_MILESTONE}"},
}
_DRAWN_OR_GONE = (
    "(OLD.\"pdf_sha256\" = '' AND NEW.\"name\" <> '') OR "
    'NEW."pdf" IS NULL AND NEW."pdf_sha256" = OLD."pdf_sha256" AND '
    f"{_WITHOUT_NAME}"
)


class Trigger(NamedTuple):
    """What is refused, besides what is `let_through`: an expression both databases read alike.

    PostgreSQL looks into no other table in the condition of a trigger, so it asks in its function.
    """

    name: str
    table: str
    event: str
    when: str = ""
    let_through: str = ""


def install(apps, schema_editor):
    """Put the triggers in place, or in place again."""
    remove(apps, schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        for each in [*_updates(apps), *_deletions(apps)]:
            asked = f"IF {each.let_through} THEN RETURN NEW; END IF;" if each.let_through else ""
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {_function(each)}() RETURNS trigger AS $$ BEGIN "
                f"{asked} RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; "
                "END $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(
                f'CREATE TRIGGER {each.name} BEFORE {each.event} ON "{each.table}" '
                f"FOR EACH ROW {each.when} EXECUTE FUNCTION {_function(each)}()"
            )
    elif schema_editor.connection.vendor == "sqlite":
        for each in _updates(apps):
            when = f"WHEN NOT ({each.let_through})" if each.let_through else each.when
            schema_editor.execute(
                f'CREATE TRIGGER {each.name} BEFORE {each.event} ON "{each.table}" '
                f"FOR EACH ROW {when} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def remove(apps, schema_editor):
    """Take the triggers away, for a migration that goes back."""
    if schema_editor.connection.vendor == "postgresql":
        there = [*_updates(apps), *_deletions(apps)]
        for each in there:
            schema_editor.execute(f'DROP TRIGGER IF EXISTS {each.name} ON "{each.table}"')
        for function in {_function(each) for each in there}:  # nothing depends on them any more
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {function}()")
    elif schema_editor.connection.vendor == "sqlite":
        for each in _updates(apps):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {each.name}")


def _function(trigger):
    """All that refuse without a question share one."""
    return f"{trigger.name}_unless" if trigger.let_through else "certificates_refuse"


def _updates(apps):
    """Yield each Trigger that keeps rows as they were, and lets none be made without a name."""
    table = apps.get_model("certificates", "Certificate")._meta.db_table
    yield from _rewriting(apps, "Certificate", besides=ONCE)
    once = f"UPDATE OF {_columns(ONCE)}"
    if _knows_of_erasing(apps):
        yield Trigger("certificate_is_drawn_once", table, once, let_through=_DRAWN_OR_GONE)
        nameless = "WHEN (NEW.\"name\" = '')"
        yield Trigger("certificate_is_issued_with_a_name", table, "INSERT", nameless)
    else:
        yield Trigger("certificate_is_drawn_once", table, once, "WHEN (OLD.pdf IS NOT NULL)")
    for name in _added_to(apps):
        yield from _rewriting(apps, name)


def _rewriting(apps, name, besides=()):
    meta = apps.get_model("certificates", name)._meta
    may_go = MAY_GO.get(name, {}) if _knows_of_erasing(apps) else {}
    fixed = [f.column for f in meta.local_fields if f.name not in {*besides, *may_go}]
    label = name.lower()
    yield Trigger(f"{label}_is_not_rewritten", meta.db_table, f"UPDATE OF {_columns(fixed)}")
    for column, let_through in may_go.items():
        event = f"UPDATE OF {_columns([column])}"
        yield Trigger(f"{label}_keeps_its_{column}", meta.db_table, event, "", let_through)


def _deletions(apps):
    for name in ["Certificate", *_added_to(apps)]:
        table = apps.get_model("certificates", name)._meta.db_table
        yield Trigger(f"{name.lower()}_is_not_deleted", table, "DELETE")


def _added_to(apps):
    """Return those kinds of rows beside a certificate that there are at this migration."""
    return [name for name in ADDED_TO if name.lower() in apps.all_models["certificates"]]


def _knows_of_erasing(apps):
    return "erased" in apps.all_models["certificates"]


def _columns(names):
    return ", ".join(f'"{name}"' for name in names)
