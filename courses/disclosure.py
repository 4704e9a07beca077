"""Which figures of a report may be shown, so that nobody in a small group is known. Pure.

A figure that counts 1 to `small` - 1 people is *small*: it is hidden. So is whatever would reveal
it: a total beside its other parts, a whole beside the part that nearly fills it, a sum in another
report. What ties the figures together is said as sums; everything else follows from them.

*Hidden* holds when, from what is shown and the sums, with counts that are never below zero,

- a small figure could also be none, or `small` and more;
- any other hidden figure could be at least one other number;
- what is left of a shown total after its shown parts is none, or `small` and more.

Each is proved by finding other numbers that fit everything that is shown. Where none are found
within `EFFORT` tries, the figure counts as revealed and something more is hidden: the search errs
on that side only.

What else is hidden is chosen step by step: of the figures in one sum with the one that is
revealed, the one that matters least (`keep`), and of those the smallest, that is enough alone. In
the end, whatever can be shown again alone is shown, up to `TIDY` hidden figures. So no single
hidden figure could have been shown, but other choices may hide fewer.

Limits. Somebody who knows one of the people can take them off a count. Reports of two days can be
compared: who joined between them is then a small group. All or none of a group is shown, and says
something of everyone in it. A mean is shown where its count is, however far one person moves it.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

SMALL_NUMBER = 5
EFFORT = 300
NEARBY = 30
TIDY = 120

Name = Hashable
Sum = Mapping[Name, int]  # {figure: how often it counts}; all of it comes to nought


@dataclass(frozen=True)
class Figure:
    """A number of a report. What has a higher `keep` is hidden later.

    `is_shown` is false for what no report says, but can be worked out: those left of a whole.
    `counts_people` is false for hours and the like, which are never small.
    """

    name: Name
    value: int
    keep: int = 0
    is_shown: bool = True
    counts_people: bool = True


def total(of: Name, parts: Iterable[Name]) -> dict[Name, int]:
    """Return the sum that says: this figure is these parts together."""
    return {of: -1, **dict.fromkeys(parts, 1)}


def hidden(
    figures: Iterable[Figure],
    sums: Iterable[Sum],
    *,
    small: int = SMALL_NUMBER,
    decided: Mapping[Name, bool] | None = None,
) -> frozenset[Name]:
    """Return the names of the figures that are not to be shown.

    `decided` says of some whether they are hidden, as another report has settled that already.
    """
    report = _Report(figures, sums, small, decided or {})
    report.hide_what_is_small()
    report.hide_what_reveals()
    report.show_what_can_be()
    return report.hidden_names


class _Report:
    """Figures, and which of them are hidden so far."""

    def __init__(
        self,
        figures: Iterable[Figure],
        sums: Iterable[Sum],
        small: int,
        decided: Mapping[Name, bool],
    ) -> None:
        self.small = small
        self.figures = {each.name: each for each in figures}
        self.value = {name: each.value for name, each in self.figures.items()}
        self.most = max(self.value.values(), default=0) + 2 * small
        self.sums = list(sums)
        self.sums_of: dict[Name, list[int]] = {name: [] for name in self.figures}
        for n, each in enumerate(self.sums):
            for name in each:
                self.sums_of[name].append(n)
        self.decided = decided
        self.hidden = {name for name, each in self.figures.items() if not each.is_shown}
        self.hidden |= {name for name, is_hidden in decided.items() if is_hidden}
        self.protected: set[Name] = set()
        # What decisions that were made elsewhere tell, whatever is hidden here.
        self.given_away: set[Name] = set()

    @property
    def hidden_names(self) -> frozenset[Name]:
        return frozenset(name for name in self.hidden if self.figures[name].is_shown)

    def is_small(self, name: Name) -> bool:
        return self.figures[name].counts_people and 0 < self.value[name] < self.small

    # --- hiding and showing again --------------------------------------------------------------

    def hide_what_is_small(self) -> None:
        for name in self.figures:
            if name not in self.decided and self.is_small(name):
                self.hidden.add(name)

    def hide_what_reveals(self) -> None:
        waiting = deque(self._to_protect())
        while waiting:
            name = waiting[0]
            if self._is_protected(name):
                waiting.popleft()
            elif (more := self._least_needed(name)) is not None:
                self.hidden.add(more)
                waiting.append(more)
            else:
                self.given_away.add(waiting.popleft())
        while (more := self._small_remainder()) is not None:
            self.hidden.add(more)

    def show_what_can_be(self) -> None:
        """Show again what was hidden beside others that by now protect one another."""
        if len(self.hidden_names) > TIDY:
            return
        added = [n for n in self.hidden_names if n not in self.decided and not self.is_small(n)]
        for name in sorted(added, key=self._matters, reverse=True):
            self.hidden.discard(name)
            self.protected.clear()
            safe = all(map(self._is_protected, set(self._to_protect()) - self.given_away))
            if not safe or self._small_remainder() is not None:
                self.hidden.add(name)

    def _to_protect(self) -> list[Name]:
        """Everything hidden that must not be worked out, in the order of the report."""
        return [
            name
            for name, figure in self.figures.items()
            if name in self.hidden and (figure.is_shown or self.is_small(name))
        ]

    def _matters(self, name: Name) -> tuple[int, bool, int, str]:
        value = self.value[name]
        return (self.figures[name].keep, value == 0, value, str(name))

    def _open(self, sums: Iterable[int]) -> set[Name]:
        """What is shown in these sums, and may be hidden."""
        names = {name for n in sums for name in self.sums[n]}
        return {name for name in names - self.hidden if name not in self.decided}

    def _least_needed(self, name: Name) -> Name | None:
        """Return what to hide so that this cannot be worked out: as near to it as there is.

        The least that is enough by itself comes first; else the least that cannot be worked out
        either, so that hiding it is of use together with others; else any.
        """
        met, edge = {name}, [name]
        nearest = None
        while edge:
            sums = [n for each in edge for n in self.sums_of[each]]
            found = sorted(self._open(sums), key=self._matters)
            nearest = next(iter(found), None) if nearest is None else nearest
            for of_use in (name, None):
                for each in found:
                    if self._would_help(each, of_use or each):
                        return each
            edge = list({each for n in sums for each in self.sums[n] if each in self.hidden} - met)
            met.update(edge)
        return nearest

    def _would_help(self, hiding: Name, name: Name) -> bool:
        """Tell whether a figure is protected once another is hidden."""
        known = set(self.protected)
        self.hidden.add(hiding)
        helps = self._is_protected(name)
        self.hidden.discard(hiding)
        self.protected = known
        return helps

    def _small_remainder(self) -> Name | None:
        """Return what to hide because a shown total leaves a small rest; None where none does."""
        for each in self.sums:
            rest = [(name, often) for name, often in each.items() if name in self.hidden]
            alike = {often for _name, often in each.items() if abs(often) != 1}
            if len(rest) < 2 or alike or len({often for _name, often in rest}) > 1:
                continue
            if 0 < sum(self.value[name] for name, _often in rest) < self.small:
                found = {n for n in each if n not in self.hidden and n not in self.decided}
                if found:
                    return min(found, key=self._matters)
        return None

    # --- can it be worked out? -----------------------------------------------------------------

    def _is_protected(self, name: Name) -> bool:
        if name in self.protected:
            return True
        value = self.value[name]
        others = (self.small, 0) if self.is_small(name) else (value + 1, value - 1)
        for other in others:
            if other >= 0 and (found := self._if_it_were(name, other)) is not None:
                self.protected.update(n for n, v in found.items() if self._would_protect(n, v))
                return True
        return False

    def _would_protect(self, name: Name, value: int) -> bool:
        if self.is_small(name):
            return not 0 < value < self.small
        return value != self.value[name]

    def _if_it_were(self, name: Name, value: int) -> dict[Name, int] | None:
        """Return other numbers for what is hidden that fit all that is shown; None if none do."""
        self.tries = EFFORT
        gaps: dict[int, int] = {}
        self._put(name, value, gaps)
        moved = {name: value}
        return moved if self._mend(moved, gaps) else None

    def _put(self, name: Name, value: int, gaps: dict[int, int]) -> None:
        """Note by how much the sums with this figure are out once it has this value."""
        change = value - self.value[name]
        for n in self.sums_of[name]:
            gap = gaps.get(n, 0) + self.sums[n][name] * change
            if gap:
                gaps[n] = gap
            else:
                gaps.pop(n, None)

    def _mend(self, moved: dict[Name, int], gaps: dict[int, int]) -> bool:
        """Move more hidden figures until every sum comes out again."""
        self.tries -= 1
        if not gaps:
            return True
        if self.tries < 0:
            return False
        free = {n: [x for x in self.sums[n] if x in self.hidden and x not in moved] for n in gaps}
        tightest = min(gaps, key=lambda n: len(free[n]))
        gap, each = gaps[tightest], self.sums[tightest]
        if not self._can_close(gap, each, free[tightest]):
            return False
        name = min(free[tightest], key=lambda x: (len(self.sums_of[x]), -self.value[x]))
        for value in self._values(name, -gap / each[name]):
            then, left = {**moved, name: value}, dict(gaps)
            self._put(name, value, left)
            if self._mend(then, left):
                moved.update(then)
                return True
        return False

    def _can_close(self, gap: int, each: Sum, free: list[Name]) -> bool:
        down = up = gap
        for name in free:
            ends = (-each[name] * self.value[name], each[name] * (self.most - self.value[name]))
            down, up = down + min(ends), up + max(ends)
        return bool(free) and down <= 0 <= up

    def _values(self, name: Name, wanted: float) -> Iterator[int]:
        """Yield what a figure could be instead: what closes the gap first, then what it is."""
        now = self.value[name]
        closes = min(max(round(now + wanted), 0), self.most)
        yield closes
        if closes != now:
            yield now
        for step in range(1, NEARBY):
            for value in (closes - step, closes + step):
                if 0 <= value <= self.most and value != now:
                    yield value
