"""What an activity says of somebody's playing: what is kept of it, and what is not believed."""

import json
import math
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.h5p.statements import (
    DEEPEST,
    LARGEST,
    LONGEST,
    SENTENCES,
    VERBS,
    Fault,
    NotAStatement,
    Reported,
    read,
    reported,
)


def statement(verb="answered", **said):
    """A statement as H5P's own core sends one for a question with choices."""
    return {
        "actor": {"name": "Amina Yusuf", "mbox": "mailto:amina@example.org"},
        "verb": {"id": VERBS + verb, "display": {"en-US": verb}},
        "object": {
            "id": "https://example.org/h5p/a-secret-address",
            "objectType": "Activity",
            "definition": {
                "name": {"en-US": "A pause"},
                "description": {"en-US": "<p>How long is a <b>good</b> pause?</p>"},
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "interactionType": "choice",
                "correctResponsesPattern": ["1"],
                "choices": [
                    {"id": "0", "description": {"en-US": "One second"}},
                    {"id": "1", "description": {"en-US": "Five seconds &amp; more"}},
                ],
                "extensions": {"http://h5p.org/x-api/h5p-local-content-id": 1},
            },
        },
        "context": {"contextActivities": {"category": [{"id": "http://h5p.org/libraries/X"}]}},
        "result": {
            "score": {"min": 0, "raw": 3, "max": 4, "scaled": 0.75},
            "completion": True,
            "success": False,
            "response": "1",
            "duration": "PT12.5S",
        },
        **said,
    }


def result(**said):
    return statement(result=said)


def test_what_is_understood_is_kept_and_all_else_is_left_out():
    own = str(uuid.uuid4())

    found = read(statement(id=own, timestamp="2026-09-01T10:00:00Z", stored="yesterday"))

    assert (found.id, found.verb, found.is_done, found.score) == (own, "answered", True, 0.75)
    assert found.kept == {
        "id": own,
        "verb": {"id": f"{VERBS}answered"},
        "object": {
            "definition": {
                "name": {"en-US": "A pause"},
                "description": {"en-US": "<p>How long is a <b>good</b> pause?</p>"},
                "interactionType": "choice",
                "correctResponsesPattern": ["1"],
                "choices": [
                    {"id": "0", "description": {"en-US": "One second"}},
                    {"id": "1", "description": {"en-US": "Five seconds &amp; more"}},
                ],
            }
        },
        "result": {
            "score": {"min": 0, "raw": 3, "max": 4, "scaled": 0.75},
            "completion": True,
            "success": False,
            "response": "1",
            "duration": "PT12.5S",
        },
        "timestamp": "2026-09-01T10:00:00Z",
    }


@pytest.mark.parametrize(
    ("verb", "is_done"),
    [
        *((verb, True) for verb in ("answered", "completed", "passed", "failed")),
        *((verb, False) for verb in ("attempted", "interacted", "progressed", "experienced")),
    ],
)
def test_only_some_verbs_tell_of_an_end(verb, is_done):
    found = read(statement(verb))

    assert (found.verb, found.is_done) == (verb, is_done)


@pytest.mark.parametrize("verb", ["voided", "downloaded", "Completed", "completed ", "x" * 999])
def test_a_verb_we_have_no_use_for_is_let_pass_and_not_kept(verb):
    assert read(statement(verb)) is None


def test_a_verb_from_elsewhere_is_not_taken_for_one_of_these():
    assert read(statement() | {"verb": {"id": "https://evil.example/verbs/completed"}}) is None
    assert read(statement() | {"verb": {"id": "completed"}}) is None


@pytest.mark.parametrize(
    "parent", [[{"id": "https://example.org/whole"}], {"id": "whole"}, {}, "whole", True]
)
def test_what_is_about_a_piece_of_the_activity_is_not_kept(parent):
    context = {"contextActivities": {"parent": parent}}

    assert read(statement("completed", context=context)) is None


