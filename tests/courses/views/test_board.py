"""The board's page and its files: whom one asked for, in how many queries, and flat memory."""

import io
import tracemalloc
import uuid
import zipfile
from time import process_time

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import board, board_words, workbook
from courses.models import Cohort, Enrolment
from courses.views import board as views
from tests.courses.test_board import as_asked_for, fill
from tests.factories.courses import (
    NOW,
    attend,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_plan,
)

pytestmark = pytest.mark.django_db


def page(client, cohort, **query):
    return client.get(reverse("cohort", args=[cohort.pk]), query)


def names(answer):
    return [row.name for row, _line, _cells in answer.context["people"]]


def test_whom_one_asks_for_is_shown_with_how_many_they_are(signed_in):
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    amina, _dev = (make_enrolment(cohort, make_person(n)) for n in ("Amina", "Dev"))
    attend(amina, 1, mark="absent")
    client = signed_in(make_organiser(cohort.organisation))

    answer = page(client, cohort, who="catch-up")

    assert (names(answer), answer.context["found_said"]) == (["Amina"], "1 of 2 people")
    assert "can no longer complete without a catch-up" in answer.content.decode()


def test_the_next_fifty_are_one_link_away_and_keep_what_was_asked(signed_in):
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    fill(cohort, 60)
    client = signed_in(make_organiser(cohort.organisation))

    first = page(client, cohort, who="can", order="name")
    address = reverse("cohort", args=[cohort.pk]) + first.context["next_page"]
    second = client.get(address.partition("#")[0])

    assert (len(names(first)), len(names(second))) == (50, 10)
    assert second.context["next_page"] == ""
    assert set(names(first)).isdisjoint(names(second))
    assert "who=can" in first.context["next_page"]


# --- 350 people, 130 requirements --------------------------------------------------------------


@pytest.fixture
def large():
    """350 people in a course of 4 sessions and 124 lessons."""
    cohort = make_cohort(make_edition(sessions=4, lessons=31))
    fill(cohort, 350)
    return cohort


def queries_of(client, cohort):
    with CaptureQueriesContext(connection) as asked:
        assert page(client, cohort).status_code == 200
    return [each["sql"] for each in asked]


def test_350_people_and_128_things_asked_take_eight_queries_and_under_a_second(
    signed_in, large, django_assert_num_queries
):
    client = signed_in(make_organiser(large.organisation))
    page(client, large)  # the edition is read from here on

    began = process_time()
    with django_assert_num_queries(8):
        answer = page(client, large)
    spent = process_time() - began

    assert len(answer.context["board"].rows) == 350
    assert len(answer.context["board"].sessions) + len(answer.context["board"].lessons) == 128
    assert spent < 1  # seconds of the processor: a busy machine does not matter


def test_a_page_of_the_board_costs_less_than_drawing_all_of_it(large, capsys):
    """Both sides in turn. To see times:  pytest -s tests/courses/views/test_board.py -k drawing"""
    found = as_asked_for(large)
    seen = board.load(found, NOW)
    spent = {"a page": 0.0, "everyone": 0.0}

    for _n in range(5):
        for name, rows in (("a page", seen.rows[:50]), ("everyone", seen.rows)):
            began = process_time()
            list(board_words.drawn(rows))
            spent[name] += process_time() - began

    with capsys.disabled():
        print(f"\n{ {name: round(1000 * s / 5, 1) for name, s in spent.items()} } ms")  # noqa: T201
    assert spent["a page"] < spent["everyone"]


def plans(queries):
    """How the database would answer these, without the numbers it is asked about."""
    found = []
    for sql in queries:
        if sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                found.append([row[3] for row in cursor.fetchall()])
    return found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite how it would answer")
