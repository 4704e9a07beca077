"""What a library's semantics.json asks for, as fields that a form can be made of. Pure.

Semantics come from strangers: a name, a label or a number in them may be anything. What is not
understood becomes a field of the kind "kept", which is never shown and never changed; what its
maker does not want to be shown is "hidden".
"""

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import nh3

Json = Any
ABSENT: Final[Any] = type("Absent", (), {"__repr__": lambda self: "ABSENT"})()

MOST_FIELDS = 3000
DEEPEST = 25
LONGEST_LABEL = 300
LONGEST_HELP = 2000

KINDS = {
    "text": "text",
    "number": "number",
    "boolean": "boolean",
    "select": "choice",
    "group": "group",
    "list": "list",
    "library": "library",
    "image": "picture",
    "file": "file",
    "video": "video",
    "audio": "audio",
}
# Groups with these are written in like any other. For those with one that is not known, other
# programs have a drawing board, on which things are put in their place by hand.
PLAIN_WIDGETS = {None, "", "showWhen", "wizard", "duration", "dimensions", "linkWidget", "none"}
# What is measured to the second or the pixel by these widgets is not always a whole number.
FINE_WIDGETS = {"timecode", "duration", "none"}
# Enough for them, and no more than a person would type.
FINE = 3


@dataclass(frozen=True)
class Field:
    """One field, as its library describes it."""

    name: str
    kind: str
    label: str = ""
    help: str = ""
    placeholder: str = ""
    entity: str = ""
    unit: str = ""
    optional: bool = False
    common: bool = False
    expanded: bool = False
    importance: str = ""
    default: Json = ABSENT
    fields: tuple["Field", ...] = ()
    item: "Field | None" = None
    options: tuple[tuple[str, Json, str], ...] = ()
    libraries: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    decimals: int = 0
    longest: int | None = None
    first_items: int | None = None
    pattern: str = ""
    long: bool = False
    flat: bool = False
    has_board: bool = False
    shown_when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    shown_when_all: bool = False


class Budget:
    """How many more fields may be made. Says afterwards whether they were enough."""

    def __init__(self, left: int = MOST_FIELDS) -> None:
        self.left = left
        self.spent = False

    def take(self) -> bool:
        if self.left <= 0:
            self.spent = True
            return False
        self.left -= 1
        return True


def fields_of(semantics: Json, *, budget: Budget | None = None) -> tuple[Field, ...]:
    """Return the fields of a semantics.json, or of one group in it."""
    return _fields(semantics, budget or Budget(), 0)


def _fields(raw: Json, budget: Budget, depth: int) -> tuple[Field, ...]:
    if not isinstance(raw, list) or depth > DEEPEST:
        return ()
    found: dict[str, Field] = {}
    for one in raw:
        if not budget.take():
            break
        field = _field(one, budget, depth)
        if field is not None and field.name not in found:
            found[field.name] = field
    return tuple(found.values())


def _field(raw: Json, budget: Budget, depth: int) -> Field | None:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("name"), str):
        return None
    kind = _kind(raw)
    about = {
        "name": raw["name"],
        "label": said(raw.get("label"), LONGEST_LABEL) or in_words(raw["name"]),
        "help": said(raw.get("description"), LONGEST_HELP),
        "placeholder": said(raw.get("placeholder"), LONGEST_LABEL),
        "entity": said(raw.get("entity"), LONGEST_LABEL),
        "unit": said(raw.get("unit"), 20),
        "optional": raw.get("optional") is True,
        "common": raw.get("common") is True,
        "expanded": raw.get("expanded") is True,
        "importance": str(raw.get("importance") or "")[:10],
        "default": raw["default"] if raw.get("default") is not None else ABSENT,
    }
    about["shown_when"], about["shown_when_all"] = _shown_when(raw.get("showWhen"))
    if kind == "group":
        about["fields"] = _fields(raw.get("fields"), budget, depth + 1)
        widget = raw.get("widget")
        about["has_board"] = isinstance(widget, str) and widget not in PLAIN_WIDGETS
        about["flat"] = len(raw.get("fields") or ()) == 1 and raw.get("isSubContent") is not True
    elif kind == "list":
        item = raw.get("field")
        if isinstance(item, Mapping):
            item = {"name": "item", **item}
        inner = _field(item, budget, depth + 1) if budget.take() and depth < DEEPEST else None
        about["item"] = inner
        about["first_items"] = _whole(raw.get("defaultNum"))
        kind = "list" if inner is not None and inner.kind not in {"kept", "hidden"} else "kept"
    return Field(kind=kind, **about, **_limits(raw, kind))


