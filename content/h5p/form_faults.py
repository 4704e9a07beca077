"""What is wrong with what was written in a form, field by field. Pure; `pyh5p` judges the values.

What came with a package and was not touched is never a reason not to keep it: whoever mends a
spelling is not asked to mend a stranger's settings first.
"""

import re
from typing import Any

from pyh5p import Semantics

from content.h5p import rich_text
from content.h5p.form_tree import FILES, Node, Tree
from content.h5p.form_values import Fault
from content.h5p.semantics import ABSENT, Field, Json

# What a blank field means is decided here: `pyh5p` takes "" for an answer.
WORDS = {"text", "rich", "colour"}
PARTS = {"group", "list"}


def judge(tree: Tree) -> list[Node]:
    """Put a fault beside each field that has one. Return those fields."""
    for node in tree.children:
        _judge(node, spared=False)
    return [node for node in tree.walk() if node.fault is not None]


def _judge(node: Node, *, spared: bool) -> None:
    """Judge a field and those in it. A part that may be left out is, until it is begun."""
    spared = spared or (node.kind in PARTS and node.field.optional and not node.changed)
    if not node.visible:
        node.fault = None
    elif node.fault is None and not spared and (node.changed or not node.came):
        node.fault = fault_of(node)
    for child in node.children:
        _judge(child, spared=spared)


def fault_of(node: Node) -> Fault | None:
    """Return what is wrong with the value that would be kept, if anything is."""
    about = node.field
    if _is_blank(node):
        has_default = about.default is not ABSENT and not node.changed
        return None if about.optional or has_default else Fault("blank")
    if node.kind in {"group", "library", *FILES} or node.value is ABSENT or node.value is None:
        return None
    for issue in Semantics.from_json([_as_semantics(about)]).validate({about.name: node.value}):
        if issue.keyword in TOLD:
            return Fault(issue.keyword, _limit(about, issue.keyword))
        return Fault("other")
    return None


def _is_blank(node: Node) -> bool:
    if node.kind in WORDS:
        text = node.value if isinstance(node.value, str) else ""
        marks = re.search(r"<(?:img|hr|table|audio|video)\b", text)
        return not rich_text.as_text(text) and not marks
    if node.kind in {"number", "choice", *FILES}:
        return node.value is ABSENT or node.value is None
    if node.kind == "library":
        return not node.typed
    return False


TOLD = {
    "maxLength": "longest",
    "regexp": "",
    "min": "minimum",
    "max": "maximum",
    "steps": "step",
    "decimals": "decimals",
    "enum": "",
    "minItems": "minimum",
    "maxItems": "maximum",
}


def _limit(about: Field, keyword: str) -> Any:
    limit = getattr(about, TOLD[keyword]) if TOLD[keyword] else None
    return int(limit) if isinstance(limit, float) and limit.is_integer() else limit


def _as_semantics(about: Field) -> dict[str, Json]:
    """Return the field as `pyh5p` reads it: only what this kind of value can break."""
    raw: dict[str, Json] = {"name": about.name, "type": about.kind, "optional": True}
    bounds = {"min": about.minimum, "max": about.maximum}
    held = {key: limit for key, limit in bounds.items() if limit is not None}
    if about.kind in WORDS:
        html = {"widget": "html"} if about.kind == "rich" else {}
        # Without a length it would be 255; a million is more than a form can send.
        longest = about.longest or 1_000_000
        regexp = {"regexp": about.pattern} if about.pattern else {}
        return {**raw, "type": "text", "maxLength": longest, **html, **regexp}
    if about.kind == "number":
        steps = {"steps": about.step} if about.step else {}
        return {**raw, **held, **steps, "decimals": about.decimals}
    if about.kind == "list":
        item = {"name": "item", "type": "judged by itself"}
        return {**raw, **{key: int(limit) for key, limit in held.items()}, "field": item}
    if about.kind == "choice":
        options = [{"value": value, "label": label} for _, value, label in about.options]
        return {**raw, "type": "select", "options": options}
    return {**raw, "type": "boolean" if about.kind == "boolean" else "judged by itself"}
