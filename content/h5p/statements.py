"""What an activity says of somebody's playing: an xAPI statement, read strictly. Pure.

It comes from a script that nobody here wrote, by way of the browser of the person it is about. So
it is a claim, and only what is understood of it is kept: never who it is said to be about, where
it was played, or anything with a name that we do not know.
"""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from typing import Any
from uuid import UUID

LARGEST = 64 * 1024  # bytes of a statement, as JSON
DEEPEST = 16
LONGEST = 4_000  # letters of one answer
SHORT = 500  # letters of anything else
MOST = 100  # things in a list
NUMBER = 1_000_000_000

VERBS = "http://adlnet.gov/expapi/verbs/"
DONE = frozenset({"answered", "completed", "passed", "failed"})
ON_THE_WAY = frozenset({"attempted", "experienced", "interacted", "mastered", "progressed"})
# A piece of another activity says so by its parent; some say it here only.
PIECE = "http://h5p.org/x-api/h5p-subContentId"
LISTS = ("choices", "scale", "source", "target", "steps")
INTERACTIONS = frozenset(
    {
        *("true-false", "choice", "fill-in", "long-fill-in", "matching", "performance"),
        *("sequencing", "likert", "numeric", "other"),
    }
)
DURATION = re.compile(r"P(?=.)(\d{1,6}D)?(T(?=\d)(\d{1,6}H)?(\d{1,6}M)?(\d{1,9}(\.\d{1,9})?S)?)?")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?")


class Fault(StrEnum):
    """Why something is no statement."""

    NOT_ONE = "not_one"  # its parts are not of the kind they should be
    TOO_LARGE = "too_large"
    NO_VERB = "no_verb"
    NO_NUMBER = "no_number"  # a score that is no number