def _kind(raw: Mapping[str, Json]) -> str:
    widget = raw.get("widget")
    kind = KINDS.get(raw["type"], "kept") if isinstance(raw.get("type"), str) else "kept"
    if widget == "none":
        return "hidden"
    if kind == "text" and (widget == "html" or isinstance(raw.get("tags"), list)):
        return "rich"
    if kind == "text" and widget == "colorSelector":
        return "colour"
    if kind == "choice" and raw.get("multiple") is True:
        kind = "choices"
    if kind in {"choice", "choices"} and not _options(raw.get("options")):
        return "kept"
    return kind


def _limits(raw: Mapping[str, Json], kind: str) -> dict[str, Any]:
    """Return what a value of the kind may be."""
    if kind in {"choice", "choices"}:
        return {"options": _options(raw.get("options"))}
    if kind == "library":
        options = raw.get("options")
        names = options if isinstance(options, list) else ()
        return {"libraries": tuple(dict.fromkeys(n for n in names if isinstance(n, str)))[:200]}
    if kind == "rich":
        return {"tags": _words(raw.get("tags")), "styles": _styles(raw.get("font"))}
    if kind == "number":
        fine = FINE if raw.get("widget") in FINE_WIDGETS else 0
        decimals = _whole(raw.get("decimals"))
        return {
            "minimum": _number(raw.get("min")),
            "maximum": _number(raw.get("max")),
            "step": _number(raw.get("step", raw.get("steps"))),
            "decimals": min(decimals, 10) if decimals is not None else fine,
        }
    if kind == "list":
        return {"minimum": _number(raw.get("min")), "maximum": _number(raw.get("max"))}
    if kind in {"text", "colour"}:
        longest = _whole(raw.get("maxLength"))
        return {
            # H5P's own: a line is at most 255 letters, unless it says otherwise.
            "longest": longest or (None if raw.get("widget") == "textarea" else 255),
            "long": raw.get("widget") == "textarea" or (longest or 0) > 255,
            "pattern": _pattern(raw.get("regexp")),
        }
    return {}


def said(value: Json, longest: int) -> str:
    """Return words of a stranger as plain text: tags are taken out, and it has an end."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(nh3.clean(value[: longest * 2], tags=set()))
    return " ".join(text.split())[:longest]


def in_words(name: str) -> str:
    """Return the name of a field without a label as words: “Show score points”."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_\-]+", " ", name).strip()[:LONGEST_LABEL]
    return spaced[:1].upper() + spaced[1:].lower()


def _options(raw: Json) -> tuple[tuple[str, Json, str], ...]:
    """Return (what is posted, what is kept, what is read) for each choice."""
    found: dict[str, tuple[str, Json, str]] = {}
    for one in raw if isinstance(raw, list) else ():
        if isinstance(one, Mapping) and isinstance(one.get("value"), str | int | float | bool):
            key = posted_as(one["value"])
            label = said(one.get("label"), LONGEST_LABEL) or key
            found.setdefault(key, (key, one["value"], label))
    return tuple(found.values())[:500]


def posted_as(value: Json) -> str:
    """Return how a choice is written in a form."""
    return value if isinstance(value, str) else json.dumps(value)


def _shown_when(raw: Json) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], bool]:
    rules = []
    told = raw.get("rules") if isinstance(raw, Mapping) else None
    if isinstance(told, list):
        for rule in told:
            if isinstance(rule, Mapping) and isinstance(rule.get("field"), str):
                equals = rule.get("equals")
                wanted = equals if isinstance(equals, list) else [equals]
                rules.append((rule["field"][:500], tuple(posted_as(one) for one in wanted)))
    return tuple(rules[:20]), isinstance(raw, Mapping) and raw.get("type") == "and"


def _pattern(raw: Json) -> str:
    """Return a pattern that can be asked of anything in next to no time, or none.

    A stranger can write one that takes years. Those with repeated groups, or with more than two
    repeats, are not asked.
    """
    pattern = raw.get("pattern") if isinstance(raw, Mapping) else raw
    if not isinstance(pattern, str) or len(pattern) > 200:
        return ""
    if re.search(r"\)[*+{?]|\\\d", pattern) or len(re.findall(r"[*+{]", pattern)) > 2:
        return ""
    if isinstance(raw, Mapping) and "i" in str(raw.get("modifiers") or ""):
        pattern = f"(?i:{pattern})"
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return ""
    return pattern


def _styles(font: Json) -> tuple[str, ...]:
    """Return the style properties that a field with the `font` setting allows."""
    names = {
        "size": "font-size",
        "family": "font-family",
        "color": "color",
        "background": "background-color",
        "spacing": "letter-spacing",
        "height": "line-height",
    }
    chosen = font if isinstance(font, Mapping) else {}
    return tuple(style for name, style in names.items() if chosen.get(name))


def _words(raw: Json) -> tuple[str, ...]:
    words = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else ()
    return tuple(one.lower() for one in words if isinstance(one, str))[:100]


def _whole(raw: Json) -> int | None:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < 10**9 else None


def _number(raw: Json) -> float | None:
    """Return a bound. One that is beyond all measure is none."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < 10**15:
        return raw
    return None
