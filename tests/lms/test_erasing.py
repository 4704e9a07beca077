"""Somebody is forgotten: nothing about them is found, and nothing of anybody else's goes."""

import re
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from certificates.models import Certificate
from courses import board, counting
from courses.actions.people import LastOrganiser
from courses.models import Enrolment
from lms.actions import erasing, erasure_list
from lms.models import Erasure
from lms.privacy.kept import rows
from tests.factories.courses import (
    NOW,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
)
from tests.factories.everything import WORDS, make_everything
from tests.factories.migrated import put_back_what_migrations_made
from tests.factories.standing import standing_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=400)


@pytest.fixture(autouse=True)
def _a_list_of_its_own(settings, tmp_path):
    """The list is a file beside the database; each test begins with none."""
    settings.ERASURE_LIST = tmp_path / "erased.jsonl"


def cells():
    """Yield (table, row, column, what is in it) of the whole database, asked without models."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            for number, found in enumerate(cursor.fetchall()):
                for name, value in zip(names, found, strict=True):
                    yield table, number, name, value


def planted(words=WORDS):
    """Where in the database the words are found: {word: where}."""
    found = {}
    for table, _number, column, value in cells():
        text = value.decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
        for what, word in words.items():
            if word in text:
                found.setdefault(what, set()).add(f"{table}.{column}")
    for session in Session.objects.all():
        for what, word in words.items():
            if word in str(session.get_decoded()):
                found.setdefault(what, set()).add("sessions")
    return found


def in_files(words, since):
    """Which words are found in which file below the site's folder that was written since then."""
    called = {word.encode(): what for what, word in words.items()}
    any_of_them = re.compile(b"|".join(called))
    return {
        (called[word], path.name)
        for path in settings.DATA_DIR.rglob("*")
        if path.is_file() and path.stat().st_mtime >= since
        for word in any_of_them.findall(path.name.encode() + path.read_bytes())
    }


def test_there_is_something_of_them_in_every_table():
    person = make_everything(WORDS)

    empty = [
        row.model
        for row in rows()
        if row.is_about_people and not erasing.about(row, person).exists()
    ]

    assert empty == ["certificates.Erased"]  # it comes with the erasing itself


def test_every_word_is_there_before():
    make_everything(WORDS)

    assert set(planted()) == set(WORDS)


@pytest.mark.parametrize("keeps_certificates", [False, True])
def test_nothing_is_found_in_any_column(keeps_certificates):
    person = make_everything(WORDS)

    erasing.erase(person=person, at=LATER, by=person, keeps_certificates=keeps_certificates)

    on_paper = {"certificate name": {"certificates_certificate.name"}}
    assert planted() == (on_paper if keeps_certificates else {})


@pytest.mark.django_db(transaction=True)
def test_nothing_is_found_in_any_file():
    put_back_what_migrations_made()
    words = {what: word.replace("zq", "zz") for what, word in WORDS.items()}  # of this test alone
    before = time.time() - 1  # the files of other tests lie in the same folder
    person = make_everything(words)
    if connection.vendor == "sqlite":
        assert {what for what, _name in in_files(words, before)} == set(words)

    erasing.erase(person=person, at=LATER, by=person)
    erasing.leave_no_trace()

    assert in_files(words, before) == set()


def test_nothing_of_anybody_else_changes():
    """Two people of whom there is as much: no row changes or goes that is not about the one."""
    amina, _ben = make_everything(WORDS), make_everything(name="Ben")
    before = {row.model: by_key(row) for row in rows()}
    allowed = {row.model: with_them_in_it(row, amina) for row in rows()}

    erasing.erase(person=amina, at=LATER, by=amina)

    after = {row.model: by_key(row) for row in rows()}
    changed = {
        (model, key)
        for model, there in before.items()
        for key, values in there.items()
        if after[model].get(key) != values and key not in allowed[model]
    }
    assert changed == set()


