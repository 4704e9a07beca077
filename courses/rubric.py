"""The rubric's words, as a cohort's edition holds them: the only module that knows where they are.

They stand in a handout for everyone, so that trainees, observers and paper all read the same. What
the levels mean for somebody is decided in `readiness.py`, by their codes.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.handouts import sheet_of
from courses.models import Cohort
from courses.readiness import CRITERIA, HIGHEST, SAFETY_CRITICAL

OBSERVER_FORM = "observer-form"  # the handout's slug: the same on paper


@dataclass(frozen=True)
class Level:
    """One of the four levels of a criterion: its number, what it is called, what is seen."""

    number: int
    name: str
    seen: str


@dataclass(frozen=True)
class Criterion:
    """One of the ten things that observers watch for."""

    code: str
    title: str
    is_safety: bool
    levels: tuple[Level, ...]

    def level(self, number):
        """Return the Level with this number."""
        return self.levels[number - 1]


@dataclass(frozen=True)
class Rubric:
    """The ten criteria, and the handout in which they can be read and printed."""

    handout: str
    title: str
    criteria: tuple[Criterion, ...]

    def criterion(self, code):
        """Return the Criterion with this code."""
        return self.criteria[CRITERIA.index(code)]


def rubric_of(edition):
    """Return the edition's Rubric, in the reader's language where it has words; None without one.

    A handout is a rubric when it describes every criterion at every level.
    """
    for handout in edition.outline.handouts_for_everyone:
        sheet = sheet_of(handout.revision)
        known = {code: _criterion(code, *rest) for code, *rest in sheet.criteria}
        if set(known) >= set(CRITERIA) and all(
            len(known[code].levels) == HIGHEST for code in CRITERIA
        ):
            criteria = tuple(known[code] for code in CRITERIA)
            return Rubric(handout=handout.slug, title=handout.title, criteria=criteria)
    return None


def plain():
    """Return the rubric without its words: for what was seen under another edition's."""
    names = (_("gets in the way"), _("beginning"), _("ready"), _("strong"))
    levels = tuple(Level(number, name, "") for number, name in enumerate(names, 1))
    criteria = tuple(Criterion(code, code, code in SAFETY_CRITICAL, levels) for code in CRITERIA)
    return Rubric(handout="", title="", criteria=criteria)


def sheets(edition):
    """Return the handouts that observers may want on paper: the rubric, and their form."""
    rubric = rubric_of(edition)
    wanted = {rubric.handout if rubric else "", OBSERVER_FORM}
    return [each for each in edition.outline.handouts if each.slug in wanted]


def rubric_in(organisation):
    """Return the Rubric that this organisation's newest cohort works with; None without one."""
    cohorts = Cohort.objects.filter(organisation=organisation).with_edition()
    for cohort in cohorts.order_by("-started_at", "-pk"):
        found = rubric_of(cohort.edition)
        if found:
            return found
    return None


def _criterion(code, title, is_safety, levels):
    return Criterion(
        code=code,
        title=title,
        is_safety=is_safety,
        levels=tuple(Level(number, name, seen) for number, (name, seen) in enumerate(levels, 1)),
    )
