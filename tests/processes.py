"""Other processes that work on the database of a test, as another machine would."""

from urllib.parse import quote

from django.db import connection


def this_database():
    """The address of the very database that the test is using."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    host = quote(str(found["HOST"]), safe="")
    return f"postgres://{found['USER']}@{host}/{found['NAME']}"
