"""The table of all that is kept knows every table, every column of words and every person."""

from importlib import import_module
from io import StringIO

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import models

from lms.privacy.kept import TABLE, rows

WORDS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
)


def tables():
    """Every model whose rows are kept, with those between two others."""
    found = apps.get_models(include_auto_created=True)
    return {each._meta.label: each for each in found if not each._meta.proxy}


def columns(model):
    """Every column of a model in which words can be kept."""
    own = model._meta.local_fields
    return {each.name for each in own if isinstance(each, WORDS) and not each.choices}


def people(model):
    """Every column of a model that names a person."""
    user = get_user_model()
    own = model._meta.local_fields
    return {each.name for each in own if each.is_relation and each.related_model is user}


def test_every_model_has_one_row():
    assert sorted(row.model for row in rows()) == sorted(tables())


def test_no_row_is_left_over_from_a_model_that_is_gone():
    labels = {config.label for config in apps.get_app_configs()}
    gone = {row.model for row in TABLE if row.model.split(".")[0] in labels} - set(tables())

    assert gone <= {"modelsearch.SQLiteFTSIndexEntry"}  # there on SQLite


def test_every_column_of_words_is_told_what_becomes_of_it():
    for row in rows():
        there = columns(tables()[row.model])
        told = {*row.blank, *row.stays, *row.untaken, row.address} - {""}
        assert there - told == (there - told if row.goes else set()), row.model
        fields = {each.name for each in tables()[row.model]._meta.local_fields}
        assert told <= fields, row.model


def test_every_person_in_a_row_is_told_what_becomes_of_them():
    for row in rows():
        told = {*row.of, *row.by, *row.let_go}
        assert people(tables()[row.model]) <= told, row.model


def test_everything_that_is_let_go_can_be_empty():
    for row in rows():
        for column in row.let_go:
            assert tables()[row.model]._meta.get_field(column).null, (row.model, column)


def test_whoever_does_what_the_columns_cannot_say_is_there():
    named = {row.handled for row in rows() if row.handled}

    assert [import_module(each).__doc__ is None for each in sorted(named)] == [False] * len(named)


def test_what_is_about_people_and_stays_says_why():
    unsaid = [row.model for row in rows() if not row.why]

    assert unsaid == []


def test_the_page_for_charities_is_what_the_table_says():
    printed = StringIO()
    call_command("what_is_kept", stdout=printed)

    assert printed.getvalue() == (settings.BASE_DIR / "docs/privacy.md").read_text()
