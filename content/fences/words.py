"""Fences of words: something to say, a callout; and what usually needs no fence."""

from content.prose import clean, markdown, rich_text


def read_step(data, key):
    return {"title": data["title"]}


def write_step(value):
    return {"title": value["title"]}


def read_read(data, key):
    return clean(data["html"])


def write_read(value):
    return {"html": clean(value)}


def read_say(data, key):
    return {"lead": data.get("lead", ""), "words": data["words"]}


def write_say(value):
    return {"lead": value["lead"], "words": value["words"]}


def read_callout(data, key):
    return {"kind": data["kind"], "text": rich_text(data["text"])}


def write_callout(value):
    return {"kind": value["kind"], "text": markdown(value["text"])}
