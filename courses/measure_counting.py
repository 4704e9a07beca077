"""What measures say of a group and of an organisation, before and after, in two queries.

Each measure keeps its own scale, and questions that stand apart are counted apart. What may be
shown is decided by `courses.disclosure`: first for each cohort by itself, then for all of them
together, so that the whole gives away no part.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F

from courses import measures
from courses.disclosure import Figure, hidden, total
from courses.models import Instrument, MeasureAnswer, MeasureTotal

ALL = "all"
PEOPLE, JOINED = "people", "joined"


@dataclass(frozen=True)
class Part:
    """One number of a measure before and after, for the same people.

    `question` is None for the mean of all of them. `people` is None where it is hidden; so is a
    number in `before_bands` and `after_bands`, which say how many answers lie in each band.
    """

    question: str | None
    lower_is_better: bool
    before: float
    after: float
    people: int | None
    before_bands: tuple[int | None, ...]
    after_bands: tuple[int | None, ...]


@dataclass(frozen=True)
class Measured:
    """What may be said of one measure. There are no parts where too few answered both times."""

    instrument: Instrument
    small: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Measures:
    """What may be said of all that was measured, and the totals from elsewhere."""

    measured: tuple[Measured, ...]
    totals: tuple[MeasureTotal, ...]


def of_cohort(cohort, joined: Mapping):
    """Return Measures of one cohort. `joined` is {cohort id: (people, whether it is hidden)}."""
    asked = Instrument.objects.filter(organisation=cohort.organisation_id)
    totals = cohort.measure_totals.all()
    return _measures(cohort.organisation, asked, totals, joined, shown=cohort.pk)


def of_organisation(organisation, joined: Mapping):
    """Return Measures of all cohorts together; `joined` also holds them as ALL."""
    totals = organisation.measure_totals.select_related("cohort")
    return _measures(organisation, organisation.instruments.all(), totals, joined, shown=ALL)


def _measures(organisation, instruments, totals, joined, *, shown):
    pairs = _pairs([place for place in joined if place != ALL])
    small = organisation.small_number
    asked = [each for each in instruments if each.is_on or each.pk in pairs]
    return Measures(
        measured=tuple(
            Measured(each, small, _parts(each, pairs.get(each.pk, {}), joined, small, shown))
            for each in asked
        ),
        totals=tuple(each for each in totals if each.people >= small),
    )


def _pairs(cohorts):
    """Return {instrument: {cohort: {part: [(before, after)]}}} of who answered both times."""
    answers = MeasureAnswer.objects.filter(enrolment__cohort__in=cohorts, is_skipped=False)
    own: dict = defaultdict(dict)
    for each in answers.select_related("instrument").annotate(cohort=F("enrolment__cohort")):
        scored = measures.scores(each.numbers, each.instrument.scale)
        own[each.instrument_id, each.cohort, each.enrolment_id][each.moment] = scored
    pairs: dict = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for (instrument, cohort, _enrolment), said in own.items():
        both = measures.paired(said.get(measures.BEFORE, {}), said.get(measures.AFTER, {}))
        for part, pair in both.items():
            pairs[instrument][cohort][part].append(pair)
    return pairs


def _parts(instrument, by_cohort, joined, small, shown):
    whole = instrument.scoring == measures.MEAN
    found = []
    for part in range(1 if whole else len(instrument.questions)):
        places = {
            place: by_cohort.get(place, {}).get(part, []) for place in joined if place != ALL
        }
        if ALL in joined:
            places[ALL] = [pair for pairs in places.values() for pair in pairs]
        if len(places[shown]) >= small:
            found.append(_part(instrument, part, whole, places, joined, small, shown))
    return tuple(found)


def _part(instrument, part, whole, places, joined, small, shown):
    pairs = places[shown]
    counted = {place: _counted(each, instrument.scale) for place, each in places.items()}
    unseen = _unseen(counted, joined, small)

    def number(name):
        return None if (shown, name) in unseen else counted[shown][name]

    bands = range(measures.BANDS)
    return Part(
        question=None if whole else instrument.questions[part],
        lower_is_better=part + 1 in instrument.lower_is_better,
        before=sum(before for before, _after in pairs) / len(pairs),
        after=sum(after for _before, after in pairs) / len(pairs),
        people=number(PEOPLE),
        before_bands=tuple(number((measures.BEFORE, band)) for band in bands),
        after_bands=tuple(number((measures.AFTER, band)) for band in bands),
    )


def _counted(pairs, scale):
    """Return {figure: people}: all of them, and how many lie in each band at each moment."""
    moments = {
        measures.BEFORE: Counter(measures.band_of(before, scale) for before, _after in pairs),
        measures.AFTER: Counter(measures.band_of(after, scale) for _before, after in pairs),
    }
    bands = {
        (moment, band): given[band]
        for moment, given in moments.items()
        for band in range(measures.BANDS)
    }
    return {PEOPLE: len(pairs), **bands}


def _unseen(counted, joined, small):
    """Return the (place, figure) that are hidden: every cohort by itself, then all of them."""
    decided: dict = {}
    for place in counted:
        if place != ALL:
            unseen = _hidden_in({place: counted[place]}, joined, small, {})
            decided |= {(place, name): (place, name) in unseen for name in counted[place]}
    hides = {each for each, is_hidden in decided.items() if is_hidden}
    if ALL not in counted:
        return hides
    return hides | _hidden_in(counted, joined, small, decided)


def _hidden_in(places, joined, small, decided):
    figures, sums, known = [], [], dict(decided)
    for place, counted in places.items():
        people, is_hidden = joined[place]
        known[place, JOINED] = is_hidden
        figures.append(Figure((place, JOINED), people))
        figures.append(Figure((place, "others"), people - counted[PEOPLE], is_shown=False))
        sums.append(total((place, JOINED), [(place, PEOPLE), (place, "others")]))
        for name, value in counted.items():
            figures.append(Figure((place, name), value, keep=5 if name == PEOPLE else 1))
        for moment in (measures.BEFORE, measures.AFTER):
            bands = [(place, (moment, band)) for band in range(measures.BANDS)]
            sums.append(total((place, PEOPLE), bands))
    if ALL in places:
        for name in places[ALL]:
            parts = [(place, name) for place in places if place != ALL]
            sums.append(total((ALL, name), parts))
    return hidden(figures, sums, small=small, decided=known)
