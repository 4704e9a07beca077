"""What a form does not ask for cannot be slipped in with it.

A robot opens every page that takes something, as somebody who may, and sends its forms twice: as
they are, and with a field more for every column of every table. Then all tables are looked
through for what was slipped in.

ASVS 5.0: V15.3.3 (fields that a form does not ask for are not taken).
"""

from functools import cache

import pytest
from django.apps import apps
from django.db import models, transaction
from django.forms import modelform_factory
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from courses.models import Enrolment, Organisation, Role
from lms.models import User
from tests.factories.courses import make_person
from tests.factories.remembered import _everything as all_rows
from tests.security.forms_filled import forms_on
from tests.security.who_may import WHO_MAY

pytestmark = pytest.mark.django_db

OURS = ("lms", "courses", "certificates", "content")
# What is slipped in. Each stands nowhere else, so that it is found again wherever it went.
DECOY = 987654
WORD, DAY, KEY = "zqslippedqz", "2001-02-03", "f00df00d-f00d-4f00-8f00-f00df00df00d"


def slipped_in():
    """A value for each name of a column, in the way in which a form would send it."""
    values = {"pk": DECOY, "id": DECOY}
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            for column in model._meta.concrete_fields:
                values[column.name] = values[column.attname] = _value(column)
    return values


def _value(column):
    if isinstance(column, models.BooleanField):
        return "on"
    if isinstance(column, models.DateTimeField):
        return f"{DAY}T04:05"
    if isinstance(column, models.DateField):
        return DAY
    if isinstance(column, models.UUIDField):
        return KEY
    if column.is_relation or isinstance(column, models.IntegerField):
        return DECOY
    return column.choices[-1][0] if column.choices else WORD


def make_decoys():
    """What numbers that are slipped in lead to: a foreign key to nothing would be refused."""
    make_person("Dora Decoy", pk=DECOY)
    Organisation.objects.create(pk=DECOY, name="Decoy")
    first = Enrolment.objects.first()
    cohort = first.cohort
    cohort.pk, cohort.organisation_id, cohort.join_code = DECOY, DECOY, "DECOY"
    cohort.save(force_insert=True)
    Enrolment.objects.create(
        pk=DECOY, cohort_id=DECOY, trainee_id=DECOY, joined_at=first.joined_at
    )


def changed_by(client, form, more=()):
    """Send a form, take it back, and return the rows that it left: {(table, column): values}."""
    before = all_rows()
    with transaction.atomic():
        client.post(form.action, form.sent | {name: [value] for name, value in more})
        after = all_rows()
        transaction.set_rollback(True)
    return [
        (table, column, value, before[table].get(key, {}).get(column))
        for table, rows in after.items()
        for key, row in rows.items()
        if before[table].get(key) != row and table not in WAGTAILS
        for column, value in row.items()
    ]


# What sessions and Wagtail's own log hold is no record of anybody's.
WAGTAILS = ("django_session", "shared_cache")


def found_again(changed, plain):
    """Return the columns in which something is that was slipped in."""
    usual = {(table, column, value) for table, column, value, _before in plain}
    return {
        (table, column)
        for table, column, value, before in changed
        if value != before
        and (
            any(mark in str(value) for mark in (WORD, DAY, KEY, str(DECOY)))
            or ((table, column) in chosen() and (table, column, value) not in usual)
        )
    }


@cache
def chosen():
    """Columns in which few things can stand, so that what is slipped in looks like any other."""
    return {
        (model._meta.db_table, column.column)
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, models.BooleanField) or column.choices
    }


def attack(client, town, names):
    """Try all forms on these pages. Return (where something got in, how many changed anything)."""
    more, got_in, got_through = slipped_in(), {}, set()
    for name in names:
        here = town.address(name)
        page = client.get(here)
        if "text/html" not in page.headers.get("Content-Type", "") or page.status_code != 200:
            continue
        for form in forms_on(page, here):
            plain = changed_by(client, form)
            if plain:
                got_through.add(form.action)
            extra = [(key, value) for key, value in more.items() if key not in form.names]
            if found := found_again(changed_by(client, form, extra), plain):
                got_in[form.action] = found
    return got_in, got_through


# Who sends, and how many different forms of theirs have to get through: the robot is no use if
# its forms are turned away.
@pytest.mark.parametrize(
    ("who", "at_least"),
    [("owner", 5), ("organiser", 7), ("facilitator", 2), ("observer", 1), ("mentor", 1)],
)
def test_nothing_can_be_slipped_in_with_a_form(who, at_least, town):
    client = Client()
    make_decoys()
    client.force_login(town.person(who))
    pages = [
        name
        for name, row in WHO_MAY.items()
        if who in row.get and not name.startswith(("wagtail", "cms"))
    ]

    got_in, got_through = attack(client, town, pages)

    assert got_in == {}
    assert len(got_through) >= at_least, sorted(got_through)


# --- The attack, against a form that takes what comes ------------------------------------------


def takes_all(request):
    """A form over all columns, which its page does not show."""
    form = modelform_factory(User, fields=["name", "is_superuser"])(
        request.POST or None, instance=request.user
    )
    if form.is_valid():
        form.save()
    return HttpResponse('<form method="post"><input name="name" value="Amina"></form>')


urlpatterns = [path("me/", takes_all, name="me")]


class OnePage:
    """Stands for a town with one page."""

    def address(self, name):
        return f"/{name}/"


@pytest.mark.urls("tests.security.test_mass_assignment")
def test_the_same_attack_gets_in_where_a_form_takes_all_columns(client):
    amina = make_person("Amina")
    client.force_login(amina)

    got_in, _got_through = attack(client, OnePage(), ["me"])

    assert got_in == {"/me/": {("lms_user", "is_superuser")}}
    assert not Role.objects.filter(person=amina).exists()