def test_a_piece_that_names_no_parent_is_known_by_its_own_name():
    whole = statement("completed")
    whole["object"]["definition"]["extensions"]["http://h5p.org/x-api/h5p-subContentId"] = "a"

    assert read(whole) is None


@pytest.mark.parametrize("parent", [None, []])
def test_an_empty_parent_is_none(parent):
    found = read(statement("completed", context={"contextActivities": {"parent": parent}}))

    assert found.is_done


@pytest.mark.parametrize(
    ("score", "comes_to"),
    [
        ({"scaled": 1}, 1.0),
        ({"scaled": -0.5}, 0.0),
        ({"raw": 3, "max": 4}, 0.75),
        ({"raw": 3, "min": 2, "max": 4}, 0.5),
        ({"raw": 3}, None),
        ({"raw": 0, "max": 0}, None),
        ({"raw": 3, "max": 4, "scaled": None}, 0.75),
        (None, None),
        # numbers that do not agree with each other
        ({"scaled": 1.1}, None),
        ({"scaled": -2}, None),
        ({"raw": 5, "max": 4, "scaled": 1}, None),
        ({"raw": -1, "max": 4}, None),
    ],
)
def test_a_score_goes_from_0_to_1_and_one_that_makes_no_sense_is_left_out(score, comes_to):
    found = read(result(score=score))

    assert found.score == comes_to
    assert found.is_done


@pytest.mark.parametrize("number", ["1", True, [], {}, math.nan, math.inf, 1e300])
@pytest.mark.parametrize("name", ["raw", "min", "max", "scaled"])
def test_a_score_that_is_no_number_is_refused(name, number):
    with pytest.raises(NotAStatement) as refused:
        read(result(score={name: number}))

    assert refused.value.fault in {Fault.NO_NUMBER, Fault.TOO_LARGE}


