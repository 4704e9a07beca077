"""What the benchmark measures, each against what it is beside. Nothing measured is kept.

A bench is made once on the site as it is. It gives the sides to run in turn: {name of the side: a
function that does it once}. The first is ours.
"""

import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from django.core.files import File
from django.db import transaction
from django.db.models import Count, Q
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certificates.actions import issuing
from certificates.models import Certificate
from content.actions import h5p
from courses import board
from courses.actions import progress
from courses.models import Cohort, Enrolment, LessonPage, Milestone, MilestoneKind, RoleKind
from courses.reading import reading
from courses.views.board import _csv

# The body of a lesson's step as Wagtail draws it, in the frame of our pages.
PLAIN = """{% extends "base.html" %}{% load wagtailcore_tags %}
{% block main %}
<h1>{{ page.title }}</h1>{% for block in blocks %}{% include_block block %}{% endfor %}
{% endblock %}"""


class NotHere(Exception):
    """This site has nothing that this could be measured with; `str()` says what is missing."""


class _Undone(Exception):
    """Takes back what was done to be measured."""


@contextmanager
def taken_back():
    """Do something in the database and take it back."""
    try:
        with transaction.atomic():
            yield
            raise _Undone
    except _Undone:
        pass


@dataclass(frozen=True)
class Budget:
    """What is promised: at most so many queries, and at most this share of the other side's time
    or so many milliseconds of the processor's."""

    queries: int | None = None
    share: float | None = None
    milliseconds: float | None = None


def lesson():
    """A step of a lesson, warm, and a plain Wagtail page of the same body."""
    enrolment, found = _somebody_in_a_lesson()
    session, place = _place_of(enrolment, found)
    ours = reverse("step", args=[enrolment.pk, session.slug, found.slug, place])
    return _beside_wagtail(enrolment, found, ours, lambda page: [page.steps[place - 1]])


def whole_lesson():
    """All of a lesson on one page, and a plain Wagtail page of the same body."""
    enrolment, found = _somebody_in_a_lesson()
    session, _place = _place_of(enrolment, found)
    ours = reverse("whole", args=[enrolment.pk, session.slug, found.slug])
    return _beside_wagtail(enrolment, found, ours, lambda page: page.steps)


def _beside_wagtail(enrolment, lesson, ours, steps_of):
    page = LessonPage.objects.get(translation_key=lesson.key, locale__language_code="en-gb")
    template = engines["django"].from_string(PLAIN)

    def plain(self, request, *args, **kwargs):
        blocks = [block for step in steps_of(self) for block in step.blocks]
        return TemplateResponse(request, template, {"page": self, "blocks": blocks})

    client = _signed_in(enrolment.trainee)

    def by_wagtail():
        with patch.object(LessonPage, "serve", plain):
            _got(client, page.url)

    return {"ours": lambda: _got(client, ours), "a plain Wagtail page": by_wagtail}


def progress_write():
    """Finishing a step, with all that may follow from it."""
    enrolment, found = _somebody_in_a_lesson()

    def write():
        with taken_back():
            progress.finish_step(
                enrolment=enrolment,
                lesson=found,
                step=found.step_ids[-1],
                key=uuid.uuid4(),
                at=timezone.now(),
            )

    return {"ours": write}


def board_page():
    """The board of a group, as its organiser opens it."""
    cohort = _largest_cohort()
    client = _signed_in(_organiser_of(cohort))
    return {"ours": lambda: _got(client, reverse("cohort", args=[cohort.pk]))}


def board_rows():
    """The rows of that board, without drawing the page."""
    cohort = _largest_cohort()
    return {"ours": lambda: board.load(cohort, timezone.now())}


def my_learning():
    """The first page of somebody who takes a course."""
    enrolment, _found = _somebody_in_a_lesson()
    client = _signed_in(enrolment.trainee)
    return {"ours": lambda: _got(client, reverse("learning"))}


def csv_first_piece():
    """The first bytes of the board as a file: what somebody waits for."""
    cohort = _largest_cohort()

    def first():
        pieces = _csv(cohort, timezone.now())
        next(pieces)
        next(pieces)

    return {"ours": first}


def certificate():
    """Issuing a certificate and drawing its PDF."""
    milestone = (
        Milestone.objects.filter(kind=MilestoneKind.COMPLETION)
        .exclude(pk__in=Certificate.objects.values("milestone"))
        .select_related("enrolment__trainee", "enrolment__cohort__organisation", "edition")
        .first()
    )
    if milestone is None:
        raise NotHere("Nobody has completed a course without getting a certificate.")

    def issue():
        with taken_back():
            issuing.issue(milestone=milestone, at=timezone.now())

    return {"ours": issue}


def check_page():
    """The page on which a stranger checks a certificate."""
    found = Certificate.objects.first()
    if found is None:
        raise NotHere("No certificate was issued here.")
    client = Client()
    return {"ours": lambda: _got(client, reverse("check", args=[found.shown_serial]))}


def h5p_import(file):
    """Taking in an .h5p file with every check; its libraries are there after the first time."""

    def take_in():
        with taken_back(), Path(file).open("rb") as opened:
            h5p.add_package(file=File(opened), by=None, at=timezone.now())

    return {"ours": take_in}


BENCHES = {
    "a lesson's page": (lesson, Budget(queries=5, share=1 / 3)),
    "a whole lesson on one page": (whole_lesson, Budget(share=1 / 3)),
    "my learning": (my_learning, Budget(queries=8)),
    "finishing a step": (progress_write, Budget(queries=9)),
    "a group's board, its rows": (board_rows, Budget(queries=8)),
    "a group's board, the page": (board_page, Budget(queries=8)),
    "first bytes of a board as CSV": (csv_first_piece, Budget(milliseconds=100)),
    "issuing a certificate": (certificate, Budget(milliseconds=40)),
    "a check page": (check_page, Budget(queries=3)),
}


# --- Who and what it is measured with ----------------------------------------------------------


def _somebody_in_a_lesson():
    """Return an enrolment and the OutlineLesson that they are in: somebody half-way."""
    found = Enrolment.objects.with_cohort().exclude(last_lesson=None).filter(left_at=None)
    enrolment = found.order_by("pk").last()
    if enrolment is None:
        raise NotHere("Nobody has begun a lesson. Run seed_large first.")
    _session, lesson = enrolment.cohort.edition.outline.by_key(str(enrolment.last_lesson))
    return enrolment, lesson


def _place_of(enrolment, lesson):
    """Return the lesson's session, and the place of its longest step that is there to be read.

    A form to answer in is not the same body as Wagtail's drawing of what it asks.
    """
    session, _lesson = enrolment.cohort.edition.outline.by_key(lesson.key)
    steps = reading(lesson).steps
    lengths = {
        place: sum(len(part.html) for part in steps[step].parts)
        for place, step in enumerate(lesson.step_ids, 1)
        if not steps[step].exercise
    }
    return session, max(lengths, key=lengths.get)


def _largest_cohort():
    now_in = Count("enrolments", filter=Q(enrolments__left_at=None))
    cohort = Cohort.objects.with_edition().annotate(people=now_in).order_by("-people").first()
    if cohort is None:
        raise NotHere("There is no group here. Run seed_large first.")
    return cohort


def _organiser_of(cohort):
    return cohort.organisation.roles.in_force().filter(kind=RoleKind.ORGANISER).first().person


def _signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _got(client, address):
    answer = client.get(address)
    if answer.status_code != 200:
        raise NotHere(f"{address} answers {answer.status_code}.")
    return answer