class NotAStatement(ValueError):
    """What came is no statement that we could keep; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(SENTENCES[fault])
        self.fault = fault


# For logs. What people are told is said in their language, by the views.
SENTENCES = {
    Fault.NOT_ONE: "This is not made like a statement.",
    Fault.TOO_LARGE: "This statement is too large or too deep.",
    Fault.NO_VERB: "This statement does not say what was done.",
    Fault.NO_NUMBER: "The score in this statement is no number.",
}


@dataclass(frozen=True)
class Statement:
    """What was understood of a statement about a whole activity.

    `id` is the activity's own name for it, "" without one. `is_done` says whether it tells of an
    end; `score` goes from 0 to 1. `kept` is the statement with all else left out.
    """

    id: str
    verb: str
    is_done: bool
    score: float | None
    kept: dict[str, Any]


def read(said: object) -> Statement | None:
    """Read a statement, as JSON gave it. Raises NotAStatement.

    None means that it is one, and nothing of it is to be kept: it is about a piece of the
    activity, or says something that we have no use for.
    """
    _measure(said)
    statement = _dict(said)
    verb = _dict(statement.get("verb")).get("id")
    if not isinstance(verb, str) or not verb:
        raise NotAStatement(Fault.NO_VERB)
    known = verb.removeprefix(VERBS)
    about = _object(statement.get("object"))
    result, score = _result(statement.get("result"))
    if _is_a_piece(statement) or known == verb or known not in DONE | ON_THE_WAY:
        return None
    own = _uuid(statement.get("id"))
    kept: dict[str, Any] = {"id": own, "verb": {"id": verb}}
    kept |= {"object": about, "result": result, "timestamp": _moment(statement.get("timestamp"))}
    kept = {name: value for name, value in kept.items() if value}
    return Statement(id=own, verb=known, is_done=known in DONE, score=score, kept=kept)


def _measure(said: object) -> None:
    """Raise NotAStatement for what is too deep or too large, without going any deeper."""
    level = [said]
    for _depth in range(DEEPEST):
        inner: list[object] = []
        for each in level:
            if isinstance(each, dict):
                inner += each.values()
            elif isinstance(each, list):
                inner += each
        level = inner
        if not level:
            break
    else:
        raise NotAStatement(Fault.TOO_LARGE)
    try:
        size = len(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))
    except ValueError:  # a number of thousands of digits
        size = LARGEST + 1
    if size > LARGEST:
        raise NotAStatement(Fault.TOO_LARGE)


def _is_a_piece(statement: dict[str, Any]) -> bool:
    context = _dict(statement.get("context"))
    parent = _dict(context.get("contextActivities")).get("parent")
    extensions = _dict(_dict(_dict(statement.get("object")).get("definition")).get("extensions"))
    return parent not in (None, []) or bool(extensions.get(PIECE))


def _object(said: object) -> dict[str, Any]:
    """Return what the activity asked, as far as it is needed to read the answer."""
    definition = _dict(_dict(said).get("definition"))
    found: dict[str, Any] = {
        name: _words(definition.get(name)) for name in ("name", "description")
    }
    if definition.get("interactionType") in INTERACTIONS:
        found["interactionType"] = definition["interactionType"]
    pattern = _list(definition.get("correctResponsesPattern"))
    found["correctResponsesPattern"] = [_text(each, SHORT) for each in pattern]
    for name in LISTS:
        things = [_dict(each) for each in _list(definition.get(name))]
        named = [(each.get("id"), _words(each.get("description"))) for each in things]
        found[name] = [
            {"id": _text(own, SHORT), "description": words}
            for own, words in named
            if words and own is not None
        ]
    found = {name: value for name, value in found.items() if value}
    return {"definition": found} if found else {}


def _result(said: object) -> tuple[dict[str, Any], float | None]:
    result = _dict(said)
    found: dict[str, Any] = {}
    for name in ("success", "completion"):
        if isinstance(result.get(name), bool):
            found[name] = result[name]
    if result.get("response") not in (None, ""):
        found["response"] = _text(result["response"], LONGEST)
    duration = result.get("duration")
    if isinstance(duration, str) and DURATION.fullmatch(duration):
        found["duration"] = duration
    numbers, score = _score(result.get("score"))
    if numbers:
        found["score"] = numbers
    return found, score


def _score(said: object) -> tuple[dict[str, float], float | None]:
    """Return the numbers of a score, and the score from 0 to 1.

    A score whose numbers do not agree with each other says nothing, and is left out.
    """
    told = _dict(said)
    numbers = {
        name: _number(told[name])
        for name in ("raw", "min", "max", "scaled")
        if told.get(name) is not None
    }
    raw, low, high = numbers.get("raw"), numbers.get("min", 0), numbers.get("max")
    scaled = numbers.get("scaled")
    if scaled is not None and not -1 <= scaled <= 1:
        return {}, None
    if raw is not None and (raw < low or (high is not None and raw > high)):
        return {}, None
    if scaled is None and raw is not None and high is not None and high > low:
        scaled = (raw - low) / (high - low)
    return numbers, None if scaled is None else max(0.0, float(scaled))


def _number(said: object) -> float:
    if isinstance(said, bool) or not isinstance(said, int | float):
        raise NotAStatement(Fault.NO_NUMBER)
    if not abs(said) <= NUMBER:  # nor is it infinite, or not a number
        raise NotAStatement(Fault.NO_NUMBER)
    return said


def _dict(said: object) -> dict[str, Any]:
    if said is None:
        return {}
    if not isinstance(said, dict):
        raise NotAStatement(Fault.NOT_ONE)
    return said


def _list(said: object) -> list[Any]:
    if said is None:
        return []
    if not isinstance(said, list):
        raise NotAStatement(Fault.NOT_ONE)
    return said[:MOST]


def _text(said: object, longest: int) -> str:
    """Return a text that any database can hold, and no longer than this.

    Some activities give a number where a text belongs.
    """
    if isinstance(said, int | float):
        said = json.dumps(said)
    if not isinstance(said, str):
        raise NotAStatement(Fault.NOT_ONE)
    return said.replace("\0", "").encode("utf-8", "ignore").decode()[:longest]


def _words(said: object) -> dict[str, str]:
    """Return {language: words}."""
    named = list(_dict(said).items())[:5]
    return {_text(name, 20): _text(words, SHORT) for name, words in named if words is not None}


def _uuid(said: object) -> str:
    """Return an id; "" for one that is missing or that no other would ever be the same as."""
    try:
        return str(UUID(said)) if isinstance(said, str) else ""
    except ValueError:
        return ""


def _moment(said: object) -> str:
    return said if isinstance(said, str) and MOMENT.fullmatch(said) else ""


# --- Said back ---------------------------------------------------------------------------------

BETWEEN = "[,]"  # what stands between the answers in a response
PAIRED = "[.]"  # and between the two things of a pair
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Reported:
    """A kept statement as its own trainee reads it: numbers of a score, question and answers."""

    raw: float | None = None
    of: float | None = None
    question: str = ""
    answers: tuple[str, ...] = ()


def reported(kept: dict[str, Any], language: str = "") -> Reported:
    """Return what there is to tell of a kept statement. `language` is preferred, where it is."""
    definition = kept.get("object", {}).get("definition", {})
    result = kept.get("result", {})
    score = result.get("score", {})
    raw, of = score.get("raw"), score.get("max")
    is_told = raw is not None and of is not None and of > 0 and not score.get("min")
    named = {
        each["id"]: _in(each["description"], language)
        for name in LISTS
        for each in definition.get(name, [])
    }
    response = result.get("response", "")
    return Reported(
        raw=raw if is_told else None,
        of=of if is_told else None,
        question=_in(definition.get("description", {}), language),
        answers=tuple(
            " – ".join(named.get(part, _plain(part)) for part in answer.split(PAIRED))
            for answer in response.split(BETWEEN)
            if answer
        ),
    )


def _in(words: dict[str, str], language: str) -> str:
    """Return the words in this language, else in the first there is, as plain text."""
    near = (said for code, said in words.items() if language and code[:2] == language[:2])
    return _plain(next(near, next(iter(words.values()), "")))


def _plain(html: str) -> str:
    return " ".join(unescape(TAG.sub(" ", html)).split())
