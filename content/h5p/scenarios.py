"""A scenario as the content of our own H5P type, “Alongside.Talk”, and back.

The type shows plain words: skills and endings go in by what they are called in the talk's
language. As H5P editors do, the signs & < > are written out in every text.
"""

import json
import re
from functools import cache
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from content.branching import cards
from content.exercises import Choice, Ending, Scenario, ScenarioStep
from content.h5p.resolving import Name
from content.h5p.writing import TALK, write_talk
from content.scenario_words import ENDINGS, ROADBLOCKS, SKILLS

TYPE = "Alongside.Talk"
SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
TITLE_AT_MOST = 255


def write(scenario: Scenario, language: str, file: IO[bytes]) -> None:
    """Write a scenario to `file` as an .h5p file that any H5P host plays."""
    write_talk(metadata(scenario, language), content(scenario, language), file)


# --- out ---------------------------------------------------------------------------------------


def metadata(scenario: Scenario, language: str) -> dict[str, Any]:
    """Return what h5p.json says of a scenario."""
    library = _library()
    title = " ".join(scenario.title.split())[:TITLE_AT_MOST]
    code = _short_code(language)
    return {
        "title": title or library["title"],
        "language": code,
        "defaultLanguage": code,
        "mainLibrary": TYPE,
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [Name.of(library).needed],
    }


def content(scenario: Scenario, language: str) -> dict[str, Any]:
    """Return what content.json says of a scenario written in `language`, like “en” or “es”."""
    with override(language):
        return {
            "title": _out(scenario.title),
            "setting": _out(scenario.setting),
            "contentNote": _out(scenario.content_note),
            "practise": _names(scenario.skills, SKILLS),
            "steps": [_step(card) for card in cards(scenario)],
            "endings": [_ending(ending) for ending in scenario.endings],
            "debrief": _out(scenario.debrief),
            "help": _out(_help()) if scenario.safety else "",
            "language": language,
            "l10n": words_on_screen(language),
        }


def words_on_screen(language: str) -> dict[str, str]:
    """Return what the type's buttons and headings say in a language; in English if it has none."""
    plain = {field["name"]: field["default"] for field in _read("semantics.json")[-1]["fields"]}
    for code in (language, language.split("-")[0]):
        if (TALK / "language" / f"{code}.json").is_file():
            theirs = _read(f"language/{code}.json")["semantics"][-1]["fields"]
            words = [field["default"] for field in theirs]
            return dict(zip(plain, words, strict=True))
    return plain


def _help() -> str:
    return _(
        "Tell the named person the same day. "
        "If somebody is in danger now, call the emergency number first."
    )


def _step(card: Any) -> dict[str, Any]:
    return {
        "name": _out(card.step.name),
        "words": _out(card.step.words),
        "repair": card.step.repair,
        "choices": [_choice(way) for way in card.ways],
    }


def _choice(way: Any) -> dict[str, Any]:
    choice = way.choice
    return {
        **{name: _out(getattr(choice, name)) for name in ("say", "then", "feedback")},
        "skills": _names(choice.skills, SKILLS),
        "roadblocks": _names(choice.roadblocks, ROADBLOCKS),
        "kind": choice.kind,
        # By the very name: on other hosts nobody but us knows that “2B” is “2b”.
        "go": "" if way.again else _out(way.to.name if way.to else choice.go),
        "rightStep": _out(choice.safety_step),
    }


def _ending(ending: Ending) -> dict[str, Any]:
    return {
        "name": _out(ending.name),
        "title": _out(str(ENDINGS.get(ending.kind, ending.kind))),
        "words": _out(ending.words),
    }


def _names(codes: tuple[str, ...], called: dict[str, Any]) -> list[str]:
    return [_out(str(called[code])) for code in codes if code in called]


def _out(text: str) -> str:
    return re.sub("[&<>]", lambda found: SIGNS[found[0]], text.strip())


def _short_code(language: str) -> str:
    """H5P takes letters and hyphens, ten at most: “es-419” is “es” to it."""
    fits = re.fullmatch("[-a-zA-Z]{1,10}", language)
    return language if fits else language.split("-")[0][:10] or "und"


@cache
def _read(name: str) -> Any:
    return json.loads((TALK / name).read_text(encoding="utf-8"))


def _library() -> dict[str, Any]:
    found: dict[str, Any] = _read("library.json")
    return found


# --- back --------------------------------------------------------------------------------------


def scenario_of(content: dict[str, Any], id: str = "") -> Scenario:
    """Return the Scenario that a content.json of our type tells; its parts are known by places.

    Habits and endings that we have no code for are left out.
    """
    with override(content.get("language") or "en"):
        return Scenario(
            id=id,
            title=_back(content, "title"),
            setting=_back(content, "setting"),
            content_note=_back(content, "contentNote"),
            safety=bool(_back(content, "help")),
            skills=_codes(content, "practise", SKILLS),
            steps=tuple(_step_back(n, step) for n, step in _counted(content, "steps")),
            endings=tuple(_ending_back(n, ending) for n, ending in _counted(content, "endings")),
            debrief=_back(content, "debrief"),
        )


def _step_back(n: int, step: dict[str, Any]) -> ScenarioStep:
    return ScenarioStep(
        id=f"step-{n}",
        name=_back(step, "name"),
        words=_back(step, "words"),
        choices=tuple(_choice_back(n, m, one) for m, one in _counted(step, "choices")),
        repair=bool(step.get("repair")),
    )


def _choice_back(n: int, m: int, choice: dict[str, Any]) -> Choice:
    return Choice(
        id=f"step-{n}-choice-{m}",
        say=_back(choice, "say"),
        then=_back(choice, "then"),
        feedback=_back(choice, "feedback"),
        skills=_codes(choice, "skills", SKILLS),
        roadblocks=_codes(choice, "roadblocks", ROADBLOCKS),
        kind=bool(choice.get("kind")),
        go=_back(choice, "go"),
        safety_step=_back(choice, "rightStep"),
    )


def _ending_back(n: int, ending: dict[str, Any]) -> Ending:
    kinds = _codes({"title": [ending.get("title")]}, "title", ENDINGS)
    return Ending(
        id=f"ending-{n}",
        name=_back(ending, "name"),
        kind=kinds[0] if kinds else "",
        words=_back(ending, "words"),
    )


def _counted(data: dict[str, Any], name: str) -> Any:
    return enumerate(data.get(name) or (), 1)


def _codes(data: dict[str, Any], name: str, called: dict[str, Any]) -> tuple[str, ...]:
    by_name = {str(words): code for code, words in called.items()}
    found = (by_name.get(_in(words)) for words in data.get(name) or ())
    return tuple(code for code in found if code)


def _back(data: dict[str, Any], name: str) -> str:
    return _in(data.get(name))


def _in(text: Any) -> str:
    signs = {written: sign for sign, written in SIGNS.items()}
    return re.sub("&(amp|lt|gt);", lambda found: signs[found[0]], str(text or "")).strip()
