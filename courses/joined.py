"""Rows of another table beside each row of a query, in one column: no further query for each."""

import json
from datetime import UTC, datetime

from django.db.models import Aggregate, OuterRef, Subquery, TextField
from django.db.models.functions import Cast, JSONObject


class Lines(Aggregate):
    """Many texts as one, a line for each. JSON has no line breaks of its own."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, '\n')"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, function="STRING_AGG", **extra)


def rows_of(queryset, way, of="pk", /, **fields):
    """Return an expression for the rows of a queryset that belong to the row at hand.

    `way` is theirs to it, like "enrolment", and leads to its `of`; `fields` is what each row
    tells, by name. What the database answers is read by `read`, in no order.
    """
    told = Lines(Cast(JSONObject(**fields), TextField()))
    mine = queryset.filter(**{way: OuterRef(of)}).order_by().values(way)
    return Subquery(mine.annotate(told=told).values("told"))


def read(told):
    """Return the rows that `rows_of` told of, as dictionaries."""
    return [json.loads(line) for line in told.split("\n")] if told else []


def data(told):
    """Return a JSON column of such a row as data; SQLite tells it as a text within the text."""
    return json.loads(told) if isinstance(told, str) else told


def moment(told):
    """Return a moment as a row tells it; SQLite leaves out that it is in UTC."""
    if told is None:
        return None
    read_as = datetime.fromisoformat(told)
    return read_as if read_as.tzinfo else read_as.replace(tzinfo=UTC)
