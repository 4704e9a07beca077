"""Nobody completes a course by a trick, nor becomes ready by their own word.

What a trainee says of themselves (a step is finished, an activity was played) counts as that: the
rest is said by somebody else, or asked in a check that is marked here. Each trick is tried as its
trickster would. What a package says of itself is in `tests/courses/views/test_h5p.py`.

ASVS 5.0: V2.2.2 (asked on the server), V2.3.1 (one step after the other), V8.2.2 (each record).
"""

import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certificates.models import Certificate, Renewal
from courses.actions import attendance, ready
from courses.actions.observations import CannotObserve
from courses.models import (
    Attempt,
    Attendance,
    AttendanceMark,
    CheckAnswer,
    H5PStatement,
    Milestone,
    Observation,
    ReadySignOff,
    RoleKind,
    StepEvent,
    Waiver,
)
from tests.factories.courses import (
    NOW,
    attend,
    finish_all_lessons,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_role,
)
from tests.factories.practice import book, make_observer, make_slot, observe
from tests.security.town import PLAY, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    """A group of the smallest course: one session, and one lesson of two steps."""
    return make_cohort(
        make_edition(sessions=1, steps=2, sessions_required=1), facilitator=make_person("Fatima")
    )


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


# --- Saying that it is done --------------------------------------------------------------------


def test_whoever_sends_every_finish_without_reading_has_not_been_there(cohort):
    """Lessons are a trainee's own word. That they took part is somebody else's."""
    mallory = make_enrolment(cohort)
    client = signed_in(mallory.trainee)
    session = cohort.edition.outline.sessions[0]
    lesson = session.lessons[0]

    for number in (2, 1):
        where = reverse("finish", args=[mallory.pk, session.slug, lesson.slug, number])
        client.post(where, {"key": uuid.uuid4()})

    assert StepEvent.objects.filter(enrolment=mallory).count() == 2
    assert (Milestone.objects.count(), Certificate.objects.count()) == (0, 0)


def test_the_same_person_has_completed_it_once_somebody_else_says_so(cohort):
    """What stood between them and the certificate was that, and nothing else."""
    honest = make_enrolment(cohort)
    finish_all_lessons(honest)

    attend(honest, 1)

    assert Milestone.objects.filter(enrolment=honest).count() == 1


def test_a_step_that_waits_for_an_activity_is_not_finished_by_saying_so():
    town = Town()
    client = signed_in(town.companion)
    mine = {"pk": town.parts["companion"], "number": PLAY}

    client.post(town.address("finish", mine), {"key": uuid.uuid4()})

    assert StepEvent.objects.filter(enrolment=town.parts["companion"]).count() == 0


def test_what_somebody_else_finished_is_not_finished_by_its_key(cohort):
    """A key that was seen over a shoulder is worth nothing: it belongs to its own enrolment."""
    honest, mallory = make_enrolment(cohort), make_enrolment(cohort, make_person("Mallory"))
    session = cohort.edition.outline.sessions[0]
    place = [session.slug, session.lessons[0].slug, 1]
    key = uuid.uuid4()
    signed_in(mallory.trainee).post(reverse("finish", args=[mallory.pk, *place]), {"key": key})

    signed_in(honest.trainee).post(reverse("finish", args=[honest.pk, *place]), {"key": key})

    told = StepEvent.objects.values_list("enrolment", flat=True)
    assert sorted(told) == sorted([honest.pk, mallory.pk])


def test_an_answer_for_somebody_else_is_kept_nowhere():
    town = Town()
    before = [model.objects.count() for model in (Attempt, CheckAnswer, StepEvent)]
    client = signed_in(town.companion)

    answers = [
        client.post(town.address(name), {"key": uuid.uuid4(), "choice": "0"}).status_code
        for name in ("answer", "check_question", "finish", "scenario_choose", "h5p_in_words")
    ]

    assert answers == [404] * 5
    assert [model.objects.count() for model in (Attempt, CheckAnswer, StepEvent)] == before


