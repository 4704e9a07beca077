"""The part of the small world in which people practise while somebody watches."""

from datetime import timedelta

from django.utils import timezone

from content import days
from courses.models import Calibration
from tests.factories.courses import make_handout
from tests.factories.practice import (
    SAMPLE,
    book,
    make_slot,
    observe,
    review_own,
    rubric_body,
    try_sample,
)


def add_rubric(course):
    make_handout(course, "What we look for", slug="rubric", body=rubric_body())


def practise(cohort, trainees, staff, now):
    """Have some practices watched, one waiting and some free; return the addresses' parts.

    `trainees` are three: one who wrote of their own practice, one who has not, one who is due.
    """
    observer, organiser = staff.observer, staff.organiser
    try_sample(observer, cohort.organisation, other=2, at=now)
    mentioned = []
    for n, (trainee, others) in enumerate(zip(trainees, ({"PF5": 1}, {}), strict=False), 1):
        day = now - timedelta(days=8, hours=n)
        slot = make_slot(cohort, starts_at=day, observer=observer, place="Room 2")
        booked = book(trainee, slot, by=organiser, at=now, activity="A round")
        observe(booked, observer, at=now, PF7=None, **others)
        mentioned.append(booked)
    review_own(mentioned[0], at=now)
    due = make_slot(cohort, starts_at=now - timedelta(minutes=1), observer=observer)
    waiting = book(trainees[2], due, by=organiser, at=now, partner=trainees[0])
    free = make_slot(cohort, starts_at=now + timedelta(days=2), place="https://meet.example/room")
    return {
        "seen": mentioned[0].pk,
        "unread": mentioned[1].pk,
        "due": waiting.pk,
        "free_slot": free.pk,
        "taken_slot": due.pk,
        "free_when": _said(free),
        "taken_when": _said(due),
        "try": Calibration.objects.get(observer=observer).pk,
        "sample": SAMPLE,
    }


def _said(slot):
    return days.weekday_and_time(timezone.localtime(slot.starts_at))