def test_of_100_000_enrolments_elsewhere_none_is_looked_at(
    signed_in,
):
    cohort = make_cohort(make_edition(sessions=2, lessons=1, sessions_required=1))
    fill(cohort, 3)
    client = signed_in(make_organiser(cohort.organisation))
    page(client, cohort)
    before = queries_of(client, cohort)

    other = make_cohort(cohort.edition, make_organisation())
    people = get_user_model().objects.bulk_create(
        get_user_model()(email=f"elsewhere{n}@example.org", name=f"Other {n}") for n in range(500)
    )
    first, last = people[0].pk, people[-1].pk
    cohorts = Cohort.objects.bulk_create(
        Cohort(
            organisation=other.organisation,
            edition=cohort.edition,
            name=f"Group {n}",
            join_code=f"ELSE{n}",
            started_at=NOW,
        )
        for n in range(200)
    )
    with connection.cursor() as cursor:  # 100,000 rows in one statement, so that it stays quick
        cursor.execute(
            "INSERT INTO courses_enrolment (cohort_id, trainee_id, joined_at)"
            " SELECT c.id, u.id, %s FROM courses_cohort c, lms_user u"
            " WHERE c.id BETWEEN %s AND %s AND u.id BETWEEN %s AND %s",
            [NOW, cohorts[0].pk, cohorts[-1].pk, first, last],
        )
        cursor.execute("ANALYZE")
    after = queries_of(client, cohort)

    assert Enrolment.objects.count() == 100_003
    assert len(after) == len(before)
    scans = [step for way in plans(after) for step in way if step.startswith("SCAN")]
    assert not [step for step in scans if "enrolment" in step or "lms_user" in step]


# --- Files -------------------------------------------------------------------------------------


def sheet(answer):
    """The workbook's one sheet, as its own text."""
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_the_workbook_says_what_the_board_says(signed_in):
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1), name="Tuesday group")
    attend(make_enrolment(cohort, make_person("Amina & Co")), 1)
    client = signed_in(make_organiser(cohort.organisation))

    answer = client.get(reverse("cohort_xlsx", args=[cohort.pk]))
    text = sheet(answer)

    assert answer["Content-Type"] == workbook.TYPE
    assert answer["Content-Disposition"] == 'attachment; filename="tuesday-group.xlsx"'
    assert ">Amina &amp; Co</t>" in text and ">here</t>" in text


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_name_is_a_formula_in_the_workbook(signed_in, sign):
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    make_enrolment(cohort, make_person(f"{sign}HYPERLINK(1)"))
    client = signed_in(make_organiser(cohort.organisation))

    text = sheet(client.get(reverse("cohort_xlsx", args=[cohort.pk])))

    assert "<f>" not in text
    assert f">{sign}HYPERLINK(1)</t>" in text


@pytest.mark.parametrize("name", ["cohort_csv", "cohort_xlsx"])
def test_B4_no_file_holds_what_people_wrote(signed_in, name):
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    make_plan(make_enrolment(cohort, make_person("Dev")), what="Tell my sister")
    client = signed_in(make_organiser(cohort.organisation))

    answer = client.get(reverse(name, args=[cohort.pk]))

    data = b"".join(answer.streaming_content)
    text = data if name == "cohort_csv" else sheet_of(data)
    assert b"Dev" in text
    assert b"sister" not in text


def sheet_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def many(cohort, people):
    """So many people, without a fact: what is measured is how they are read and written."""
    made = get_user_model().objects.bulk_create(
        (
            get_user_model()(email=f"{uuid.uuid4()}@example.org", name=f"Person {n}")
            for n in range(people)
        ),
        batch_size=2000,
    )
    return Enrolment.objects.bulk_create(
        (Enrolment(cohort=cohort, trainee=person, joined_at=NOW) for person in made),
        batch_size=2000,
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_takes_no_more_memory_for_four_times_as_many_people(kind):
    """30 columns, in pieces of 100 people. Watched, 10,000 would take minutes, and be the same."""
    edition = make_edition(sessions=6, lessons=4)
    write = {"csv": views._csv, "xlsx": views._xlsx}[kind]
    list(write(make_small(), NOW))  # what is kept once for all is kept by now

    size, peak = {}, {}
    for people in (200, 800):
        cohort = make_cohort(edition)
        many(cohort, people)
        size[people], peak[people] = watched(write(as_asked_for(cohort), NOW, 100))

    assert size[800] > 2 * size[200]
    assert peak[800] < 1.5 * peak[200]


def watched(pieces):
    """Return how long a file is, and how much memory it took at most."""
    tracemalloc.start()
    try:
        return sum(len(piece) for piece in pieces), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def make_small():
    cohort = make_cohort(make_edition(sessions=1, sessions_required=1))
    make_enrolment(cohort, make_person("Amina"))
    return as_asked_for(cohort)


def test_the_file_begins_before_anybody_is_read(django_assert_num_queries):
    cohort = make_small()

    with django_assert_num_queries(0):
        assert next(views._csv(cohort, NOW)) == "\ufeff"