def test_all_that_comes_by_it_is_that_it_was_done():
    person = make_everything(WORDS)
    before = {row.model: set(by_key(row)) for row in rows()}

    erasing.erase(person=person, at=LATER, by=person)

    come = {row.model for row in rows() if set(by_key(row)) - before[row.model]}
    assert come == {"lms.Erasure", "certificates.Erased"}


def by_key(row):
    return {each["pk"]: each for each in every(row).values("pk", *columns_of(row))}


def columns_of(row):
    return [field.name for field in apps.get_model(row.model)._meta.local_fields]


def every(row):
    return apps.get_model(row.model)._base_manager.order_by("pk")


def with_them_in_it(row, person):
    """The keys of the rows that are about a person, by them, or tell of them in words."""
    keys = set(theirs_by_key(row, person)) if row.is_about_people else set()
    for column in row.let_go:
        keys |= set(every(row).filter(**{column: person.pk}).values_list("pk", flat=True))
    if row.model == "sessions.Session":
        own = (each for each in Session.objects.all() if is_theirs(each, person))
        keys |= {each.pk for each in own}
    if row.model == "courses.Message":
        keys |= set(every(row).filter(by=person).values_list("pk", flat=True))
    if row.model == "courses.SignOff":
        named = every(row).filter(name__contains=WORDS["name"])
        keys |= set(named.values_list("pk", flat=True))
    if row.model == "wagtailcore.ModelLogEntry":
        keys |= set(every(row).filter(object_id=str(person.pk)).values_list("pk", flat=True))
    return keys


def theirs_by_key(row, person):
    return erasing.about(row, person).values_list("pk", flat=True)


def is_theirs(session, person):
    return session.get_decoded().get("_auth_user_id") == str(person.pk)


def theirs(row, person):
    return list(erasing.about(row, person).order_by("pk").values())


def test_the_standing_of_the_one_who_went_is_as_it_was():
    person = make_everything(WORDS)
    enrolment = Enrolment.objects.get(trainee=person)
    before = standing_of(enrolment)

    erasing.erase(person=person, at=LATER, by=person)

    assert standing_of(enrolment) == before


def figures(cohort):
    """What is counted of a group, and its board without who they are."""
    rows = board.load(cohort, LATER).rows
    nameless = [replace(row, name="", email="", reasons=()) for row in rows]
    return counting.counted_in([cohort], LATER), nameless


def test_the_board_and_the_figures_of_their_group_are_as_they_were():
    person = make_everything(WORDS)
    cohort = Enrolment.objects.get(trainee=person).cohort
    before = figures(cohort)

    erasing.erase(person=person, at=LATER, by=person)

    assert figures(cohort) == before
    row = board.load(cohort, LATER).rows[0]
    assert (row.name, row.email) == ("Somebody who has left", "")


def test_nobody_is_asked_to_call_who_was_forgotten():
    enrolment = make_enrolment()
    person, cohort = enrolment.trainee, enrolment.cohort
    before = len(board.load(cohort, LATER).to_call)

    erasing.erase(person=person, at=LATER, by=person)

    assert (before, len(board.load(cohort, LATER).to_call)) == (1, 0)


def test_whoever_is_forgotten_cannot_sign_in_and_has_no_role():
    person = make_everything(WORDS)

    erasing.erase(person=person, at=LATER, by=person)

    left = get_user_model().objects.get(pk=person.pk)
    assert (left.name_as_kept, left.email, left.is_active) == ("", None, False)
    assert left.name == "Somebody who has left"
    assert not left.has_usable_password()
    assert not left.roles.in_force().exists()


def test_files_of_a_course_stay_and_belong_to_nobody():
    person = make_everything(WORDS)

    erasing.erase(person=person, at=LATER, by=person)

    for model in ("content.CourseDocument", "content.Picture"):
        kept = apps.get_model(model).objects.get()
        assert (kept.uploaded_by_user, kept.file.storage.exists(kept.file.name)) == (None, True)


