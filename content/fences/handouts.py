"""Fences of what stands only in a handout: cards, lines, boxes, criteria, a table."""

from content.fences.items import read_items, without_empty, write_items


def read_cards(data, key):
    return {
        "across": str(data.get("across", 2)),
        "cards": read_items(
            data["cards"], key=key, of=f"cards:{data.get('id', '')}:card", read=_read_card
        ),
    }


def _read_card(entry):
    return {
        "title": str(entry.get("title", "")),
        "text": str(entry["text"]).strip(),
        "back": str(entry.get("back", "")).strip(),
    }


def write_cards(value):
    return {
        "across": int(value["across"]),
        "cards": write_items(value["cards"], lambda card: without_empty(card, "text")),
    }


def read_lines(data, key):
    return {"label": str(data["label"]), "lines": int(data.get("lines", 3))}


def write_lines(value):
    return {"label": value["label"], "lines": value["lines"]}


def read_boxes(data, key):
    of = f"boxes:{data.get('id', '')}:item"
    return {"items": read_items(data["items"], key=key, of=of, read=_text)}


def write_boxes(value):
    return {"items": write_items(value["items"])}


def _text(entry):
    return str(entry["text"]).strip()


def read_criteria(data, key):
    of = f"criteria:{data.get('id', '')}"

    def read_criterion(entry):
        return {
            "code": str(entry["code"]),
            "title": str(entry["title"]),
            "safety": bool(entry.get("safety")),
            "levels": read_items(
                entry["levels"], key=key, of=f"{of}:{entry['code']}:level", read=_text
            ),
        }

    return {
        "levels": read_items(data["levels"], key=key, of=f"{of}:level", read=_text),
        "criteria": read_items(data["criteria"], key=key, of=of, read=read_criterion),
    }


def write_criteria(value):
    return {
        "levels": write_items(value["levels"]),
        "criteria": write_items(
            value["criteria"],
            lambda each: {
                **without_empty(each, "code", "title"),
                "levels": write_items(each["levels"]),
            },
        ),
    }


def read_table(data, key):
    return {
        "columns": [{"type": "text", "heading": str(heading)} for heading in data["head"]],
        "rows": [{"values": _row(row, len(data["head"]))} for row in data["rows"]],
        "caption": str(data.get("caption", "")),
    }


def _row(row, across):
    """Return a row's cells as texts, as many as there are columns."""
    cells = ["" if cell is None else str(cell) for cell in row]
    return (cells + [""] * across)[:across]


def write_table(value):
    return without_empty(
        {
            "head": [column["heading"] for column in value["columns"]],
            "rows": [row["values"] for row in value["rows"]],
            "caption": value["caption"],
        },
        "head",
        "rows",
    )


def read_page_break(data, key):
    return None


def write_page_break(value):
    return {}
