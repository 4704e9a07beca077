"""Fences of knowledge checks."""

from content.fences.items import read_items, without_empty, write_items


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
