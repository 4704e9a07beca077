"""An activity's content as a tree of fields, and back again from what was posted. Pure.

One walk does both. Each node holds what the content had (`base`), what stands in the field
(`typed`), and what would be kept (`value`). A field that says what it said before keeps the very
value it had; a field that was not sent keeps it too. So what a form does not show is never lost.

Paths are stable: an item of a list is named by where it stood in the content, or "n0", "n1" when
it is new, and a hidden field "<list>.~" says the order, which `content.h5p.form_moves` changes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as of

from content.h5p.form_beginnings import Kind, World, begin_all, beginning, in_list, new_part
from content.h5p.form_values import Fault, collapsed, fits, read, shown_for
from content.h5p.semantics import ABSENT, DEEPEST, Budget, Field, Json, posted_as

Posted = Mapping[str, Sequence[str]]
ROOT = "h5p"
KEY = re.compile(r"\d{1,6}|n\d{1,6}")
MOST_ITEMS = 500
FILES = {"picture", "file", "video", "audio"}


@dataclass
class Node:
    """One field as it stands in the form."""

    field: Field
    path: str
    kind: str
    base: Json
    came: bool
    value: Json = ABSENT
    typed: str = ""
    ticked: tuple[str, ...] = ()
    changed: bool = False
    fault: Fault | None = None
    visible: bool = True
    key: str = ""
    keys: tuple[str, ...] = ()
    children: list["Node"] = of(default_factory=list)
    kinds: tuple[Kind, ...] = ()
    missing: tuple[str, ...] = ()

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


class Tree:
    """The fields of one content, filled in."""

    def __init__(
        self,
        fields: Sequence[Field],
        base: Json,
        world: World,
        posted: Posted | None = None,
        *,
        came: bool = True,
        most: int = 3000,
    ) -> None:
        self.world = world
        self.posted: Posted = posted or {}
        self.budget = Budget(most)
        self.some_kept = False
        self.children = self._nodes(fields, base, ROOT, came, 0)
        self.content: Json = _object(base, self.children)
        self._hide()

    def walk(self) -> Iterator[Node]:
        for child in self.children:
            yield from child.walk()

    # --- one builder for each kind ---

    def _nodes(
        self, fields: Sequence[Field], base: Json, path: str, came: bool, depth: int
    ) -> list[Node]:
        held = base if isinstance(base, Mapping) else {}
        nodes = []
        for one in fields:
            value = held.get(one.name, ABSENT)
            node = self._node(one, value, f"{path}.{step(one.name)}", came, depth + 1)
            if node is not None:
                nodes.append(node)
        return nodes

    def _node(self, about: Field, base: Json, path: str, came: bool, depth: int) -> Node | None:
        about = collapsed(about, base)
        if about.kind == "hidden":
            return None
        if about.kind == "kept" or not fits(about, base):
            self.some_kept = self.some_kept or base is not ABSENT
            return None
        if depth > DEEPEST or not self.budget.take():
            self.some_kept = True
            return None
        node = Node(about, path, about.kind, base, came, value=base)
        if about.kind == "group":
            node.children = self._nodes(about.fields, base, path, came, depth)
            node.value = _object(base, node.children)
            node.changed = any(child.changed for child in node.children)
        elif about.kind == "list":
            self._list(node, depth)
        elif about.kind == "library":
            self._library(node, depth)
        elif about.kind in FILES:
            self._file(node)
        else:
            self._leaf(node)
        return node

    def _list(self, node: Node, depth: int) -> None:
        base = node.base if isinstance(node.base, list) else []
        before = [str(index) for index in range(len(base))]
        keys = self._keys(f"{node.path}.~", before)
        node.keys = tuple(keys)
        if node.field.item is None:
            return
        kept: list[Json] = []
        for key in keys:
            came = key in before and node.came
            if key in before:
                value = base[int(key)]
            else:
                value = beginning(node.field.item, self.world, self.budget, depth)
            child = self._node(node.field.item, value, f"{node.path}.{key}", came, depth + 1)
            if child is not None:
                child.key = key
                node.children.append(child)
            kept.append(in_list(node.field.item, child.value if child else value))
        moved = keys != before
        node.changed = moved or any(child.changed for child in node.children)
        if node.changed:
            node.value = kept

    def _keys(self, name: str, before: list[str]) -> list[str]:
        """Return which items a list has, in order: those it came with, and new ones."""
        if name not in self.posted:
            return before
        asked = KEY.findall(" ".join(self.posted[name][-1:]))
        keys = list(dict.fromkeys(key for key in asked if key in before or key.startswith("n")))
        return keys[: max(MOST_ITEMS, len(before))]

    def _library(self, node: Node, depth: int) -> None:
        base = node.base if isinstance(node.base, Mapping) else {}
        was = base["library"] if isinstance(base.get("library"), str) else ""
        found = [(name, self.world.library(name)) for name in node.field.libraries]
        node.kinds = tuple(kind for _, kind in found if kind is not None)
        node.missing = tuple(name for name, kind in found if kind is None)
        node.typed = self._sent(f"{node.path}.library", was)
        if node.typed not in {was, "", *(kind.name for kind in node.kinds)}:
            node.typed = was
        same = node.typed == was
        chosen = self.world.library(node.typed) if node.typed else None
        params = base.get("params", ABSENT) if same else ABSENT
        if chosen is not None:
            if not same:
                params = begin_all(chosen.fields, self.world, self.budget, depth)
            inside = f"{node.path}.params" if same else f"{node.path}.{step(node.typed)}.params"
            node.children = self._nodes(chosen.fields, params, inside, node.came and same, depth)
        elif was and same:
            self.some_kept = True
        node.changed = not same or any(child.changed for child in node.children)
        if node.changed:
            kept = dict(base) if same else new_part(chosen, self.world) if chosen else ABSENT
            if kept is not ABSENT:
                kept["params"] = _object(params, node.children)
            node.value = kept

    def _file(self, node: Node) -> None:
        if self._sent(f"{node.path}.~take", ""):
            node.changed, node.value, node.ticked = True, ABSENT, ("take",)
        asked = self._sent(f"{node.path}.~new", "")
        if asked:
            node.typed = asked
            new = self.world.file(node.kind, asked)
            node.changed = True
            if new is None:
                node.fault = Fault("file")
            else:
                node.value = [new] if node.kind in {"video", "audio"} else new

    def _leaf(self, node: Node) -> None:
        shown, many = shown_for(node.field, node.base)
        node.typed, node.ticked = shown, many
        if node.path not in self.posted:
            return
        if node.kind == "choices":
            asked = set(self.posted[node.path])
            held = [option for option in node.field.options if option[0] in asked]
            node.ticked = tuple(key for key, _, _ in held)
            if set(node.ticked) != set(many):
                node.changed, node.value = True, [value for _, value, _ in held]
            return
        node.typed = _one_kind_of_newline(self._sent(node.path, ""))
        if node.typed != _one_kind_of_newline(shown):
            node.changed = True
            node.value, node.fault = read(node.field, node.typed)

    def _sent(self, name: str, otherwise: str) -> str:
        values = self.posted.get(name)
        return values[-1] if values else otherwise

    # --- what is shown only when something else is so ---

    def _hide(self) -> None:
        at = {node.path: node for node in self.walk()}
        for node in self.children:
            _hide(node, True, at)


def step(name: str) -> str:
    """Return a name as one step of a path. A stranger may have put a dot in it."""
    return re.sub(r"[~.\s\x00-\x1f]", lambda found: f"~{ord(found[0]):x}-", name)


def rule_path(node: Node, rule: str) -> str:
    """Return the path of the field that a rule such as “../mode” speaks of."""
    place = node.path.split(".")[:-1]
    for part in rule.split("/"):
        if part == "..":
            place = place[:-1]
        elif part not in {"", "."}:
            place = [*place, step(part)]
    return ".".join(place)


def _hide(node: Node, visible: bool, at: Mapping[str, Node]) -> None:
    rules = [(rule_path(node, rule), equals) for rule, equals in node.field.shown_when]
    asked = [posted_as(_now(at[path])) in equals for path, equals in rules if path in at]
    met = not asked or (all(asked) if node.field.shown_when_all else any(asked))
    node.visible = visible and met
    for child in node.children:
        _hide(child, node.visible, at)


def _now(node: Node) -> Json:
    """Return what a field says at the moment, as the rules of others compare it."""
    if node.kind == "library":
        return node.typed
    if node.kind == "boolean":
        return node.typed == "on"
    if node.kind == "choice":
        return next((kept for key, kept, _ in node.field.options if key == node.typed), node.typed)
    return node.typed


def _one_kind_of_newline(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _object(base: Json, nodes: Sequence[Node]) -> Json:
    """Return `base` with what changed, and the very same `base` if nothing did."""
    changed = [node for node in nodes if node.changed]
    if not changed:
        return base
    kept = dict(base) if isinstance(base, Mapping) else {}
    for node in changed:
        if node.value is ABSENT:
            kept.pop(node.field.name, None)
        else:
            kept[node.field.name] = node.value
    return kept