def test_what_an_activity_claims_of_a_score_out_of_range_is_not_kept():
    town = Town()
    said = {
        "actor": {"name": "Somebody Else"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"},
        "object": {"id": "http://testserver/"},
        "result": {"completion": True, "score": {"scaled": 7, "raw": 70, "max": 10}},
        "timestamp": "1999-01-01T00:00:00Z",
    }

    signed_in(town.amina.trainee).post(
        town.address("h5p_said"),
        json.dumps({"version": 1, "statement": said}),
        content_type="application/json",
    )

    told = H5PStatement.objects.filter(score__gt=1) | H5PStatement.objects.filter(at__year=1999)
    assert told.count() == 0


# --- Being one's own witness -------------------------------------------------------------------


def test_nobody_says_of_themselves_that_they_took_part(cohort):
    """A facilitator who is in the group as well marks everybody but themselves."""
    both = make_enrolment(cohort, cohort.session_runs.get().facilitator)
    other = make_enrolment(cohort, make_person("Ben"))
    run = cohort.session_runs.get()

    marked = attendance.mark_attendance(
        session_run=run,
        marks={both.pk: AttendanceMark.PRESENT, other.pk: AttendanceMark.PRESENT},
        key=uuid.uuid4(),
        by=both.trainee,
        at=NOW,
    )

    assert marked.changed == 1
    assert list(Attendance.objects.values_list("enrolment", flat=True)) == [other.pk]


def test_the_sheet_of_whoever_is_in_the_group_as_well_does_not_ask_about_them(cohort):
    run = cohort.session_runs.get()
    both = make_enrolment(cohort, run.facilitator)
    other = make_enrolment(cohort, make_person("Ben Companion"))

    page = signed_in(both.trainee).get(reverse("attendance", args=[cohort.pk, run.pk]))

    assert [each.pk for each in page.context["form"].people] == [other.pk]


def test_nobody_is_their_own_observer():
    town = Town()
    make_role(town.companion, town.organisation, RoleKind.OBSERVER)
    before = Observation.objects.count()
    slot = make_slot(town.cohort, 1, timezone.now() - timedelta(hours=1))
    booked = book(town.companion.enrolments.get(), slot, by=town.organiser)

    with pytest.raises(CannotObserve):
        observe(booked, town.companion)

    assert Observation.objects.count() == before


def test_nobody_signs_off_themselves_or_waives_something_for_themselves(cohort):
    organiser = make_organiser(cohort.organisation)
    mine = make_enrolment(cohort, organiser)

    with pytest.raises(ready.CannotSignOff, match="Nobody signs off themselves"):
        ready.sign_off(enrolment=mine, by=organiser, at=NOW)
    with pytest.raises(ready.CannotWaive, match="Nobody waives something for themselves"):
        ready.waive(
            enrolment=mine,
            kind="lessons_finished",
            reason="I would rather not",
            instead="",
            by=organiser,
            key=uuid.uuid4(),
            at=NOW,
        )

    assert (ReadySignOff.objects.count(), Waiver.objects.count()) == (0, 0)


def test_nobody_renews_or_withdraws_their_own_certificate():
    """Also not as an organiser of the organisation that issued it."""
    town = Town()
    make_role(town.amina.trainee, town.organisation, RoleKind.ORGANISER)
    client, today = signed_in(town.amina.trainee), timezone.localdate()

    answers = [
        client.post(town.address("certificate_renew"), {"renew-day": today, "renew-note": "x"}),
        client.post(town.address("withdraw"), {"reason": "other", "note": "x"}),
        client.post(town.address("certificate_correct"), {"name": "Dr Amina"}),
    ]

    assert [each.status_code for each in answers] == [404, 404, 404]
    assert Renewal.objects.count() == 0


# --- Turning the clock -------------------------------------------------------------------------


def test_when_something_was_done_is_said_by_our_clock(cohort):
    mallory = make_enrolment(cohort)
    session = cohort.edition.outline.sessions[0]
    where = reverse("finish", args=[mallory.pk, session.slug, session.lessons[0].slug, 1])
    before = timezone.now()

    signed_in(mallory.trainee).post(
        where, {"key": uuid.uuid4(), "at": "1999-01-01", "done_at": "1999-01-01"}
    )

    assert before <= StepEvent.objects.get().at <= timezone.now()


def test_an_observer_of_another_organisation_cannot_watch_here():
    town = Town()
    stranger = make_observer(make_organisation("Elsewhere"), "Otto")

    answer = signed_in(stranger).post(town.address("observe_practice"), {})

    assert answer.status_code == 404
