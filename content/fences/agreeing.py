"""Fences of agreements: what the group agrees on, and what each trainee signs."""

from content.fences.items import read_items, write_items
from content.fences.writing import read_prompt, write_prompt
from content.prose import markdown, rich_text


def read_group_agreement(data, key):
    starters = read_items(data["starters"], key=key, of=f"group_agreement:{data['id']}:starter")
    return {**read_prompt(data, key), "starters": starters}


def write_group_agreement(value):
    return {**write_prompt(value), "starters": write_items(value["starters"])}


def read_agreement(data, key):
    return {
        "which": data["which"],
        "title": data["title"],
        "words": rich_text(data["words"]),
        "lines": read_items(data["lines"], key=key, of=f"agreement:{data['id']}:line"),
        "statement": data["statement"],
    }


def write_agreement(value):
    return {
        "which": value["which"],
        "title": value["title"],
        "words": markdown(value["words"]),
        "lines": write_items(value["lines"]),
        "statement": value["statement"],
    }
