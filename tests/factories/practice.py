"""Practices that are watched, made through the actions: a rubric, an observer, a time."""

import uuid
from datetime import timedelta

from content.samples import samples
from courses.actions import editions, observations, practice, practice_slots
from courses.actions.calibration import calibrate
from courses.models import RoleKind
from courses.readiness import CRITERIA
from tests.factories.courses import (
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_handout,
    make_lesson,
    make_person,
    make_role,
    make_session,
    not_noted,
)
from tests.factories.remembered import remembered

NAMES = ("Gets in the way", "Beginning", "Ready", "Strong")
SOON = NOW + timedelta(days=3)
SAMPLE = "the-long-corridor"


def rubric_body():
    """A handout with the ten criteria. What is seen at each level says which level it is."""
    criteria = [
        {
            "code": code,
            "title": f"Criterion {code}",
            "safety": code in {"PF5", "PF9"},
            "levels": [f"{code}: {name.lower()}." for name in NAMES],
        }
        for code in CRITERIA
    ]
    value = {
        "levels": [f"{n} {name}" for n, name in enumerate(NAMES, 1)],
        "criteria": criteria,
    }
    return [{"type": "criteria", "value": value, "id": str(uuid.uuid4())}]


@remembered
def make_practice_edition():
    """An edition of one session and one lesson, with the rubric as a handout."""
    with not_noted():
        course = make_course(sessions_required=1)
        make_lesson(make_session(course, 1))
        make_handout(course, "What we look for", slug="rubric", body=rubric_body())
        return editions.make_edition(course=course, by=None, at=NOW)


def make_practice_cohort(**details):
    """A cohort whose course has a rubric."""
    return make_cohort(make_practice_edition(), **details)


def make_trainee(cohort, name):
    return make_enrolment(cohort, make_person(name))


def make_observer(organisation, name="Olive Observer", calibrated=True):
    """An observer of this organisation, calibrated by agreeing with a sample, or not yet."""
    person = make_person(name)
    make_role(person, organisation, RoleKind.OBSERVER)
    if calibrated:
        try_sample(person, organisation)
    return person


def try_sample(person, organisation, other=0, key=None, at=NOW):
    """Rate a sample as it was rated before, besides the first `other` criteria."""
    sample = next(each for each in samples() if each.slug == SAMPLE)
    turned = {code: 1 if (sample.levels[code] or 1) >= 3 else 4 for code in CRITERIA[:other]}
    return calibrate(
        observer=person,
        organisation=organisation,
        sample=sample,
        rated=sample.levels | turned,
        key=key or uuid.uuid4(),
        at=at,
    )


def make_slot(cohort, number=1, starts_at=SOON, **details):
    """One time for a practice."""
    details.setdefault("minutes", 20)
    (slot,) = practice_slots.plan(
        cohort=cohort,
        number=number,
        starts_at=starts_at,
        rounds=1,
        by=_planner(cohort),
        at=NOW,
        **details,
    )
    return slot


def _planner(cohort):
    return cohort.started_by or make_person("Plan Planner")


def book(enrolment, slot, by=None, at=NOW, **details):
    return practice.book(
        enrolment=enrolment, slot=slot, by=by or enrolment.trainee, at=at, **details
    )


def rated(level=3, **others):
    """{criterion: (level, evidence)}: this level for all, and others by their codes."""
    levels = dict.fromkeys(CRITERIA, level) | others
    return {code: (level, f"Saw {code}." if level else "") for code, level in levels.items()}


def observe(booked, observer, level=3, at=None, key=None, next_step="Wait a little.", **others):
    wants_talk = others.pop("wants_talk", False)
    return observations.observe(
        practice=booked,
        observer=observer,
        rated=rated(level, **others),
        next_step=next_step,
        wants_talk=wants_talk,
        key=key or uuid.uuid4(),
        at=at or booked.slot.starts_at + timedelta(minutes=20),
    )


def review_own(booked, at=None, went_well="They talked to each other."):
    return practice.review_own(
        practice=booked,
        went_well=went_well,
        next_time="",
        key=uuid.uuid4(),
        at=at or booked.slot.starts_at + timedelta(minutes=30),
    )


def watched(enrolment, observer, number=1, days=0, level=3, reviewed=True, **others):
    """A practice, booked, held, watched and (when `reviewed`) looked back on by its trainee."""
    slot = make_slot(enrolment.cohort, number, SOON + timedelta(days=days), observer=observer)
    booked = book(enrolment, slot)
    observation = observe(booked, observer, level, **others)
    if reviewed:
        review_own(booked)
    return observation
