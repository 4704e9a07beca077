"""The form of an activity's content, made from its semantics, and each field as it is drawn."""

import json
import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.widgets import AdminImageChooser

from content.forms.h5p_faults import told
from content.h5p import rich_text
from content.h5p.form_faults import judge
from content.h5p.form_tree import FILES, Tree, rule_path
from content.h5p.naming import is_outside

SHORT = 70
SECTIONS = {"group", "list", "library"}
WORDS = {"text", "rich", "colour"}
# (kind of file, is there one now) → what the button to choose says
CHOOSERS = {
    ("picture", False): gettext_lazy("Choose a picture"),
    ("picture", True): gettext_lazy("Choose another picture"),
    ("audio", False): gettext_lazy("Choose a sound"),
    ("audio", True): gettext_lazy("Choose another sound"),
    ("video", False): gettext_lazy("Choose a film"),
    ("video", True): gettext_lazy("Choose another film"),
    ("file", False): gettext_lazy("Choose a file"),
    ("file", True): gettext_lazy("Choose another file"),
}


class ContentForm:
    """An activity's content, with what was posted for it."""

    def __init__(self, *, fields, base, world, posted=None, came=True):
        self.tree = Tree(fields, base, world, posted, came=came)
        self.base = base

    def judge(self):
        """Put a sentence beside each field that needs another look. Return how many do."""
        return len(judge(self.tree))

    @property
    def content(self):
        return self.tree.content

    def drawn(self, move=None):
        """Return the fields to draw, after a `Moved` or none."""
        focus = Focus(move.verb, self._at(move)) if move and move.at else Focus()
        return Section([Drawn(node, focus) for node in self.tree.children])

    def _at(self, move):
        """Return the path to go on from: what is new is written in at once."""
        if move.verb != "add":
            return move.at
        inside = (node for node in self.tree.walk() if f"{node.path}.".startswith(f"{move.at}."))
        return next((node.path for node in inside if node.kind not in {"group", "list"}), move.at)

    @property
    def has_more(self):
        """Whether there is something in the content that no field shows."""
        return self.tree.some_kept


@dataclass(frozen=True)
class Focus:
    """Where to go on after a move, and which move it was."""

    verb: str = ""
    at: str = ""


class Section:
    """Fields that stand together: those one writes in, and apart from them the player's words."""

    def __init__(self, fields):
        self.fields = [field for field in fields if not field.about.common]
        self.common = [field for field in fields if field.about.common]

    @property
    def common_is_open(self):
        return any(field.needs_a_look for field in self.common)


