"""The demo’s practices: some watched, some booked, some free; and a calibrated observer."""

import uuid
from datetime import timedelta

from django.utils import timezone

from content.samples import samples
from courses.actions import observations, practice, practice_slots
from courses.actions.calibration import calibrate
from courses.readiness import CRITERIA

SAW = "She asked “What was that like?”, and waited until the answer came."
ROOM = "The small room"
# name, levels besides 3, whether they wrote their own review
WATCHED = [
    ("Precious Okafor", {"PF2": 4, "PF7": None, "PF8": None}, True),
    ("Łukasz Nowak", {"PF3": 1, "PF7": None}, True),
    ("Amina Yusuf", {"PF4": 2, "PF7": None, "PF8": None}, False),
]
DUE, BOOKED = "Leila Haddad", "Precious Okafor"


def practise(cohort, observer, organiser, now):
    """Plan practices, and have some of them booked and watched."""
    for sample in samples():
        calibrate(
            observer=observer,
            organisation=cohort.organisation,
            sample=sample,
            rated=sample.levels,
            key=uuid.uuid4(),
            at=now - timedelta(weeks=4),
        )
    people = {each.trainee.name: each for each in cohort.enrolments.select_related("trainee")}
    fourth = cohort.session_runs.get(number=4)
    sixth = cohort.session_runs.get(number=6)
    times = plan(cohort, observer, organiser, 1, fourth.starts_at + timedelta(minutes=75), fourth)
    for slot, (name, others, reviewed) in zip(times, WATCHED, strict=False):
        booked = book(people[name], slot, organiser, slot.at)
        observe(booked, observer, others)
        if reviewed:
            look_back(booked)
    earlier_today = max(
        now - timedelta(hours=1), timezone.localtime(now).replace(hour=0, minute=1)
    )
    (due,) = plan(cohort, observer, organiser, 1, earlier_today, rounds=1)
    book(people[DUE], due, organiser, now)
    plan(cohort, None, organiser, 1, now + timedelta(days=2), rounds=3)
    last = plan(cohort, observer, organiser, 2, sixth.starts_at + timedelta(minutes=20), sixth)
    book(people[BOOKED], last[0], people[BOOKED].trainee, now)


def plan(cohort, observer, organiser, number, starts_at, session_run=None, rounds=4):
    return practice_slots.plan(
        cohort=cohort,
        number=number,
        starts_at=starts_at,
        rounds=rounds,
        minutes=16 if number == 1 else 18,
        observer=observer,
        place=ROOM,
        session_run=session_run,
        by=organiser,
        at=starts_at - timedelta(days=10),
    )


def book(enrolment, slot, by, at):
    return practice.book(
        enrolment=enrolment, slot=slot, by=by, at=at, activity="A listening round"
    )


def observe(booked, observer, others):
    levels = dict.fromkeys(CRITERIA, 3) | others
    observations.observe(
        practice=booked,
        observer=observer,
        rated={code: (level, SAW if level else "") for code, level in levels.items()},
        next_step="Count to five before you say anything.",
        key=uuid.uuid4(),
        at=booked.slot.starts_at + timedelta(minutes=30),
    )


def look_back(booked):
    practice.review_own(
        practice=booked,
        went_well="I let them finish.",
        next_time="Ask one thing at a time.",
        key=uuid.uuid4(),
        at=booked.slot.starts_at + timedelta(hours=2),
    )
