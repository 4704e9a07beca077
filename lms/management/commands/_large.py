"""Many invented people at once: rows as the actions would have left them, written in bulk.

Everything follows from the number of a group and the day, but the codes that groups are joined
with: those are never guessable.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from courses.actions import cohorts
from courses.actions.people import give_role
from courses.completion import Facts, standing
from courses.models import (
    Attendance,
    AttendanceMark,
    Enrolment,
    LessonProgress,
    Milestone,
    MilestoneKind,
    Organisation,
    RoleKind,
    StepEvent,
)
from courses.models.progress import StepEventKind

COHORT = "Large group {:04}"
WEEKS_BACK = 104  # groups began over the last two years
FIRST = (
    *("Amina", "Siân", "Łukasz", "Hoa", "Ruth", "Joe", "Dev", "Leila", "Grace", "Bill"),
    *("Ελένη", "Иван", "أمل", "חנה", "आशा", "রহিম", "สมชาย", "ሰላም", "美玲", "José"),
)
LAST = (
    *("Yusuf", "Parry", "Nowak", "Nguyễn", "Bellamy", "Harris", "Patel", "Haddad", "Mensah"),
    *(
        "Carter",
        "Γεωργίου",
        "Петров",
        "حداد",
        "לוי",
        "शर्मा",
        "হোসেন",
        "ใจดี",
        "ተስፋዬ",
        "王",
        "Núñez",
    ),
)
CHUNK = 2_000


@dataclass(frozen=True)
class Group:
    """What a large group follows from: its number, its people, and the day it is looked from."""

    number: int
    people: int
    today: date

    def first_session_at(self):
        weeks = self.number * 37 % WEEKS_BACK  # spread, and not in the order of the numbers
        monday = self.today - timedelta(days=self.today.weekday(), weeks=weeks)
        return timezone.make_aware(datetime.combine(monday, time(10)))


STAFF = {
    "organiser": RoleKind.ORGANISER,
    "facilitator": RoleKind.FACILITATOR,
    "co_facilitator": RoleKind.FACILITATOR,
}


@transaction.atomic
def make_organisation(number):
    """Return an organisation and the people who run it, {what they are: person}."""
    organisation, is_new = Organisation.objects.get_or_create(
        name=f"Large Organisation {number:02}"
    )
    staff = {}
    for what, role in STAFF.items():
        staff[what], _is_new = get_user_model().objects.get_or_create(
            email=f"large-{what}{number}@example.org",
            defaults={"name": f"{FIRST[number % len(FIRST)]} {what}", "password": "!"},
        )
        if is_new:
            give_role(
                person=staff[what],
                organisation=organisation,
                kind=role,
                by=staff["organiser"],
                at=timezone.now(),
            )
    return organisation, staff


@transaction.atomic
def make_group(group, edition, organisation, staff):
    """Make a group with all that its people did: some twenty statements for a hundred people."""
    first = group.first_session_at()
    weeks = {each.number: timedelta(weeks=each.number - 1) for each in edition.outline.sessions}
    cohort = cohorts.start(
        organisation=organisation,
        edition=edition,
        name=COHORT.format(group.number),
        first_session_at=first,
        starts={number: first + week for number, week in weeks.items()},
        by=staff["organiser"],
        at=first - timedelta(weeks=3),
        capacity=group.people,
        facilitator=staff["facilitator"],
        co_facilitator=staff["co_facilitator"],
    )
    written = _Written(group, cohort, staff["organiser"])
    for number in range(group.people):
        written.add_person(number)
    written.keep()


class _Written:
    """The people of a group and what they did: gathered, and then written at once."""

    def __init__(self, group, cohort, organiser):
        self.group, self.cohort, self.organiser = group, cohort, organiser
        self.chance = Random(f"{group.number} {group.people}")  # noqa: S311  (no secrets here)
        self.now = timezone.make_aware(datetime.combine(group.today, time(9)))
        self.edition = cohort.edition
        self.lessons = self.edition.outline.lessons
        self.runs = list(cohort.session_runs.all())
        self.held = [run for run in self.runs if run.starts_at < self.now]
        kinds = (get_user_model(), Enrolment, Attendance, StepEvent, LessonProgress, Milestone)
        self.rows = {kind: [] for kind in kinds}

    def add_person(self, number):
        """Somebody who came nearly always, or less often, and got as far as that in lessons."""
        keen = self.chance.random() ** 0.3
        came = [run for run in self.held if self.chance.random() < keen]
        share = len(self.held) / len(self.runs) * min(1, keen + 0.2)
        far = round(share * len(self.lessons))
        finished = self.lessons[:far]
        enrolment = self._enrol(number, finished)
        self._mark(enrolment, came)
        for lesson in finished:
            self._finish(enrolment, lesson, is_last=lesson is finished[-1])
        self._reach(enrolment, came, finished)

    def keep(self):
        for kind, rows in self.rows.items():
            kind.objects.bulk_create(rows, batch_size=CHUNK)

    def _add(self, model, /, **values):
        row = model(**values)
        self.rows[model].append(row)
        return row

    def _key(self):
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def _enrol(self, number, finished):
        person = self._add(
            get_user_model(),
            name=f"{self.chance.choice(FIRST)} {self.chance.choice(LAST)}",
            email=f"large{self.group.number:04}-{number:03}@example.org",
            password="!",  # noqa: S106  (nobody signs in with one)
        )
        return self._add(
            Enrolment,
            cohort=self.cohort,
            trainee=person,
            joined_at=self.runs[0].starts_at - timedelta(weeks=2),
            last_lesson=finished[-1].key if finished else None,
            last_active_at=self._day_of(len(finished)) if finished else None,
        )

    def _mark(self, enrolment, came):
        for run in self.held:
            self._add(
                Attendance,
                session_run=run,
                enrolment=enrolment,
                mark=AttendanceMark.PRESENT if run in came else AttendanceMark.ABSENT,
                key=self._key(),
                marked_by=self.organiser,
                marked_at=run.starts_at + timedelta(hours=3),
            )

    def _day_of(self, place):
        """When the lesson at this place is finished: one every four days."""
        return min(self.runs[0].starts_at + timedelta(days=4 * place), self.now)

    def _finish(self, enrolment, lesson, *, is_last):
        """A lesson with all its steps. The facts behind it are there for the last lesson only:
        all of them would be eleven million rows, and no page reads them."""
        at = self._day_of(self.lessons.index(lesson) + 1)
        told = {"enrolment": enrolment, "lesson": lesson.key}
        keys = {step: self._key() for step in lesson.step_ids}
        if is_last:
            for step, key in keys.items():
                said = {"kind": StepEventKind.FINISHED, "key": key, "at": at}
                self._add(StepEvent, **told, step=step, **said)
        steps = {step: [str(key)] for step, key in keys.items()}
        self._add(LessonProgress, **told, steps=steps, finished_at=at)

    def _reach(self, enrolment, came, finished):
        """The milestone, where the rule says so: the same rule as everywhere."""
        counted = [run for run in self.held if run.counted]
        facts = Facts.of(
            was_there={run.number: run in came for run in counted},
            lessons=(lesson.key for lesson in finished),
        )
        if not standing(self.edition.asked(), facts).is_complete:
            return
        days = [run.starts_at for run in counted if run in came]
        self._add(
            Milestone,
            enrolment=enrolment,
            kind=MilestoneKind.COMPLETION,
            edition=self.edition,
            reached_at=max(days[-1], enrolment.last_active_at),
            evidence={
                "sessions_attended": sorted(facts.sessions_attended),
                "lessons_finished": len(facts.lessons_finished),
                "first_day": timezone.localdate(days[0]).isoformat(),
                "last_day": timezone.localdate(days[-1]).isoformat(),
            },
        )
