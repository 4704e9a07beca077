"""A library's form in another language: semantics with the words of a language file. Pure.

Such a file repeats the shape of the semantics, with nothing but words in it. It may fit badly, or
not be what it says it is: then what fits is taken, and the rest stays as it was.
"""

from collections.abc import Mapping
from typing import Any

Json = Any
LABELS = ("label", "description", "entity", "placeholder", "unit")


def translated(semantics: Json, words: Json, *, take: tuple[str, ...] = LABELS) -> Json:
    """Return `semantics` with the words that `words`, a language file, has for it.

    `take` names what is taken: labels for who fills in the form, "default" for what its fields
    hold to begin with.
    """
    there = words.get("semantics") if isinstance(words, Mapping) else None
    return _each(semantics, there, take)


def _each(fields: Json, words: Json, take: tuple[str, ...]) -> Json:
    if not isinstance(fields, list) or not isinstance(words, list):
        return fields
    paired = zip(fields, words, strict=False)
    return [_one(field, said, take) for field, said in paired] + fields[len(words) :]


def _one(field: Json, words: Json, take: tuple[str, ...]) -> Json:
    if not isinstance(field, Mapping) or not isinstance(words, Mapping):
        return field
    new = dict(field)
    for key in take:
        has_words = isinstance(words.get(key), str) and words[key].strip()
        if has_words and (key != "default" or isinstance(field.get(key), str)):
            new[key] = words[key]
    if "fields" in field:
        new["fields"] = _each(field["fields"], words.get("fields"), take)
    if "field" in field:
        new["field"] = _one(field["field"], words.get("field"), take)
    if isinstance(field.get("options"), list):
        new["options"] = _each(field["options"], words.get("options"), take)
    return new
