"""What every fence with a list in it needs: items that keep their ids."""

import uuid


class Unknown(ValueError):
    """A fence says something that we have no word for; `str()` is where, and what."""


def identity(key, what, name):
    """Return the id for what a person named: a UUID stands for itself, another name makes one."""
    try:
        return str(uuid.UUID(str(name)))
    except ValueError:
        return str(uuid.uuid5(key, f"{what}:{name}"))


def read_items(entries, *, key, of, read=lambda entry: entry["text"], named_by=None):
    """Return the items of a ListBlock from a fence's list.

    `of` says whose items they are, like "check:amina:option"; `read` turns one entry into the
    item's value. An entry that is only text stands for `{"text": …}`. An entry's own `id`, if it
    has one, is kept; else it has one from its place, or from what it says under `named_by`.
    """
    items = []
    for n, entry in enumerate(entries, 1):
        said = entry if isinstance(entry, dict) else {"text": str(entry)}
        name = said.get("id", said[named_by] if named_by else n)
        items.append({"type": "item", "id": identity(key, of, name), "value": read(said)})
    return items


def write_items(items, write=lambda value: {"text": value}):
    """Return the entries of a fence's list for the items of a ListBlock, each with its id."""
    return [{"id": item["id"], **write(item["value"])} for item in items]


def without_empty(data, *keep):
    """Return `data` without what says nothing (None, "", False, []), except for `keep`."""
    return {name: value for name, value in data.items() if value or name in keep}
