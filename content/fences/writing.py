"""Fences of exercises a trainee does for themselves: a reflection, an action plan, a checklist."""

from content.fences.items import read_items, write_items


def read_prompt(data, key):
    return {"prompt": data["prompt"], "help": data.get("help", "").strip()}


def write_prompt(value):
    return {"prompt": value["prompt"], "help": value["help"]}


def read_checklist(data, key):
    items = read_items(data["items"], key=key, of=f"checklist:{data['id']}:item")
    return {**read_prompt(data, key), "items": items}


def write_checklist(value):
    return {**write_prompt(value), "items": write_items(value["items"])}
