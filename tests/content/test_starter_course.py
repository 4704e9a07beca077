"""The shipped course is whole, plain to read, and kind."""

import re
import uuid
from pathlib import Path

import polib
import pytest
import textstat
import yaml
from django.conf import settings

from content import lesson_text
from content.blocks import LessonBody
from content.blocks.lesson import EXERCISES
from content.branching import faults

FOLDER = Path(settings.BASE_DIR) / "content" / "starter_course"
SESSIONS = sorted(FOLDER.glob("session-*/session.yaml"))
LESSONS = sorted(FOLDER.glob("session-*/*.md"))
HANDOUTS = sorted(FOLDER.glob("handouts/*.md"))
BANK = FOLDER / "question-bank.md"
COURSE = FOLDER / "course.yaml"
KITS = sorted((FOLDER.parent / "lesson_kits").glob("*.md"))
SPANISH = sorted(FOLDER.glob("translations/es/**/*.po"))
QUESTIONS = {"check", "order", "sort", "short"}
# The oldest reader we write for is eleven: school year six, so grade six.
READING_GRADE_AT_MOST = 6
MINUTES = {0: 45, 1: 150, 2: 150, 3: 150, 4: 150, 5: 150, 6: 150}
NEVER = re.compile(
    r"\b(student|pupil|wrong|fail(ed|ure|s)?|exam|score|successfully|invalid|sufferer|"
    r"non-compliant|patients?|CDSMP|EPP|Stanford|SMRC|DIMPLE)\b",
    re.IGNORECASE,
)
# What the course is modelled on is named once, as its owners name it.
MODEL = "Expert Patients Programme"
# Those of the United Kingdom that were looked up. Another one has to be looked up first.
NUMBERS = {"999", "111", "116 123", "85258", "0808 808 8000"}
# Also “usted” and “vosotros”: everybody is spoken to as “tú”, in Spain and elsewhere.
NEVER_IN_SPANISH = re.compile(
    r"\b(estudiantes?|alumn[oa]s?|pacientes?|usuari[oa]s?|ex[aá]men(es)?|puntuación|fall(a|o|ar|ó)|"
    r"err(or|ores|óne[oa]s?)|inválid[oa]s?|éxito|exitosamente|usted(es)?|vosotr[oa]s|os)\b",
    re.IGNORECASE,
)


