"""What a new activity, and each new part of one, holds to begin with. Pure."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from content.h5p.form_values import collapsed, fits
from content.h5p.semantics import ABSENT, DEEPEST, Budget, Field, Json


@dataclass(frozen=True)
class Kind:
    """A library that a part of an activity may be made with."""

    name: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class World:
    """What a form is made of beside the content itself."""

    library: Callable[[str], Kind | None]
    # (kind of file, what was posted) → the value to keep, or None when there is no such file.
    file: Callable[[str, str], Json | None]
    new_id: Callable[[], str]


def in_list(about: Field, value: Json) -> Json:
    """Return an item with nothing in it as the nothing of its kind: a list has no gaps."""
    if value is not ABSENT:
        return value
    kind = collapsed(about, ABSENT).kind
    return {"list": [], "group": {}, "library": {}, "boolean": False}.get(kind, "")


def new_part(kind: Kind, world: World) -> dict[str, Json]:
    """Return a new part of an activity, as H5P keeps such parts."""
    about = {"contentType": kind.title, "license": "U", "title": kind.title}
    return {"library": kind.name, "params": {}, "subContentId": world.new_id(), "metadata": about}


def begin(fields: Sequence[Field], world: World) -> Json:
    """Return the content that a new activity begins with."""
    return begin_all(fields, world, Budget(), 0)


def begin_all(fields: Sequence[Field], world: World, budget: Budget, depth: int) -> Json:
    content = {}
    for one in fields:
        value = beginning(one, world, budget, depth + 1)
        if value is not ABSENT:
            content[one.name] = value
    return content


def beginning(about: Field, world: World, budget: Budget, depth: int) -> Json:
    """Return what a new field holds to begin with."""
    if depth > DEEPEST or not budget.take():
        return ABSENT
    about = collapsed(about, ABSENT)
    if about.default is not ABSENT and fits(about, about.default):
        return copy.deepcopy(about.default)
    if about.kind == "group":
        return begin_all(about.fields, world, budget, depth)
    if about.kind == "list" and about.item is not None:
        first = about.first_items if about.first_items is not None else about.minimum or 0
        count = max(0, min(int(first), 20))
        made = [beginning(about.item, world, budget, depth + 1) for _ in range(count)]
        return [in_list(about.item, one) for one in made]
    if about.kind == "library" and len(about.libraries) == 1 and not about.optional:
        kind = world.library(about.libraries[0])
        if kind is not None:
            params = begin_all(kind.fields, world, budget, depth)
            return {**new_part(kind, world), "params": params}
    return False if about.kind == "boolean" else ABSENT
