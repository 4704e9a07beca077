"""Takes a site's migrations back and forward again, and prints what came back otherwise, as JSON.

Run in the surroundings of a site: `python -m tests.reliability.backward 3` fills its database and
takes the last three migrations of each of our apps back: one, then two, then three of them, and
forward again each time. Without a number all but the first ones, which make the tables.

A migration that knows fewer words than are written by now stops on its way back. Then what is
there has to be as it was, and no earlier one of this app is tried.
"""

import json
import sys

import django

django.setup()

from django.db import IntegrityError, connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from tests.factories.everything import make_everything  # noqa: E402

OURS = ("lms", "content", "courses", "certificates")
NOT_OURS = {"django_migrations", "sqlite_sequence"}
GUARDS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def places_to_go_back_to(app, how_many=None):
    """Return the migrations of an app that its newest ones can be taken back to, nearest first."""
    nodes = MigrationExecutor(connection).loader.graph.nodes
    names = sorted(name for label, name in nodes if label == app)
    first = max(place for place, name in enumerate(names) if place == 0 or "_initial" in name)
    return names[first:-1][::-1][:how_many]


def read():
    """Return what the database holds: {table: (columns, rows)}, and the names of its guards."""
    with connection.cursor() as cursor:
        tables = {}
        for table in sorted(set(connection.introspection.table_names(cursor)) - NOT_OURS):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            tables[table] = (columns, cursor.fetchall())
        cursor.execute(GUARDS[connection.vendor])
        return tables, sorted(name for (name,) in cursor.fetchall())


def cut(table, columns):
    """Return the rows of a table with these columns only, in an order of their own."""
    names, rows = table
    places = [names.index(column) for column in columns]
    return sorted(repr([row[place] for place in places]) for row in rows)


def lost(before, between, after):
    """Name what is not as it was, and each column that was there all the time and changed."""
    (tables, guards), (meanwhile, _), (now, guards_now) = before, between, after
    shape = {table: sorted(columns) for table, (columns, _) in tables.items()}
    shape_now = {table: sorted(columns) for table, (columns, _) in now.items()}
    faults = [f"the columns of {table}" for table in shape if shape[table] != shape_now.get(table)]
    faults += [f"the guard {name}" for name in sorted({*guards} ^ {*guards_now})]
    for table in sorted(tables.keys() & meanwhile.keys() & now.keys()):
        common = [column for column in tables[table][0] if column in meanwhile[table][0]]
        was = cut(tables[table], common)
        faults += [f"{table}, while back"] if cut(meanwhile[table], common) != was else []
        faults += [f"{table}, after"] if cut(now[table], common) != was else []
    return faults


def migrate(*targets):
    MigrationExecutor(connection).migrate(targets)


def back_and_forward(place):
    """Return what is not as it was before, and whether the way back was open."""
    before = read()
    is_open = True
    try:
        migrate(place)
    except IntegrityError:
        is_open = False
    between = read()
    migrate(*newest())
    return lost(before, between, read()), is_open


def newest():
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    return [node for node in leaves if node[0] in OURS]


def main(how_many=None):
    make_everything()
    told, stopped = {}, []
    for app in OURS:
        for name in places_to_go_back_to(app, how_many):
            told[f"{app}/{name}"], is_open = back_and_forward((app, name))
            if not is_open:
                stopped.append(f"{app}/{name}")
                break
    rows = sum(len(rows) for _, rows in read()[0].values())
    print(json.dumps({"lost": told, "stopped": stopped, "rows": rows}))  # noqa: T201


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