def test_erasing_twice_is_once():
    person = make_everything(WORDS)
    erasing.erase(person=person, at=LATER, by=person)
    before = {row.model: theirs(row, person) for row in rows() if row.is_about_people}

    erasing.erase(person=person, at=LATER + timedelta(days=1), by=None)

    assert {row.model: theirs(row, person) for row in rows() if row.is_about_people} == before


def test_saving_who_was_forgotten_gives_them_no_name():
    person = make_person()
    erasing.erase(person=person, at=LATER, by=person)
    left = get_user_model().objects.get(pk=person.pk)

    left.save()

    assert list(get_user_model().objects.filter(pk=person.pk).values_list("name")) == [("",)]
    assert left.name_for_certificates == ""


# --- Asking, and changing one's mind -----------------------------------------------------------


def test_nothing_goes_before_the_days_are_over():
    person = make_person()
    asked = erasing.ask(person=person, by=person, at=NOW)

    early = erasing.erase_due(at=asked.due_at - timedelta(seconds=1))
    late = erasing.erase_due(at=asked.due_at)

    assert (early, late) == (0, 1)
    assert get_user_model().objects.get(pk=person.pk).name_as_kept == ""


def test_asking_twice_is_once():
    person = make_person()

    first = erasing.ask(person=person, by=person, at=NOW)
    second = erasing.ask(person=person, by=person, at=NOW + timedelta(days=3))

    assert first == second
    assert second.due_at == NOW + timedelta(days=14)


def test_whoever_changes_their_mind_stays():
    person = make_person()
    asked = erasing.ask(person=person, by=person, at=NOW)
    erasing.take_back(person=person, at=NOW + timedelta(days=1))

    assert erasing.erase_due(at=asked.due_at) == 0
    assert get_user_model().objects.get(pk=person.pk).name == person.name


def test_the_only_organiser_names_another_one_first():
    organiser = make_organiser(make_organisation())

    with pytest.raises(LastOrganiser):
        erasing.ask(person=organiser, by=organiser, at=NOW)


# --- After a restore ---------------------------------------------------------------------------


def test_a_restore_brings_nobody_back():
    """The list is outside of the database: a person who is in it again is forgotten again."""
    person = make_person()
    was = get_user_model().objects.filter(pk=person.pk).values().get()
    erasing.erase(person=person, at=timezone.now(), by=person)
    get_user_model().objects.filter(pk=person.pk).update(**was)
    Erasure.objects.all().delete()

    first, second = (erasing.replay(at=timezone.now()) for _time in range(2))

    assert (first, second) == (1, 0)
    assert get_user_model().objects.get(pk=person.pk).name_as_kept == ""


def test_whoever_came_later_with_the_same_number_stays():
    person = make_person()
    erasure_list.add(
        person=person.pk, at=person.date_joined - timedelta(days=1), keeps_certificates=False
    )

    assert erasing.replay(at=timezone.now()) == 0


def test_a_line_that_was_cut_off_is_left_out():
    erasure_list.add(person=1, at=NOW, keeps_certificates=True)
    with settings.ERASURE_LIST.open("a") as file:
        file.write('{"person": 2, "at"')

    assert erasure_list.read() == [erasure_list.Listed(1, NOW, True)]


def test_whoever_comes_after_a_line_that_was_cut_off_has_a_line_of_their_own():
    with settings.ERASURE_LIST.open("a") as file:
        file.write('{"person": 2, "at"')

    erasure_list.add(person=3, at=NOW, keeps_certificates=False)

    assert erasure_list.read() == [erasure_list.Listed(3, NOW, False)]


def test_names_that_stayed_on_certificates_go_when_their_years_are_over():
    person = make_everything(WORDS)
    last_day = (LATER + timedelta(days=10)).date()
    erasing.erase(person=person, at=LATER, by=None, keeps_certificates=True, names_go_on=last_day)

    early = erasing.take_names_out(at=LATER + timedelta(days=9))
    late = erasing.take_names_out(at=LATER + timedelta(days=10))

    assert (early, late) == (0, 1)
    assert list(Certificate.objects.filter(holder=person).values_list("name", flat=True)) == [""]
