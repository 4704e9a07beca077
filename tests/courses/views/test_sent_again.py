"""What a phone sends arrives once to twenty times, late, in any order, from two devices.

It is kept once, as if it had come once and in order.
"""

import uuid

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.actions import editions
from courses.actions.attendance import latest_marks
from courses.models import (
    ActionPlan,
    Attempt,
    Attendance,
    Checklist,
    LessonProgress,
    Reflection,
    ScaleAnswer,
    ShortAnswer,
    StepEvent,
)
from tests.factories.courses import (
    NOW,
    check_block,
    checklist_block,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_organisation,
    make_organiser,
    make_session,
    plan_block,
    reflection_block,
    scale_block,
    short_block,
    step_block,
)

pytestmark = pytest.mark.django_db

PLAN = {"what": "Ring my sister", "how_much": "ten minutes", "when": "after tea"}
PLAN |= {"how_often": "twice", "confidence": "8"}


class World:
    """A trainee with two devices, an organiser with one, and everything that they send once."""

    def __init__(self):
        blocks = [check_block(), reflection_block(), plan_block(), checklist_block()]
        blocks += [short_block(), scale_block()]
        course = make_course(sessions_required=1)
        body = [piece for block in blocks for piece in (step_block(), block)]
        make_lesson(make_session(course, 1), "Many things", body)
        edition = editions.make_edition(course=course, by=None, at=NOW)
        organisation = make_organisation()
        cohort = make_cohort(edition, organisation)
        self.enrolment = make_enrolment(cohort)
        self.run = cohort.session_runs.get(number=1)
        self.phone, self.laptop, self.organisers = Client(), Client(), Client()
        for device in (self.phone, self.laptop):
            device.force_login(self.enrolment.trainee)
        self.organisers.force_login(make_organiser(organisation))
        session, lesson = edition.outline.sessions[0], edition.outline.lessons[0]
        self.place = [self.enrolment.pk, session.slug, lesson.slug]
        check, _reflection, _plan, checklist, _short, scale = blocks
        option = check["value"]["options"][0]["id"]
        tick = checklist["value"]["items"][0]["id"]
        numbers = {f"number-{each['id']}": "7" for each in scale["value"]["statements"]}
        sent = [{"answers": option}, {"text": "I felt heard"}, PLAN, {"items": tick}]
        sent += [{"text": "How was it?"}, numbers]
        self.sent = [
            (self.at("answer", number, block["id"]), {"key": uuid.uuid4(), **fields})
            for number, (block, fields) in enumerate(zip(blocks, sent, strict=True), 1)
        ]
        finished = [uuid.uuid4() for _block in blocks]
        self.sent += [
            (self.at("finish", number), {"key": key}) for number, key in enumerate(finished, 1)
        ]
        undo = {"key": uuid.uuid4(), "undoes": finished[0]}
        self.sent.append((self.at("undo", 1), undo))
        marked = {"key": uuid.uuid4(), f"mark_{self.enrolment.pk}": "present"}
        where = reverse("attendance", args=[cohort.pk, self.run.pk])
        self.sent.append((where, {**marked, f"way_{self.enrolment.pk}": ""}))

    def at(self, name, number, *more):
        return reverse(name, args=[*self.place, number, *more])

    def send(self, which, device):
        where, fields = self.sent[which]
        if where.startswith("/organise/"):
            device = self.organisers
        assert device.post(where, fields).status_code == 302

    def kept(self):
        """All that is there afterwards, but the moments and the numbers of rows."""
        told = {
            Attempt: ["exercise", "answers", "met"],
            Reflection: ["exercise", "text"],
            ActionPlan: ["exercise", *PLAN],
            Checklist: ["exercise", "items"],
            ShortAnswer: ["exercise", "text"],
            ScaleAnswer: ["exercise", "numbers"],
            StepEvent: ["step", "kind", "undoes"],
            Attendance: ["enrolment", "mark"],
        }
        rows = {
            model.__name__: sorted(map(str, model.objects.values_list("key", *names)))
            for model, names in told.items()
        }
        finished = LessonProgress.objects.values_list("steps", "finished_at")
        return {
            **rows,
            "steps": [(sorted(steps), at is None) for steps, at in finished],
            "marks": latest_marks(self.run),
        }


@pytest.fixture
def world():
    return World()


def after(world, order):
    with transaction.atomic():
        for which, device in order:
            world.send(which, device)
        kept = world.kept()
        transaction.set_rollback(True)
    return kept


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_however_often_and_in_whatever_order_things_come_they_are_kept_once(world, data):
    every = list(range(len(world.sent)))
    often = data.draw(st.lists(st.integers(1, 20), min_size=len(every), max_size=len(every)))
    again = [which for which in every for _time in range(min(often[which], 4))]
    most = max(every, key=often.__getitem__)  # one of them as often as it says
    again += [most] * (often[most] - min(often[most], 4))
    order = data.draw(st.permutations(again))
    devices = data.draw(st.lists(st.booleans(), min_size=len(order), max_size=len(order)))

    once = after(world, [(which, world.phone) for which in every])
    mixed = after(
        world,
        [
            (which, world.phone if is_phone else world.laptop)
            for which, is_phone in zip(order, devices, strict=True)
        ],
    )

    assert mixed == once


def test_once_is_what_it_should_be(world):
    kept = after(world, [(which, world.phone) for which in range(len(world.sent))])

    counts = {name: len(rows) for name, rows in kept.items()}
    assert counts == {
        **dict.fromkeys(["Attempt", "Reflection", "ActionPlan", "Checklist"], 1),
        **dict.fromkeys(["ShortAnswer", "ScaleAnswer", "Attendance", "marks", "steps"], 1),
        "StepEvent": 7,
    }
    ((steps, is_open),) = kept["steps"]
    assert (len(steps), is_open) == (5, True)  # the first was taken back
