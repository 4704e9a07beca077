"""What a fence says, and whether all of it was understood."""


class Told(dict):
    """A dict that remembers which of its names were asked for."""

    def __init__(self, data):
        super().__init__({name: _told(value) for name, value in data.items()})
        self.heard = set()

    def __getitem__(self, name):
        self.heard.add(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self.heard.add(name)
        return super().__contains__(name)

    def get(self, name, default=None):
        self.heard.add(name)
        return super().get(name, default)

    def items(self):
        self.heard.update(self)
        return super().items()

    def unheard(self):
        """Return the names that nobody asked for, here and in all that is inside."""
        found = [name for name in self if name not in self.heard]
        for value in self.values():
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, Told):
                    found += inner.unheard()
        return found


def _told(value):
    if isinstance(value, dict):
        return Told(value)
    return [_told(each) for each in value] if isinstance(value, list) else value