def session_of(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def lesson_of(path):
    return lesson_text.read(path.read_text(encoding="utf-8"), key=uuid.UUID(int=1))


def blocks_of(path, *kinds):
    return [block["value"] for block in lesson_of(path).body if block["type"] in kinds]


def prose_of(path):
    """Everything a trainee reads in a lesson, as plain sentences."""
    pieces = []
    for block in lesson_of(path).body:
        value = block["value"]
        if block["type"] == "read":
            pieces.append(re.sub(r"</(p|li|h2|h3)>", "\n", value))
        elif block["type"] == "callout":
            pieces.append(value["text"])
        elif block["type"] in EXERCISES:
            pieces += sentences(value)
    text = re.sub(r"<[^>]+>", "", "\n".join(pieces))
    # A line that is no sentence of its own, as of a list, ends like one.
    return re.sub(r"(?<=[\w’”])$", ".", text, flags=re.MULTILINE)


CODES = {"id", "type", "name", "go", "skills", "roadblocks", "kind", "which", "purpose", "fits"}


def sentences(value):
    """Every text in an exercise that people read, however deep it lies."""
    if isinstance(value, dict):
        return [s for name, each in value.items() if name not in CODES for s in sentences(each)]
    if isinstance(value, list):
        return [s for each in value for s in sentences(each)]
    return [value] if isinstance(value, str) and " " in value else []


def name(path):
    return f"{path.parent.name}/{path.stem}"


def test_there_are_seven_sessions_from_zero_to_six():
    assert [session_of(path)["number"] for path in SESSIONS] == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("path", SESSIONS, ids=name)
def test_the_minutes_of_a_session_plan_add_up(path):
    session = session_of(path)

    assert sum(activity["minutes"] for activity in session["plan"]) == session["minutes"]
    assert session["minutes"] == MINUTES[session["number"]]


@pytest.mark.parametrize("path", SESSIONS, ids=name)
def test_every_counted_session_has_a_break(path):
    session = session_of(path)

    breaks = [activity for activity in session["plan"] if activity["type"] == "break"]
    assert len(breaks) == (1 if session.get("counted", True) else 0)


def test_only_session_zero_is_not_counted():
    assert [session_of(path)["counted"] for path in SESSIONS] == [False] + [True] * 6


@pytest.mark.parametrize("path", [*LESSONS, BANK], ids=name)
def test_a_lesson_can_be_read_by_a_ten_year_old(path):
    grade = textstat.flesch_kincaid_grade(prose_of(path))

    assert grade <= READING_GRADE_AT_MOST


@pytest.mark.parametrize("path", [*LESSONS, *SESSIONS, *HANDOUTS, BANK, COURSE, *KITS], ids=name)
def test_no_word_judges_or_belongs_to_another_programme(path):
    text = path.read_text(encoding="utf-8")
    # Sources are named as their owners name them.
    text = re.sub(r"(?ms)^sources:.*?(^(---|\w+:)|\Z)", "", text).replace(MODEL, "")

    assert NEVER.findall(text) == []


def test_notes_for_those_who_lead_can_be_read_by_a_ten_year_old():
    notes = [each["note"] for path in SESSIONS for each in session_of(path)["plan"]]

    assert all(notes)
    assert textstat.flesch_kincaid_grade("\n".join(notes)) <= READING_GRADE_AT_MOST


def test_numbers_to_ring_or_to_text_are_those_that_were_looked_up():
    texts = [path.read_text(encoding="utf-8") for path in [*LESSONS, *HANDOUTS, BANK]]
    # Years and addresses of sources stand in what is said about a lesson, above its words.
    words = "\n".join(text.split("---", 2)[2] for text in texts).replace("\u00a0", " ")

    assert set(re.findall(r"\b\d{3,5}(?: \d{3,4})*\b", words)) == NUMBERS


@pytest.mark.parametrize("path", [*LESSONS, BANK], ids=name)
def test_what_is_shown_as_it_is_has_no_marks_of_markdown(path):
    shown = [each for value in blocks_of(path, *EXERCISES) for each in sentences(value)]

    assert [each for each in shown if re.search(r"\*\w[^*]*\*", each)] == []


@pytest.mark.parametrize("path", SPANISH, ids=name)
def test_no_word_of_the_spanish_judges_or_keeps_its_distance(path):
    words = " ".join(message.msgstr for message in polib.pofile(str(path)))

    assert NEVER_IN_SPANISH.findall(words) == []


@pytest.mark.parametrize("path", SPANISH, ids=name)
def test_the_spanish_is_whole(path):
    messages = polib.pofile(str(path))

    assert [each.msgid for each in messages if not each.msgstr or each.fuzzy] == []


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_every_step_holds_at_most_one_exercise_and_begins_with_its_title(path):
    on_screen = []
    for block in lesson_of(path).body:
        if block["type"] == "step":
            on_screen.append(0)
        elif block["type"] in EXERCISES:
            on_screen[-1] += 1

    # A talk to play is a long screen of its own, so less stands around it.
    assert (3 if blocks_of(path, "scenario") else 4) <= len(on_screen) <= 7
    assert max(on_screen) <= 1


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_every_answer_has_feedback_and_every_question_a_best_answer(path):
    for check in blocks_of(path, "check"):
        options = [option["value"] for option in check["options"]]
        assert all(option["feedback"] for option in options)
        assert 0 < sum(option["best"] for option in options) < len(options)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_a_whole_session_has_five_checks_a_reflection_and_a_plan(number):
    paths = [path for path in LESSONS if path.parent.name == f"session-{number}"]

    kinds = [block["type"] for path in paths for block in lesson_of(path).body]

    assert sum(kind in QUESTIONS for kind in kinds) >= 5
    assert kinds.count("reflection") == 1
    assert kinds.count("action_plan") == 1


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_every_scenario_is_sound(path):
    block = LessonBody().child_blocks["scenario"]
    talks = [value["package"]["scenario"] for value in blocks_of(path, "h5p")]

    scenarios = [
        block.to_python(value).scenario for value in [*blocks_of(path, "scenario"), *talks]
    ]

    assert [faults(scenario) for scenario in scenarios] == [()] * len(scenarios)


def test_the_course_names_every_source_that_its_lessons_name():
    def named(sources):
        return {each.get("url") or each["text"] for each in sources}

    of_lessons = set().union(*(named(lesson_of(path).about["sources"]) for path in LESSONS))
    of_course = named(yaml.safe_load(COURSE.read_text(encoding="utf-8"))["sources"])

    assert of_course == of_lessons


def test_the_whole_course_is_there():
    assert [len([path for path in LESSONS if f"session-{n}/" in str(path)]) for n in range(7)] == [
        3,
        4,
        4,
        5,
        4,
        4,
        3,
    ]
    assert sum(len(blocks_of(path, "scenario")) for path in LESSONS) == 5
    assert [path.stem for path in LESSONS if blocks_of(path, "h5p")] == [
        "2a-giving-your-attention-leaving-room"
    ]
    assert len(HANDOUTS) == 13


def test_the_talk_about_suicide_is_a_draft_that_says_who_must_sign_it_off():
    drafts = {path.stem: lesson_of(path).about for path in LESSONS}
    drafts = {stem: about for stem, about in drafts.items() if about.get("draft")}

    assert {stem: about["sign_off_needed"] for stem, about in drafts.items()} == {
        "5d-just-between-us": (
            "A safeguarding professional, and a person with lived experience of suicidal thoughts"
        )
    }


def test_the_question_bank_has_six_questions_for_each_session_and_four_about_safety():
    blocks = lesson_of(BANK).body
    sizes, safety = [], 0
    for block in blocks:
        if block["type"] == "step":
            sizes.append(0)
        else:
            sizes[-1] += 1
            safety += block["value"]["safety"]

    assert sizes == [6] * 6
    assert safety == 4


def test_the_check_before_and_the_check_after_draw_twenty_of_which_sixteen_are_enough():
    checks = [check for path in LESSONS for check in blocks_of(path, "course_check")]

    assert [(each["purpose"], each["draw"], each["need"]) for each in checks] == [
        ("baseline", 20, 16),
        ("final", 20, 16),
    ]


def test_confidence_is_asked_before_and_after_in_the_same_ten_statements():
    scales = [scale for path in LESSONS for scale in blocks_of(path, "scale")]

    before, after = ([each["value"] for each in scale["statements"]] for scale in scales)
    assert before == after
    assert len(before) == 10


@pytest.mark.parametrize("path", HANDOUTS, ids=name)
def test_a_handout_can_be_read_by_a_ten_year_old(path):
    text = path.read_text(encoding="utf-8")
    body = lesson_text.read(text, key=uuid.UUID(int=1), manner=lesson_text.HANDOUT).body
    said = sentences([block["value"] for block in body])
    # A heading of a column or a line to write on ends as a sentence does.
    text = re.sub(r"<[^>]+>", "", "\n".join(f"{each.rstrip('.')}." for each in said))

    assert textstat.flesch_kincaid_grade(text) <= READING_GRADE_AT_MOST
