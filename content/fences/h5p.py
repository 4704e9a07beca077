"""Fences of activities made with H5P: a file in `media/`, or a talk from which one is made.

    ```h5p
    id: before-the-tea
    title: Before the tea
    file: before-the-tea-0a1b2c3d4e5f.h5p
    words: |
      The same to read.
    asked: true
    ```

In place of `file`, `scenario` may hold a talk as a `scenario` fence does. The activity is then
made when the course is.
"""

from content.fences.items import Unknown, without_empty
from content.fences.scenario import read_talk, write_scenario
from content.prose import markdown, rich_text

SCENARIO = "scenario"


def read_activity(data, key):
    return {
        "title": str(data["title"]),
        "package": _read_package(data, key),
        "words": rich_text(data.get("words", "")),
        "asked": bool(data.get("asked")),
    }


def _read_package(data, key):
    if SCENARIO not in data:
        return data["file"]
    if data.get("file") is not None:
        raise Unknown("file, scenario")
    return {SCENARIO: read_talk(data[SCENARIO], key, f"h5p:{data['id']}")}


def write_activity(value):
    return without_empty(
        {
            "title": value["title"],
            **_write_package(value["package"]),
            "words": markdown(value["words"]),
            "asked": value["asked"],
        },
        "title",
        "file",
    )


def _write_package(package):
    if isinstance(package, dict):
        return {SCENARIO: write_scenario(package[SCENARIO])}
    return {"file": package}
