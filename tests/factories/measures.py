"""Measures, and what people answered, for tests of what a report says of them."""

from courses import measures as rules
from courses.actions import measures
from courses.instruments import ONS4
from courses.models import Instrument
from tests.factories.courses import NOW, make_organiser

SIX = [f"Question {n} of six" for n in range(1, 7)]


def make_instrument(organisation, **fields):
    """A measure of an organisation's own, that is switched on for everybody."""
    fields.setdefault("code", f"measure-{organisation.instruments.count()}")
    fields = {
        "title": "Our measure",
        "questions": ["How is it going?"],
        "scoring": rules.MEAN,
        "licence_status": rules.OWN,
        "is_on": True,
    } | fields
    return Instrument.objects.create(organisation=organisation, **fields)


def make_semcd6(organisation, **fields):
    """The scale of six from 1 to 10; its questions stand for those of the published form."""
    shape = {"lowest": 1, "highest": 10, "missing_at_most": 2, "code": "semcd6"}
    return make_instrument(
        organisation, title="SEMCD-6", questions=SIX, licence_status=rules.FREE, **shape, **fields
    )


def make_ons4(organisation, by=None):
    """ONS4, switched on for everybody."""
    added = measures.add(organisation=organisation, definition=ONS4)
    measures.change(
        instrument=added,
        details={},
        cohorts=[],
        is_on=True,
        takes_responsibility=False,
        by=by or make_organiser(organisation),
        at=NOW,
    )
    added.refresh_from_db()
    return added


def answer_measure(enrolment, instrument, before=None, after=None, at=NOW):
    """Somebody answers before the course, after it, or both: a number for each question."""
    for moment, numbers in ((rules.BEFORE, before), (rules.AFTER, after)):
        if numbers is not None:
            measures.answer(
                enrolment=enrolment, instrument=instrument, moment=moment, numbers=numbers, at=at
            )