def nested(depth):
    return {"a": nested(depth - 1)} if depth else 1


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        *((each, Fault.NO_VERB) for each in (None, {}, {"verb": {}}, {"verb": {"id": 7}})),
        *((each, Fault.NOT_ONE) for each in ([], "completed", 7, True, 0.5, {"verb": "did"})),
        (statement(object=[]), Fault.NOT_ONE),
        (statement(result="all"), Fault.NOT_ONE),
        (statement(context="none"), Fault.NOT_ONE),
        (statement(context={"contextActivities": "none"}), Fault.NOT_ONE),
        (statement(object={"definition": {"choices": "none"}}), Fault.NOT_ONE),
        (statement(object={"definition": {"description": "plain"}}), Fault.NOT_ONE),
        (result(response=["1"]), Fault.NOT_ONE),
        (statement(more=nested(DEEPEST)), Fault.TOO_LARGE),
        (statement(more=nested(500)), Fault.TOO_LARGE),
        (statement(more="x" * LARGEST), Fault.TOO_LARGE),
        (statement(more="é" * (LARGEST // 2)), Fault.TOO_LARGE),
    ],
)
def test_what_is_no_statement_is_refused_with_a_sentence(said, fault):
    with pytest.raises(NotAStatement) as refused:
        read(said)

    assert refused.value.fault == fault
    assert str(refused.value) == SENTENCES[fault]


def test_every_fault_has_its_sentence():
    assert set(SENTENCES) == set(Fault)


def test_a_number_of_hundreds_of_digits_is_refused_and_does_no_harm():
    with pytest.raises(NotAStatement):
        read(result(score={"raw": 10**400}))
    with pytest.raises(NotAStatement):
        read(result(score={"raw": 10**5000}))


def test_a_long_answer_is_cut_and_the_rest_is_kept():
    found = read(result(response="a" * (LONGEST + 1)))

    assert found.kept["result"]["response"] == "a" * LONGEST


def test_what_no_database_can_hold_is_taken_out_of_an_answer():
    found = read(result(response="a\0b\ud800c"))

    assert found.kept["result"]["response"] == "abc"


def test_a_number_for_an_answer_is_taken_as_text():
    assert read(result(response=4)).kept["result"]["response"] == "4"


@pytest.mark.parametrize("duration", ["PT", "P", "PTNaNS", "12 seconds", 12, "PT1S" + "0" * 99])
def test_a_time_that_is_none_is_left_out(duration):
    assert read(result(duration=duration)).kept.get("result") is None


@pytest.mark.parametrize("own", [None, "", 7, "one", "x" * 36])
def test_a_statement_may_come_without_a_name_of_its_own(own):
    found = read(statement(id=own))

    assert (found.id, "id" in found.kept) == ("", False)


# --- Any JSON ----------------------------------------------------------------------------------

plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
anything = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
words = st.dictionaries(st.text(max_size=30), st.text(max_size=30) | st.none(), max_size=7)
things = st.lists(
    st.fixed_dictionaries({}, optional={"id": plain, "description": words | plain}), max_size=4
)
LIKELY = st.fixed_dictionaries(
    {
        "verb": st.fixed_dictionaries(
            {"id": st.sampled_from(["answered", "failed"]).map(VERBS.__add__)}
        )
    },
    optional={
        "id": plain | st.uuids().map(str),
        "timestamp": plain,
        "object": st.fixed_dictionaries(
            {},
            optional={
                "definition": st.fixed_dictionaries(
                    {},
                    optional={
                        "name": words,
                        "description": words | anything,
                        "choices": things,
                        "target": things,
                        "correctResponsesPattern": st.lists(plain, max_size=3),
                        "interactionType": plain | st.just("choice"),
                        "extensions": anything,
                    },
                )
            },
        ),
        "result": st.fixed_dictionaries(
            {},
            optional={
                "score": st.dictionaries(st.sampled_from(["raw", "min", "max", "scaled"]), plain),
                "response": plain,
                "duration": plain | st.just("PT1.5S"),
                "success": plain,
            },
        ),
        "context": anything,
    },
)


@given(anything | LIKELY)
def test_whatever_comes_is_understood_or_refused_with_a_sentence(said):
    try:
        found = read(said)
    except NotAStatement as refused:
        assert str(refused) == SENTENCES[refused.fault]
        return
    if found:
        assert found.score is None or 0 <= found.score <= 1
        assert len(json.dumps(found.kept, ensure_ascii=False).encode()) <= LARGEST
        assert set(found.kept) <= {"id", "verb", "object", "result", "timestamp"}


@given(LIKELY)
def test_what_was_kept_once_is_kept_again_as_it_is(said):
    try:
        found = read(said)
    except NotAStatement:
        return
    if found:
        assert read(found.kept) == found


@given(LIKELY)
def test_whatever_was_kept_can_be_told(said):
    try:
        found = read(said)
    except NotAStatement:
        return
    if found:
        assert isinstance(reported(found.kept), Reported)


# --- Said back ---------------------------------------------------------------------------------


def told(**said):
    return reported(read(statement(**said)).kept)


def test_a_trainee_reads_what_was_asked_and_what_they_answered():
    assert told() == Reported(
        raw=3, of=4, question="How long is a good pause?", answers=("Five seconds & more",)
    )


def test_several_answers_and_pairs_are_told_in_words():
    target = [{"id": "a", "description": {"en": "Us"}}, {"id": "b", "description": {"en": "Them"}}]
    source = [{"id": "0", "description": {"en": "A lift"}}]
    about = {"definition": {"target": target, "source": source}}

    found = told(object=about, result={"response": "a[.]0[,]b[.]elsewhere"})

    assert found.answers == ("Us – A lift", "Them – elsewhere")


def test_words_are_told_in_the_readers_language_where_they_are_there():
    about = {"definition": {"description": {"en-US": "How long?", "es": "¿Cuánto?"}}}
    kept = read(statement(object=about)).kept

    assert [reported(kept, language).question for language in ("es-mx", "en", "fr")] == [
        "¿Cuánto?",
        "How long?",
        "How long?",
    ]


def test_a_score_of_nothing_is_not_told():
    assert (told(result={"score": {"raw": 0, "max": 0}}).of) is None
    assert reported({}) == Reported()
