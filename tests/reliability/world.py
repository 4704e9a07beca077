"""Makes the people of a reliability test, and prints what they need to act, as JSON.

Run in the surroundings of the site: `python -m tests.reliability.world 20`.
"""

import json
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.urls import reverse  # noqa: E402

from courses.actions import editions  # noqa: E402
from tests.factories.courses import (  # noqa: E402
    NOW,
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_organisation,
    make_organiser,
    make_person,
    make_session,
    short_block,
    step_block,
)


def signed_in(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key


def make_world(how_many):
    course = make_course(sessions_required=1)
    session = make_session(course, 1)
    make_lesson(session, "Open questions", [step_block("Try it"), short_block()])
    edition = editions.make_edition(course=course, by=None, at=NOW)
    organisation = make_organisation("Riverside Peers")
    cohort = make_cohort(edition, organisation, capacity=how_many + 1)
    session, lesson = edition.outline.sessions[0], edition.outline.lessons[0]
    run = cohort.session_runs.get(number=1)
    organiser = make_organiser(organisation)

    def person(number):
        trainee = make_person(f"Trainee {number}", f"trainee{number}@example.org")
        enrolment = make_enrolment(cohort, trainee)
        place = [enrolment.pk, session.slug, lesson.slug]
        exercise = next(iter(reading_exercises(lesson)))
        return {
            "pk": trainee.pk,
            "email": trainee.email,
            "enrolment": enrolment.pk,
            "session": signed_in(trainee),
            "course": reverse("course", args=[enrolment.pk]),
            "step": reverse("step", args=[*place, 1]),
            "finish": reverse("finish", args=[*place, 1]),
            "answer": reverse("answer", args=[*place, 1, exercise]),
        }

    return {
        "trainees": [person(number) for number in range(how_many)],
        "organiser": {
            "pk": organiser.pk,
            "session": signed_in(organiser),
            "attendance": reverse("attendance", args=[cohort.pk, run.pk]),
            "board": reverse("cohort", args=[cohort.pk]),
        },
        "lesson_page": lesson.slug,
    }


def reading_exercises(lesson):
    from courses.reading import reading

    return [step.exercise.id for step in reading(lesson).steps.values() if step.exercise]


if __name__ == "__main__":
    print(json.dumps(make_world(int(sys.argv[1]))))  # noqa: T201  (this is how it answers)
