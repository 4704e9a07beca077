"""Fences of knowledge checks."""

from content.fences.items import read_items, without_empty, write_items

GROUPS = ("first", "second", "third", "fourth")  # the places that a sorting has for its groups


def read_check(data, key):
    return {
        "question": data["question"],
        "choose": data.get("choose", "one"),
        "safety": bool(data.get("safety")),
        "options": read_items(
            data["options"], key=key, of=f"check:{data['id']}:option", read=_read_option
        ),
    }


def _read_option(entry):
    return {
        "text": str(entry["text"]),
        "best": bool(entry.get("best")),
        "feedback": entry["feedback"].strip(),
    }


def write_check(value):
    return {
        "question": value["question"],
        "choose": value["choose"],
        "safety": value["safety"],
        "options": write_items(value["options"], lambda option: without_empty(option, "feedback")),
    }


def read_order(data, key):
    return {
        "question": data["question"],
        "safety": bool(data.get("safety")),
        "items": read_items(data["items"], key=key, of=f"order:{data['id']}:item"),
        "feedback": data["feedback"].strip(),
        "feedback_other": data["feedback_other"].strip(),
    }


def write_order(value):
    return without_empty({**value, "items": write_items(value["items"])})


def read_sort(data, key):
    names = [str(name) for name in data["groups"]]
    places = dict(zip(names, GROUPS, strict=False))
    return {
        "question": data["question"],
        "safety": bool(data.get("safety")),
        "groups": dict.fromkeys(GROUPS, "") | {place: n for n, place in places.items()},
        "cards": read_items(
            data["cards"],
            key=key,
            of=f"sort:{data['id']}:card",
            read=lambda entry: {
                "text": str(entry["text"]),
                "fits": [places[str(name)] for name in entry["groups"]],
                "feedback": entry["feedback"].strip(),
            },
        ),
    }


def write_sort(value):
    names = {place: name for place, name in value["groups"].items() if name}
    return without_empty(
        {
            "question": value["question"],
            "safety": value["safety"],
            "groups": list(names.values()),
            "cards": write_items(
                value["cards"],
                lambda card: {
                    "text": card["text"],
                    # A draft may put a card into a group that has no name yet.
                    "groups": [names.get(place, place) for place in card["fits"]],
                    "feedback": card["feedback"],
                },
            ),
        }
    )


def read_short(data, key):
    name = f"short:{data['id']}"
    return {
        "question": data["question"],
        "help": data.get("help", "").strip(),
        "models": read_items(data["models"], key=key, of=f"{name}:model"),
        "look_for": read_items(data["look_for"], key=key, of=f"{name}:look_for"),
    }


def write_short(value):
    return without_empty(
        {
            **value,
            "models": write_items(value["models"]),
            "look_for": write_items(value["look_for"]),
        }
    )


def read_scale(data, key):
    return {
        "question": data["question"],
        "help": data.get("help", "").strip(),
        "lowest": data["lowest"],
        "highest": data["highest"],
        "statements": read_items(data["statements"], key=key, of=f"scale:{data['id']}:statement"),
        "said_back": data.get("said_back", "").strip(),
    }


def write_scale(value):
    return without_empty({**value, "statements": write_items(value["statements"])})


def read_course_check(data, key):
    return {
        "title": data["title"],
        "help": data.get("help", "").strip(),
        "purpose": data["purpose"],
        "draw": data["draw"],
        "need": data.get("need", 0),
    }


def write_course_check(value):
    return without_empty(dict(value))
