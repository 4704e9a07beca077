"""Measures: what an organisation asks, and what people answer, skip and take back."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from courses import measures
from courses.models import Instrument, MeasureAnswer, MeasureTotal, Organisation


class CannotSwitchOn(Exception):
    """A measure without questions, or without the licence that it needs."""


# --- For organisers ----------------------------------------------------------------------------


@transaction.atomic
def add(*, organisation, definition):
    """Add a measure that comes with the program to an organisation's own; it is off. Twice is
    once."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    instrument, _is_new = Instrument.objects.get_or_create(
        organisation=organisation,
        code=definition.code,
        version=definition.version,
        language=definition.language,
        defaults={
            "title": definition.title,
            "lead": definition.lead,
            "questions": list(definition.questions),
            "lower_is_better": list(definition.lower_is_better),
            "lowest": definition.lowest,
            "highest": definition.highest,
            "lowest_words": definition.lowest_words,
            "highest_words": definition.highest_words,
            "scoring": definition.scoring,
            "missing_at_most": definition.missing_at_most,
            "source": definition.source,
            "licence_status": definition.licence_status,
        },
    )
    return instrument


@transaction.atomic
def begin(*, organisation):
    """Add a measure of an organisation's own choice. It is off, and as strict as can be: until
    somebody says otherwise it counts as licensed."""
    return Instrument.objects.create(
        organisation=organisation,
        code=f"own-{uuid.uuid4().hex[:12]}",
        title=_("A new measure"),
        scoring=measures.MEAN,
        licence_status=measures.LICENSED,
    )


@transaction.atomic
def remove(*, instrument):
    """Take a measure off the list, while nobody has been asked. Return whether it is gone."""
    found = Instrument.objects.select_for_update().filter(pk=instrument.pk).first()
    if found is None or found.answers.exists():
        return found is None
    found.delete()
    return True


@transaction.atomic
def change(*, instrument, details, cohorts, is_on, takes_responsibility, by, at):
    """Change a measure, and switch it on or off for these cohorts; for all where none is named.

    `details` is {field: value}; once somebody has answered, its questions and scale stay as they
    were answered. Who takes responsibility is kept with the moment. Raises CannotSwitchOn.
    """
    found = Instrument.objects.select_for_update().get(pk=instrument.pk)
    asked = found.answers.filter(is_skipped=False).exists()
    for name, value in details.items():
        if not (asked and name in AS_ANSWERED):
            setattr(found, name, value)
    if not measures.needs_licence(found.licence_status):
        found.responsible = found.responsible_at = None
    elif takes_responsibility and found.responsible_id is None:
        found.responsible, found.responsible_at = by, at
    elif not takes_responsibility:
        found.responsible = found.responsible_at = None
    if is_on and not _may_be_on(found):
        raise CannotSwitchOn
    found.is_on = is_on
    found.save()
    found.cohorts.set(cohorts)
    return found


AS_ANSWERED = {
    "lead",
    "questions",
    "lower_is_better",
    "lowest",
    "highest",
    "lowest_words",
    "highest_words",
    "scoring",
    "missing_at_most",
}


def _may_be_on(instrument):
    if not instrument.questions:
        return False
    if not measures.needs_licence(instrument.licence_status):
        return True
    return bool(instrument.licence_reference) and instrument.responsible_id is not None


@transaction.atomic
def add_total(*, organisation, by, at, **details):
    """Keep totals that an organisation measured under its own licence. Twice is once."""
    total, _is_new = MeasureTotal.objects.get_or_create(
        organisation=Organisation.objects.select_for_update().get(pk=organisation.pk),
        **details,
        defaults={"by": by, "at": at},
    )
    return total


@transaction.atomic
def remove_total(*, total):
    """Take totals off again. Twice is once."""
    MeasureTotal.objects.filter(pk=total).delete()


# --- For those who are asked -------------------------------------------------------------------


@transaction.atomic
def answer(*, enrolment, instrument, moment, numbers, at):
    """Keep what somebody answered. What was answered or skipped first counts: twice is once."""
    kept, _is_new = MeasureAnswer.objects.get_or_create(
        enrolment=enrolment,
        instrument=instrument,
        moment=moment,
        defaults={"numbers": numbers, "at": at},
    )
    return kept


@transaction.atomic
def skip(*, enrolment, instrument, moment, at):
    """Say that somebody would rather not, so that they are not asked again at this moment.

    Answers that were given are taken back by it: nothing of them stays.
    """
    MeasureAnswer.objects.update_or_create(
        enrolment=enrolment,
        instrument=instrument,
        moment=moment,
        defaults={"numbers": [], "is_skipped": True, "at": at},
    )
