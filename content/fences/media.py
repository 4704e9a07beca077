"""Fences of what is seen and heard. A file is named as it is called in `media/`."""

from content.fences.items import without_empty
from content.prose import markdown, rich_text

# Where in a block's value a document or a picture is named.
DOCUMENTS = {"video": ("file", "captions"), "audio": ("file",), "download": ("file",)}


def read_recording(data, key):
    return {
        "title": data["title"],
        "file": data["file"],
        "transcript": rich_text(data.get("transcript", "")),
    }


def write_recording(value):
    return {
        "title": value["title"],
        "file": value["file"],
        "transcript": markdown(value["transcript"]),
    }


def read_video(data, key):
    return {**read_recording(data, key), "captions": data.get("captions")}


def write_video(value):
    return without_empty(
        {**write_recording(value), "captions": value["captions"]}, "title", "file", "transcript"
    )


def read_download(data, key):
    return {"title": data["title"], "file": data["file"], "about": data.get("about", "")}


def write_download(value):
    return without_empty(value, "title", "file")


def read_picture(data, key):
    image = {
        "image": data["file"],
        "alt_text": data.get("alt", ""),
        "decorative": data.get("decorative", False),
    }
    return {
        "image": image if image["image"] is not None else None,
        "caption": data.get("caption", ""),
    }


def write_picture(value):
    image = value["image"] or {"image": None, "alt_text": "", "decorative": False}
    return without_empty(
        {
            "file": image["image"],
            "alt": image["alt_text"],
            "decorative": image["decorative"],
            "caption": value["caption"],
        },
        "file",
    )


def named(block, *, document, picture, package):
    """Return a block's data with each file it names given by another name.

    `document`, `picture` and `package` are functions from one name to the other: a number in the
    database to a file's name, or back. What names no file stays as it is.
    """
    kind, value = block["type"], block["value"]
    if kind in DOCUMENTS:
        value = {**value, **{part: document(value.get(part)) for part in DOCUMENTS[kind]}}
    elif kind == "picture" and value["image"]:
        value = {**value, "image": {**value["image"], "image": picture(value["image"]["image"])}}
    elif kind == "h5p":
        value = {**value, "package": package(value.get("package"))}
    return {**block, "value": value}
