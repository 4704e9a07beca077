"""The JSON of a package: read with care, for it may come from anywhere.

What is read can be kept in any database and written as JSON again: no numbers without end, no
letters that are none. It is not so deep nor of so many parts that it could fill the memory, and
what is said twice is refused where two readers could understand two things.
"""

import json
import math

from django.utils.translation import gettext as _

DEEPEST = 100
PARTS_AT_MOST = 300_000


class NotReadable(ValueError):
    """The text is not JSON that we take; `str()` says why and where, in plain words."""


def read(text: str, where: str, *, once: bool = True) -> object:
    """Return what `text` says. `where` names it for people. Raises NotReadable.

    With `once`, a name may be there once in an object. Without, the last one counts, as in every
    browser.
    """
    # Each part of it begins or ends at one of these, so this is never fewer than there are. It
    # is counted before anything is made of it.
    if sum(map(text.count, "[{,:")) > PARTS_AT_MOST:
        raise NotReadable(_("“%s” has far too much in it.") % where)
    try:
        data = json.loads(
            text,
            object_pairs_hook=_once if once else None,
            parse_constant=_no_number,
            parse_float=_number,
        )
    except _Twice as fault:
        raise NotReadable(
            _("“%(where)s” says “%(name)s” twice in one place. We cannot tell which counts.")
            % {"where": where, "name": str(fault)[:80]}
        ) from fault
    except json.JSONDecodeError as fault:
        raise NotReadable(
            _("“%(where)s” is broken: look at line %(line)s, letter %(letter)s.")
            % {"where": where, "line": fault.lineno, "letter": fault.colno}
        ) from fault
    except RecursionError as fault:
        raise _too_deep(where) from fault
    except ValueError as fault:
        raise NotReadable(_("“%s” has a number in it that we cannot read.") % where) from fault
    _check(data, where)
    return data


class _Twice(Exception):
    pass


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        raise _Twice(next(name for name, _value in pairs if name in seen or seen.add(name)))
    return made


def _no_number(text: str) -> float:
    raise ValueError(text)


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _too_deep(where: str) -> NotReadable:
    return NotReadable(_("“%s” has too many things inside one another.") % where)


def _check(data: object, where: str) -> None:
    level, depth = [data], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise _too_deep(where)
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                below.extend(value.keys())
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
            elif isinstance(value, str) and not _is_text(value):
                raise NotReadable(_("“%s” has a letter in it that is none.") % where)
        level = below


def _is_text(text: str) -> bool:
    """Whether every database takes it: no NUL, and no half of a letter."""
    if text.isascii():
        return "\0" not in text
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
