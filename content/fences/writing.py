"""Fences of exercises in which a trainee writes: a reflection, an action plan."""


def read_prompt(data, key):
    return {"prompt": data["prompt"], "help": data.get("help", "").strip()}


def write_prompt(value):
    return {"prompt": value["prompt"], "help": value["help"]}
