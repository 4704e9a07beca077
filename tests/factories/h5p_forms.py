"""The form of an H5P activity, as a browser sends it and as an author fills it in."""

from content.h5p.form_tree import FILES
from content.models import H5PPackage

# For every type that asks for words: the star makes a gap or a word to find of one of them.
WORDS = "A *little*, then rest"
MOST_TURNS = 5


def sent_of(answer):
    """Return what a browser sends of a form, untouched."""
    shown = answer.context
    posted = {
        "began": shown["version"].number if shown["version"] else "",
        "told": shown["told"],
        "language": shown["language"],
        "title": shown["about"]["title"].value() or "",
    }
    for node in shown["form"].tree.walk():
        if node.kind == "list":
            posted[f"{node.path}.~"] = " ".join(node.keys)
        elif node.kind == "library":
            posted[f"{node.path}.library"] = node.typed
        elif node.kind == "boolean":
            posted[node.path] = ["", "on"] if node.typed else ""
        elif node.kind in FILES:
            posted[f"{node.path}.~new"] = node.typed
        elif node.kind != "group":
            posted[node.path] = node.typed
    return posted


def fill_in(client, address, *, title, files, written=None):
    """Save a form as an author does who gives no more than they are asked for.

    `files` is {kind of field: the picture or document for it}, `written` what they write besides.
    Return the version that comes of it.
    """
    answer, written = client.get(address), {"title": title, **(written or {})}
    for _turn in range(MOST_TURNS):
        answer = client.post(address, sent_of(answer) | written)
        if answer.status_code == 302:
            return H5PPackage.objects.get(title=title).latest
        asked = (node for node in answer.context["form"].tree.walk() if node.fault)
        written = dict(_given(node, files) for node in asked)
    raise AssertionError(f"This cannot be saved: {written}")


def _given(node, files):
    if node.kind == "library":
        return f"{node.path}.library", node.kinds[0].name
    if node.kind in FILES:
        return f"{node.path}.~new", str(files[node.kind].pk)
    return node.path, WORDS