class Drawn:
    """A field as a template draws it."""

    def __init__(self, node, focus, number=0, of=0):
        self.node, self.about, self.focus = node, node.field, focus
        self.number, self.is_first, self.is_last = number, number == 1, number == of
        self.path, self.kind = node.path, node.kind
        self.id = f"id-{node.path}"

    # --- words ---

    @property
    def label(self):
        return self.about.label

    @cached_property
    def problem(self):
        return told(self.node) if self.node.fault else ""

    @cached_property
    def described_by(self):
        ids = [(self.about.help, "help"), (self.problem, "problem")]
        return " ".join(f"{self.id}-{name}" for said, name in ids if said)

    @cached_property
    def summary(self):
        """The first words in it, for one line."""
        for node in self.node.walk():
            text = rich_text.as_text(node.typed) if node.kind in WORDS and node.typed else ""
            if text and not node.field.common:
                return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"
        return ""

    @property
    def item_name(self):
        """What one of a list is called: “Card 2”."""
        return _("%(name)s %(number)s") % {"name": self.label, "number": self.number}

    @property
    def add_label(self):
        entity = self.about.entity or (self.about.item.label if self.about.item else "")
        return _("Add: %(what)s") % {"what": entity} if entity else _("Add one more")

    # --- what is in it ---

    @cached_property
    def inside(self):
        return Section([Drawn(node, self.focus) for node in self.node.children])

    @cached_property
    def items(self):
        nodes = self.node.children
        counted = enumerate(nodes, start=1)
        return [Drawn(node, self.focus, number, len(nodes)) for number, node in counted]

    @property
    def is_section(self):
        return self.kind in SECTIONS

    @cached_property
    def needs_a_look(self):
        return any(node.fault for node in self.node.walk())

    @cached_property
    def is_open(self):
        """Whether a group is unfolded: what an author has to see before anything else."""
        if self.needs_a_look or self.holds_focus or self.about.expanded:
            return True
        return self.about.importance != "low" and not self.about.optional

    @cached_property
    def holds_focus(self):
        return self.focus.at.startswith(f"{self.path}.")

    @property
    def item_is_open(self):
        return self.needs_a_look or self.holds_focus

    @property
    def is_at(self):
        return self.focus.at == self.path and self.focus.verb in {"add", "remove", "kind"}

    @property
    def next_move(self):
        """Which button of an item to go on from, for who moves it by keyboard."""
        if self.focus.at != self.path or self.focus.verb not in {"up", "down", "remove"}:
            return ""
        if self.focus.verb == "up" and self.is_first:
            return "remove" if self.is_last else "down"
        if self.focus.verb == "down" and self.is_last:
            return "remove" if self.is_first else "up"
        return self.focus.verb

    @property
    def order(self):
        """All its items, also those that no field can show."""
        return " ".join(self.node.keys)

    @property
    def may_add(self):
        most = self.about.maximum
        return most is None or len(self.node.keys) < most

    # --- a field to write in ---

    @property
    def is_long(self):
        return self.about.long or "\n" in self.node.typed or len(self.node.typed) > 120

    @property
    def rows(self):
        return min(12, max(3, self.node.typed.count("\n") + len(self.node.typed) // 80 + 1))

    @property
    def tags(self):
        return " ".join(sorted(rich_text.allowed(self.about.tags)))

    @property
    def choices(self):
        """Return (value, label, is it chosen), the present one too when nobody offers it."""
        options = [(key, label) for key, _value, label in self.about.options]
        typed = self.node.typed
        if self.kind == "choice" and (not typed or typed not in dict(options)):
            options.insert(0, (typed, typed or _("Choose")))
        elif self.kind == "choice" and self.about.optional:
            options.insert(0, ("", _("None of these")))
        chosen = self.node.ticked if self.kind == "choices" else {typed}
        return [(key, label, key in chosen) for key, label in options]

    @property
    def kinds(self):
        found = [(kind.name, kind.title, kind.name == self.node.typed) for kind in self.node.kinds]
        if self.node.typed and not any(chosen for *_rest, chosen in found):
            found.insert(0, (self.node.typed, self.node.typed, True))
        return found

    @property
    def one_kind(self):
        """Whether there is nothing to choose: only one type fits, and it is the one it has."""
        return len(self.kinds) == 1 and self.node.typed and not self.about.optional

    @property
    def missing(self):
        """The types that could stand here too, were they installed: “Image, Video”."""
        names = [name.rpartition(" ")[0].removeprefix("H5P.") for name in self.node.missing]
        return ", ".join(names)

    # --- a file ---

    @property
    def is_file(self):
        return self.kind in FILES

    @cached_property
    def files(self):
        """The files that are in it now."""
        held = self.node.base if isinstance(self.node.base, list) else [self.node.base]
        paths = [one["path"] for one in held if isinstance(one, dict) and one.get("path")]
        return [
            {"path": path, "is_outside": is_outside(path)}
            for path in paths
            if isinstance(path, str)
        ]

    @property
    def is_taken(self):
        return "take" in self.node.ticked

    @cached_property
    def chooser(self):
        words = CHOOSERS[self.kind, bool(self.files)]
        model = AdminImageChooser if self.kind == "picture" else AdminDocumentChooser
        widget = model(choose_one_text=words, show_edit_link=False)
        chosen = self.node.typed if self.node.typed.isdigit() else None
        return widget.render(f"{self.path}.~new", chosen, {"id": re.sub(r"[^\w-]", "-", self.id)})

    # --- shown only when something else is so ---

    @property
    def shown_when(self):
        """The rules for the script that shows and hides, or nothing."""
        rules = [
            {"path": rule_path(self.node, rule), "equals": equals}
            for rule, equals in self.about.shown_when
        ]
        return json.dumps({"all": self.about.shown_when_all, "rules": rules}) if rules else ""
