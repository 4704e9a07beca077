"""What people write is shown as they wrote it, and is never anything else than words.

Into every column of words goes the same attack: markup that breaks out of an attribute, a
template's braces, and where links can stand an address that is script. Then everybody opens every
page there is.

ASVS 5.0: V1.2.1 (output is encoded for where it stands), V1.2.2 (no script in addresses), V1.2.10
(tables for spreadsheets), V1.3.7 (no templates from what people write).
"""

import csv
import io
import re
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils.safestring import mark_safe

from tests.security.who_may import WHO_MAY

pytestmark = pytest.mark.django_db

MARKUP = "\"><zqx>{{'zqt'|upper}}"
ADDRESS = "javascript:zqx()"
FORMULA = "=zqx()"
TABLES = {"cohort_csv", "cohort_xlsx", "cohort_figures_csv", "organisation_figures_csv"}
READERS = ("owner", "organiser", "facilitator", "observer", "mentor")
# What is made by a machine and read by one: with other words in it nothing would be found again.
FOR_MACHINES = re.compile(
    "key|code|token|hash|slug|path|serial|language|design|sha|email|kind|status|timezone|"
    "fingerprint|locale|version|sample|criterion|template|which|directory|machine|purpose|password"
)
# What Wagtail keeps, and rich text, which is cleaned as it is saved: test_prose.py.
OURS = ("lms", "courses", "certificates")


def plant(words):
    """Put words into every column that can hold them. Return the names of those columns."""
    return {
        f"{model.__name__}.{column.name}"
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for column in model._meta.local_fields
        if _holds_words(column) and _planted(model, column, words)
    }


def _holds_words(column):
    is_text = isinstance(column, (models.CharField, models.TextField))
    return is_text and not column.choices and not FOR_MACHINES.search(column.name)


def _planted(model, column, words):
    """Write past everything: forms, actions, and what keeps people to what they may write."""
    rows = list(model._base_manager.values_list("pk", flat=True))
    for n, pk in enumerate(rows):
        said = (words if n == 0 else f"{words}{n}")[: column.max_length]
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=pk).update(**{column.name: said})
                connection.check_constraints()
        except IntegrityError:
            return False
        except Exception as refused:  # what the database itself keeps, like certificates
            if "stays as it was" not in str(refused):
                raise
            return False
    return bool(rows)


def opened(town, who, names=tuple(WHO_MAY)):
    """Open every page that this person may, and yield (name, answer, its bytes)."""
    client = Client()
    client.force_login(town.person(who))
    for name in names:
        if who in WHO_MAY[name].get and not name.startswith("cms"):
            response = client.get(town.address(name))
            is_in = response.status_code != 404 and "/sign-in/" not in response.get("Location", "")
            assert is_in, name
            yield name, response, response.getvalue()


def is_page(response):
    return "html" in response.headers.get("Content-Type", "")


def broken_out(body):
    """Whether words became markup, or were read as a template."""
    return b"<zqx" in body or b"ZQT" in body


def script_addresses(body):
    """The addresses on a page that are script."""
    page = BeautifulSoup(body, "html.parser")
    return [
        each[name]
        for each in page.find_all(True)
        for name in ("href", "src", "action", "formaction", "data", "poster")
        if each.get(name, "").strip().lower().startswith("javascript:")
    ]


@pytest.mark.parametrize("who", READERS)
def test_what_is_written_stays_words_on_every_page(who, town):
    planted = plant(MARKUP)

    pages = [(name, body) for name, answer, body in opened(town, who) if is_page(answer)]

    assert [name for name, body in pages if broken_out(body)] == []
    # It was there to be seen: a page that shows nothing of it would prove nothing.
    assert len(planted) >= 30, planted
    assert [name for name, body in pages if b"&lt;zqx" in body]


@pytest.mark.parametrize("who", ["owner", "organiser"])
def test_no_link_leads_to_script(who, town):
    plant(ADDRESS)

    assert {
        name: found
        for name, answer, body in opened(town, who)
        if is_page(answer) and (found := script_addresses(body))
    } == {}


def test_these_are_all_tables_there_are(town):
    assert {
        name
        for name, answer, _body in opened(town, "organiser")
        if re.search("csv|spreadsheet", answer.headers.get("Content-Type", ""))
    } == TABLES


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_any_export_is_a_formula(first, town):
    plant(first + FORMULA[1:])

    exports = {name: body for name, _answer, body in opened(town, "organiser", TABLES)}

    cells = [
        cell
        for name in TABLES - {"cohort_xlsx"}
        for row in csv.reader(io.StringIO(exports[name].decode("utf-8-sig")))
        for cell in row
    ]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert any("zqx()" in cell for cell in cells)
    with zipfile.ZipFile(io.BytesIO(exports["cohort_xlsx"])) as book:
        assert [name for name in book.namelist() if b"<f>" in book.read(name)] == []


def test_a_mail_holds_what_was_written_as_words_and_keeps_its_head(
    town, django_capture_on_commit_callbacks
):
    """A name with a line's end in it adds no line to the head of a mail."""
    from django.core.management import call_command

    plant(MARKUP)
    plant_names("Amina\r\nBcc: everyone@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        call_command("tick")

    assert mail.outbox
    assert [each for each in mail.outbox if each.bcc or "\n" in each.subject] == []
    html = [body for each in mail.outbox for body, kind in getattr(each, "alternatives", [])]
    assert [body for body in html if "<zqx" in body] == []


def plant_names(name):
    apps.get_model("lms", "User")._base_manager.update(name=name)


# --- The attack, against a page that trusts what people wrote -----------------------------------


def test_the_same_words_break_out_where_a_page_trusts_them():
    said = HttpResponse(mark_safe(f'<input value="{MARKUP}">'))  # noqa: S308 - that is the hole
    link = HttpResponse(f'<a href="{ADDRESS}">more</a>')

    assert broken_out(said.content)
    assert script_addresses(link.content) == [ADDRESS]
