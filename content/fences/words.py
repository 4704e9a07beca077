"""Fences of words: something to say, a callout."""

from content.prose import rich_text


def read_say(data, key):
    return {"lead": data.get("lead", ""), "words": data["words"]}


def write_say(value):
    return {"lead": value["lead"], "words": value["words"]}


def read_callout(data, key):
    return {"kind": data["kind"], "text": rich_text(data["text"])}


def write_callout(value):
    return {"kind": value["kind"], "text": value["text"]}
