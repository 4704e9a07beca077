"""What the people of the demo’s groups have in common: they come in, they are there, they sign."""

import uuid
from datetime import timedelta

from django.contrib.auth import get_user_model

from courses.actions import agreements, attendance, cohorts
from courses.agreements import asked
from courses.models import AttendanceMark, Enrolment


def enrol(cohort, name, email, at):
    """A new person with a place in a cohort."""
    person = get_user_model().objects.create_user(email=email, name=name)
    enrolment = cohorts.enrol(cohort=cohort, trainee=person, at=at)
    return Enrolment.objects.with_cohort().get(pk=enrolment.pk)


def attend(enrolment, runs, there, by):
    """Mark somebody at sessions: here at Session Zero and at the numbers `there`, else away."""
    for run in runs:
        came = run.number in (0, *there)
        attendance.mark_attendance(
            session_run=run,
            marks={enrolment.pk: AttendanceMark.PRESENT if came else AttendanceMark.ABSENT},
            key=uuid.uuid4(),
            by=by,
            at=run.starts_at + timedelta(hours=3),
        )


def sign(enrolment, at):
    """Sign every agreement that the course asks for."""
    for each in asked(enrolment.cohort.edition.outline):
        agreements.sign(
            enrolment=enrolment,
            lesson=each.lesson,
            agreement=each.agreement,
            name=enrolment.trainee.name,
            key=uuid.uuid4(),
            at=at,
        )
