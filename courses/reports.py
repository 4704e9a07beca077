"""Figures of a cohort, and of an organisation's cohorts together, in a fixed number of queries.

What may be shown is decided by `courses.disclosure`: first for each cohort by itself, so that its
report does not change with those of others, then for the totals beside all of those. So no total
of any year gives away what a cohort's report hides.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from itertools import combinations

from django.db.models import Min
from django.utils import timezone

from courses import measure_counting
from courses.about_counting import AboutThem, about_them
from courses.counting import (
    CAME,
    CONFIDENCE,
    KNOWLEDGE,
    MINUTES,
    counted_in,
    put_together,
)
from courses.disclosure import Figure, hidden, total
from courses.led_counting import Led, led_by_year
from courses.measure_counting import ALL, Measures
from courses.models import Cohort

# Each of these groups is within the one before it. What comes first is hidden last.
CHAIN = ("joined", "reached", "participants", "completers", "ready")
WITHIN = ("reached", "joined", "participants", "completers", "ready")
EVERY_YEAR = "all"


@dataclass(frozen=True)
class Change:
    """Means before and after, each from 0 to `highest`. `people` is None where it is hidden."""

    before: float
    after: float
    highest: int
    people: int | None


@dataclass(frozen=True)
class Report:
    """What may be said. A figure is None where it is hidden; what is not asked is not in it."""

    figures: dict[Hashable, int | None]
    sessions: tuple[tuple[int, str, int | None], ...]
    knowledge: Change | None
    confidence: Change | None
    small: int
    cohorts: int = 1
    led: Led | None = None  # of an organisation: groups led after training
    measures: Measures | None = None  # not of one year alone
    about: AboutThem | None = None  # of an organisation that asks: of every year together

    @property
    def hides(self):
        """Whether any number is hidden."""
        came = [number for _number, _title, number in self.sessions]
        hides_led = self.led is not None and self.led.hides
        return hides_led or None in [*self.figures.values(), *came]


@dataclass(frozen=True)
class OrganisationReport:
    """An organisation's figures: the years there are, the one chosen, and its cohorts."""

    years: tuple[int, ...]
    year: int | None
    report: Report
    cohorts: tuple[tuple[Cohort, Report], ...]


# --- Reports -----------------------------------------------------------------------------------


def of_cohort(cohort, now):
    """Return the Report of one cohort. It comes with its edition and organisation."""
    counted = counted_in([cohort], now)[cohort.pk]
    small = cohort.organisation.small_number
    unseen = _hidden_in(counted, small)
    joined = {cohort.pk: (counted.figures["joined"], "joined" in unseen)}
    report = _report(counted, unseen, small)
    return replace(report, measures=measure_counting.of_cohort(cohort, joined))


def of_organisation(organisation, now, year=None):
    """Return the OrganisationReport of a year, by the day of the first session; None for all."""
    cohorts = list(
        organisation.cohorts.with_edition()
        .annotate(first=Min("session_runs__starts_at"))
        .order_by("name", "pk")
    )
    counted = counted_in(cohorts, now)
    small = organisation.small_number
    apart = {cohort.pk: _hidden_in(counted[cohort.pk], small) for cohort in cohorts}
    by_year = defaultdict(list)
    for cohort in cohorts:
        by_year[timezone.localtime(cohort.first or cohort.started_at).year].append(cohort.pk)
    led = led_by_year(organisation, now)
    for each in led.years:
        by_year.setdefault(each, [])  # groups may be led in years without a course
    sums = {each: put_together(counted[pk] for pk in pks) for each, pks in by_year.items()}
    together = {**sums, EVERY_YEAR: put_together(sums.values())}
    unseen = _hidden_totals(counted, apart, by_year, together, small)
    chosen = year if year in by_year else EVERY_YEAR
    within = set(by_year.get(chosen, counted))
    of_year = None if chosen == EVERY_YEAR else chosen
    people = _people_in(together, unseen)
    report = _report(together[chosen], unseen[chosen], small, cohorts=len(within))
    report = replace(report, led=led.report(of_year, people))
    if of_year is None:
        joined = {
            pk: (each.figures["joined"], "joined" in apart[pk]) for pk, each in counted.items()
        }
        report = _with_everybody(report, organisation, joined | {ALL: people["joined"]})
    return OrganisationReport(
        years=tuple(sorted(by_year, reverse=True)),
        year=of_year,
        report=report,
        cohorts=tuple(
            (cohort, _report(counted[cohort.pk], apart[cohort.pk], small))
            for cohort in cohorts
            if cohort.pk in within
        ),
    )


