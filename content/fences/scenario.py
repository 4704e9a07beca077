"""Fences of scenarios: a talk that branches."""

from content.fences.items import Unknown, read_items, without_empty, write_items
from content.scenario_words import ENDINGS, ROADBLOCKS, SKILLS

TEXTS = ("say", "then", "feedback", "go", "safety_step")


def read_scenario(data, key):
    return read_talk(data, key, f"scenario:{data['id']}")


def read_talk(data, key, own):
    """Return the value of a talk; `own` is what the ids of its parts are made from."""
    return {
        "title": data["title"],
        "setting": _words(data["setting"]),
        "content_note": _words(data.get("content_note")),
        "safety": bool(data.get("safety")),
        "skills": _codes(data, "skills", SKILLS),
        "steps": _named_items(
            data["steps"], key, f"{own}:step", lambda step: _read_step(step, key, own)
        ),
        "endings": _named_items(data["endings"], key, f"{own}:ending", _read_ending),
        "debrief": _words(data.get("debrief")),
    }


def _words(text):
    return str(text or "").strip()


def _codes(data, name, known):
    codes = list(data.get(name) or ())
    for code in codes:
        if code not in known:
            raise Unknown(f"{name}: {code}")
    return codes


def _named_items(entries, key, of, read):
    """Steps and endings are known by their names: one may be put before another."""
    return read_items(entries, key=key, of=of, read=read, named_by="name")


def _read_step(step, key, own):
    return {
        "name": str(step["name"]),
        "words": _words(step["words"]),
        "repair": bool(step.get("repair")),
        "choices": read_items(
            step["choices"], key=key, of=f"{own}:step:{step['name']}:choice", read=_read_choice
        ),
    }


def _read_choice(choice):
    said = {name: _words(choice.get(name)) for name in TEXTS}
    return {
        **said,
        "say": _words(choice["say"]),
        "skills": _codes(choice, "skills", SKILLS),
        "roadblocks": _codes(choice, "roadblocks", ROADBLOCKS),
        "kind": bool(choice.get("kind")),
    }


def _read_ending(ending):
    [kind] = _codes({"kind": [ending["kind"]]}, "kind", ENDINGS)
    return {"name": str(ending["name"]), "kind": kind, "words": _words(ending["words"])}


def write_scenario(value):
    return without_empty(
        {
            **value,
            "steps": write_items(value["steps"], _write_step),
            "endings": write_items(value["endings"], dict),
        },
        "title",
        "setting",
        "steps",
        "endings",
    )


def _write_step(step):
    choices = write_items(step["choices"], lambda choice: without_empty(choice, "say"))
    return without_empty({**step, "choices": choices}, "name", "words", "choices")
