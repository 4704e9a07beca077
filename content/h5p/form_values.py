"""How an activity's values stand in the fields of a form, and what is read from them. Pure."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from content.h5p import rich_text
from content.h5p.semantics import ABSENT, Field, Json, posted_as

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|(?:rgb|hsl)a?\([\d\s.,%/]{1,60}\)|[a-zA-Z]{1,30}")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field: a code, and the number that it is about."""

    code: str
    limit: Any = None


def collapsed(about: Field, base: Json) -> Field:
    """Return what stands for a group of one field: H5P keeps that field's value alone."""
    while about.kind == "group" and about.flat and len(about.fields) == 1:
        (inner,) = about.fields
        is_whole = isinstance(base, Mapping) and inner.name in base
        if is_whole and inner.kind not in {"group", "library"}:
            return about
        named = about.label if inner.kind in {"list", "group", "library"} else inner.label
        about = replace(
            inner,
            name=about.name,
            label=named,
            help=inner.help or about.help,
            optional=inner.optional or about.optional,
            common=inner.common or about.common,
            importance=about.importance or inner.importance,
            shown_when=about.shown_when or inner.shown_when,
        )
    return about


def fits(about: Field, base: Json) -> bool:
    """Whether a field can show what is there. PHP writes an empty object as []."""
    if base is ABSENT or base is None:
        return True
    if about.kind in {"group", "library", "picture", "file"}:
        return isinstance(base, Mapping) or base == []
    if about.kind in {"list", "choices", "video", "audio"}:
        return isinstance(base, list)
    if about.kind == "boolean":
        return isinstance(base, bool)
    if about.kind in {"choice", "number"}:
        return isinstance(base, str | int | float)
    return isinstance(base, str)


def shown_for(about: Field, base: Json) -> tuple[str, tuple[str, ...]]:
    """Return what stands in a field for a value, and which of several are ticked."""
    value = about.default if base is ABSENT or base is None else base
    if value is ABSENT:
        return "", ()
    if about.kind == "choices":
        held = [posted_as(one) for one in value] if isinstance(value, list) else [posted_as(value)]
        return "", tuple(key for key, _, _ in about.options if key in held)
    if about.kind == "boolean":
        return ("on" if value is True else ""), ()
    if about.kind in {"choice", "number"}:
        return posted_as(value), ()
    if not isinstance(value, str):
        return "", ()
    if about.kind == "rich":
        return rich_text.clean(value, about.tags, about.styles), ()
    return html.unescape(value), ()


def read(about: Field, typed: str) -> tuple[Json, Fault | None]:
    """Return what is kept of what was typed, and what is wrong with it."""
    if about.kind == "boolean":
        return typed == "on", None
    if about.kind == "choice":
        found = [kept for key, kept, _ in about.options if key == typed]
        return (found[0], None) if found else (ABSENT, None if not typed else Fault("choice"))
    if about.kind == "number":
        return _number(typed.strip().replace(",", "."))
    if not rich_text.as_text(typed) and "<" not in typed:
        return ABSENT if about.optional else "", None
    if about.kind == "rich":
        return rich_text.clean(rich_text.from_typing(typed), about.tags, about.styles), None
    if about.kind == "colour" and not COLOUR.fullmatch(typed.strip()):
        return typed, Fault("colour")
    return html.escape(typed.strip(), quote=False), None


def _number(typed: str) -> tuple[Json, Fault | None]:
    if not typed:
        return ABSENT, None
    if re.fullmatch(r"[-+]?\d{1,15}", typed):
        return int(typed), None
    if re.fullmatch(r"[-+]?\d{0,15}\.\d{1,15}", typed):
        return float(typed), None
    return ABSENT, Fault("number")