def _with_everybody(report, organisation, joined):
    """Add what is told of every year together, and of no year alone."""
    report = replace(report, measures=measure_counting.of_organisation(organisation, joined))
    if not organisation.asks_about_you:
        return report
    people, is_hidden = joined[ALL]
    return replace(report, about=about_them(organisation, people, joined_is_hidden=is_hidden))


def _people_in(together, unseen):
    """Return {figure: (number, whether it is hidden)} of the people of every year."""
    numbers, hides = together[EVERY_YEAR].figures, unseen[EVERY_YEAR]
    return {name: (numbers[name], name in hides) for name in WITHIN if name in numbers}


def _report(counted, unseen, small, cohorts=1):
    def shown(name, value):
        return None if name in unseen else value

    return Report(
        figures={name: shown(name, value) for name, value in counted.figures.items()},
        sessions=tuple(
            (number, counted.titles[number], shown((CAME, number), n))
            for number, n in sorted(counted.came.items())
        ),
        knowledge=_mean(counted.knowledge, 100, shown(KNOWLEDGE, True), small),
        confidence=_mean(counted.confidence, 10, shown(CONFIDENCE, True), small),
        small=small,
        cohorts=cohorts,
    )


def _mean(mean, highest, is_shown, small):
    """Return a Change; None where it would be that of a few people, or of nobody."""
    if mean.people < small:
        return None
    return Change(
        before=mean.before / mean.people,
        after=mean.after / mean.people,
        highest=highest,
        people=mean.people if is_shown else None,
    )


# --- What may be shown -------------------------------------------------------------------------


def _hidden_in(counted, small):
    """Return the names of what a cohort's own report hides."""
    figures, sums = _ties(counted, key=lambda name: name)
    return _with_hours(hidden(figures, sums, small=small))


def _with_hours(unseen):
    """Hide the hours where it is hidden how many came: the sessions of a few show in them."""
    return unseen | {MINUTES} if "participants" in unseen else unseen


def _hidden_totals(counted, apart, by_year, together, small):
    """Return {year: names hidden}, beside what every cohort's report shows and hides."""
    places = {("cohort", pk): each for pk, each in counted.items()}
    places |= {("year", year): each for year, each in together.items()}
    parts = {("year", year): [("cohort", pk) for pk in pks] for year, pks in by_year.items()}
    parts["year", EVERY_YEAR] = list(parts)
    figures, sums = [], []
    for place, each in places.items():
        more, ties = _ties(each, key=lambda name, place=place: (place, name))
        figures, sums = figures + more, sums + ties
    for place, within in parts.items():
        for name in places[place].all_figures:
            have = [(part, name) for part in within if name in places[part].all_figures]
            sums.append(total((place, name), have))
    decided = {
        (("cohort", pk), name): name in unseen
        for pk, unseen in apart.items()
        for name in counted[pk].all_figures
    }
    unseen = hidden(figures, sums, small=small, decided=decided)
    return {
        year: _with_hours(frozenset(name for place, name in unseen if place == ("year", year)))
        for year in together
    }


def _ties(counted, key):
    """Return a report's figures and the sums between them, each named by `key`."""
    values = counted.all_figures
    keep = {name: 20 - 2 * n for n, name in enumerate(CHAIN)} | {MINUTES: 5}
    figures = [
        Figure(key(name), value, keep=keep.get(name, 1), counts_people=name != MINUTES)
        for name, value in values.items()
    ]
    sums = []
    for whole, part in _within(values):
        rest = key((whole, "without", part))
        figures.append(Figure(rest, values[whole] - values[part], is_shown=False))
        sums.append(total(key(whole), [key(part), rest]))
    return figures, sums


def _within(values):
    """Yield (whole, part) for all groups that lie within one another."""
    chain = [name for name in WITHIN if name in values]
    yield from combinations(chain, 2)
    for name in values:
        if name in (KNOWLEDGE, CONFIDENCE):
            yield from ((whole, name) for whole in ("reached", "joined"))
        elif isinstance(name, tuple):
            yield from ((whole, name) for whole in ("reached", "joined", "participants"))
