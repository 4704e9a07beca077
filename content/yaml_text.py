"""YAML as people write it in a text file: read with care, written to be read.

The files of a course may come from anywhere. What is read here is plain data and nothing else:
no anchors (a few of them can grow into millions), no tags, not too deep, not too long, and no
name twice.
"""

import yaml
from django.utils.translation import gettext as _

LONGEST = 200_000  # letters
DEEPEST = 12


class NotReadable(ValueError):
    """The text cannot be understood; `str()` says where and why, in plain words."""


class _Reader(yaml.SafeLoader):
    depth = 0

    def compose_node(self, parent, index):
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(problem="anchor", problem_mark=event.start_mark)
        if getattr(event, "tag", None):
            raise yaml.MarkedYAMLError(problem="tag", problem_mark=event.start_mark)
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="depth", problem_mark=event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node, deep=False):
        names = [name.value for name, _value in node.value]
        if not all(isinstance(name, yaml.ScalarNode) for name, _value in node.value):
            raise yaml.MarkedYAMLError(problem="name", problem_mark=node.start_mark)
        if len(set(names)) < len(names):
            raise yaml.MarkedYAMLError(problem="twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep=deep)


class _Writer(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def _text(writer, text):
    style = "|" if "\n" in text else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _text)


def read(text, where):
    """Return what `text` says, as a dict. `where` names it for people. Raises NotReadable."""
    if len(text) > LONGEST:
        raise NotReadable(_("%(where)s are too long for us.") % {"where": where})
    try:
        data = yaml.load(text, _Reader)  # noqa: S506  (a SafeLoader, and stricter)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as fault:
        line = getattr(getattr(fault, "problem_mark", None), "line", 0) + 1
        raise NotReadable(
            _("We could not read %(where)s: look at line %(line)s of it.")
            % {"where": where, "line": line}
        ) from fault
    if not isinstance(data, dict) or not all(isinstance(name, str) for name in data):
        raise NotReadable(_("We could not read %(where)s.") % {"where": where})
    return data


def write(data):
    """Return a dict as YAML that people can read, and that reads as the same again."""
    return yaml.dump(data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=10_000)
