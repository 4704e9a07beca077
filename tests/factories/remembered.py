"""What takes a factory long to make is made once in each process, and then written down again.

Wagtail checks, draws up and signs each page that is saved. A course with six sessions takes it a
third of a second, and a thousand tests begin with one.
"""

from functools import cache, wraps

from django.apps import apps
from django.db import connection, transaction


def remembered(make):
    """Let `make`, which makes a record out of plain values, write again what it wrote before.

    It does so where the tables that it writes to are as they were then; anywhere else it makes
    things as usual.
    """
    known = {}

    @wraps(make)
    def made(*args, **values):
        asked = repr((args, sorted(values.items())))
        if asked in known:
            return known[asked].write() if known[asked].fits() else make(*args, **values)
        before = _everything()
        record = make(*args, **values)
        known[asked] = _Written(record, before, _everything())
        return record

    return made


class _Written:
    """A record, and every row that was added or changed to make it."""

    def __init__(self, record, before, after):
        self.model, self.pk = type(record), record.pk
        self.rows = {
            table: {pk: row for pk, row in rows.items() if before[table].get(pk) != row}
            for table, rows in after.items()
            if before[table] != rows
        }
        self.before = {table: before[table] for table in self.rows}

    def fits(self):
        return all(_rows(table, _tables()[table]) == rows for table, rows in self.before.items())

    @transaction.atomic  # what a row names may come after it
    def write(self):
        for table, rows in self.rows.items():
            key, columns = _tables()[table], next(iter(rows.values()))
            names = ", ".join(_quoted(name) for name in columns)
            places = ", ".join(["%s"] * len(columns))
            with connection.cursor() as cursor:
                gone = f"DELETE FROM {_quoted(table)} WHERE {_quoted(key)} = %s"  # noqa: S608
                cursor.executemany(gone, [[pk] for pk in rows])
                there = f"INSERT INTO {_quoted(table)} ({names}) VALUES ({places})"  # noqa: S608
                cursor.executemany(there, [list(row.values()) for row in rows.values()])
        return self.model._default_manager.get(pk=self.pk)


@cache
def _tables():
    """Each table, and the column that tells its rows apart."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model._meta.pk.column for model in models}


def _everything():
    """All rows there are: {table: {key: {column: value}}}."""
    return {table: _rows(table, key) for table, key in _tables().items()}


def _rows(table, key):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    # SQLite's index of words has no such column. Nothing that is remembered is noted there.
    return {row[key]: row for row in rows} if key in names else {}


def _quoted(name):
    return connection.ops.quote_name(name)
