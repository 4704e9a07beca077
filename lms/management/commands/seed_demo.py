import uuid
from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from courses import name_list
from courses.actions import (
    agreements,
    cohorts,
    delivery,
    feedback,
    fidelity,
    invitations,
    journal,
    outbox,
    progress,
    ready,
    sharing,
)
from courses.actions.languages import course_called
from courses.actions.people import give_role, name_mentor
from courses.forms.agreements import STARTERS
from courses.forms.notes import READY
from courses.models import (
    Cohort,
    Enrolment,
    Message,
    MessageKind,
    Organisation,
    Problem,
    RoleKind,
)
from courses.reading import reading
from lms.management.commands._demo_earlier import run_earlier_group
from lms.management.commands._demo_led import lead_groups
from lms.management.commands._demo_people import attend, enrol, sign
from lms.management.commands._demo_practice import practise

ORGANISATION = "Riverside Peers"
COHORT = "Tuesday group"
TRAINEE = ("Amina Yusuf", "amina@example.org")
EDUCATOR = ("Tom Price", "tom@example.org")
SECOND_READER = ("Joy Nwosu", "joy@example.org")
FACILITATOR = ("Zofia Wójcik", "spring1@example.org")
ORGANISER = ("Oluchi Adeyemi", "oluchi@example.org")

# name, sessions there (of the five held so far), lessons finished, days since the last lesson
OTHERS = [
    ("Precious Okafor", (1, 2, 3, 4, 5), 8, 5),
    ("Siân Ŵyn Parry", (1, 2, 3, 5), 8, 3),
    ("Łukasz Nowak", (1, 2, 4, 5), 6, 6),
    ("Nguyễn Thị Hoa", (1, 3, 4, 5), 5, 4),
    ("Ruth Bellamy", (1, 2, 3), 5, 17),
    ("Joe Harris", (1, 2, 3, 5), 4, 9),
    ("Dev Patel", (2,), 1, 31),
    ("Leila Haddad", (1, 2, 4, 5), 7, 2),
    ("Grace Mensah", (1, 2, 3, 4), 6, 8),
    ("Bill Carter", (1, 4, 5), 3, 12),
    ("Ελένη Γεωργίου", (1, 2, 3, 4, 5), 7, 1),
]
HELD = (0, 1, 2, 3, 4, 5)
# what they plan, and share with the group
SHARED = {
    "Ruth Bellamy": ("Walk to the shop", "there and back", "before lunch", "three times"),
    "Precious Okafor": ("Rest with my feet up", "half an hour", "after work", "four times"),
}
WAIVED = "Bill Carter"
MENTORED = {TRAINEE[0], "Ruth Bellamy"}


class Command(BaseCommand):
    help = "Make the demo: a charity, its people, and a group most of the way through the course."

    @transaction.atomic
    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Demo people exist only where ALONGSIDE_MODE is “demo”.")
        call_command("load_starter_course", stdout=self.stdout)
        if Cohort.objects.filter(name=COHORT, organisation__name=ORGANISATION).exists():
            return
        now = timezone.now()
        organisation = Organisation.objects.create(
            name=ORGANISATION,
            named_person="Maria Lopez",
            named_person_phone="020 7946 0018",
            named_person_email="maria@example.org",
            other_help="Samaritans: 116 123, day and night\nNHS urgent help: 111",
        )
        staff = self._staff(organisation, now)
        cohort = self._cohort(organisation, staff, now)
        lessons = cohort.edition.outline.lessons
        everyone = [(*TRAINEE, (1, 2, 3, 5), len(lessons) - 1, 2)]
        everyone += [
            (name, f"trainee{n}@example.org", *did) for n, (name, *did) in enumerate(OTHERS, 1)
        ]
        held = cohort.session_runs.filter(number__in=HELD)
        for n, (name, email, there, done, quiet) in enumerate(everyone):
            joined = now - timedelta(weeks=6, hours=n)
            enrolment = enrol(cohort, name, email, joined)
            self._learn(enrolment, lessons[:done], until=now - timedelta(days=quiet))
            if email == TRAINEE[1]:
                self._begin_last_lesson(enrolment, lessons[-1], now - timedelta(days=1))
            attend(enrolment, held, there, staff["organiser"])
            if name in SHARED:
                self._share(enrolment, SHARED[name], until=now - timedelta(days=quiet))
            if name in MENTORED:
                name_mentor(enrolment=enrolment, mentor=staff["mentor"])
        self._agree(cohort, staff["facilitator"])
        self._waive(cohort, staff["organiser"], now)
        self._invite(cohort, staff["organiser"], now)
        practise(cohort, staff["observer"], staff["organiser"], now)
        self._write(cohort, staff["organiser"], now)
        self._tell_how_it_went(cohort, staff)
        pair = run_earlier_group(organisation, staff, now)
        lead_groups(organisation, pair, staff, now)
        self.stdout.write(f"Made {len(everyone)} demo trainees and those who work with them.")

    def _person(self, name, email):
        return get_user_model().objects.create_user(email=email, name=name)

    def _staff(self, organisation, now):
        staff = {
            "organiser": self._person(*ORGANISER),
            "educator": self._person(*EDUCATOR),
            "second_reader": self._person(*SECOND_READER),
            "facilitator": self._person("Ken Wallace", "ken@example.org"),
            "co_facilitator": self._person("Fatima Rahman", "fatima@example.org"),
            "observer": self._person("Sunita Rao", "sunita@example.org"),
            "mentor": self._person("Yusra Khan", "yusra@example.org"),
        }
        roles = {
            "organiser": RoleKind.ORGANISER,
            "educator": RoleKind.PEER_EDUCATOR,
            "second_reader": RoleKind.PEER_EDUCATOR,
            "facilitator": RoleKind.FACILITATOR,
            "co_facilitator": RoleKind.FACILITATOR,
            "observer": RoleKind.OBSERVER,
            "mentor": RoleKind.MENTOR,
        }
        for key, kind in roles.items():
            give_role(
                person=staff[key],
                organisation=organisation,
                kind=kind,
                by=staff["organiser"],
                at=now,
            )
        return staff

    def _cohort(self, organisation, staff, now):
        course = course_called("becoming-a-peer-facilitator")
        today = timezone.localdate(now)
        next_tuesday = today + timedelta(days=(1 - today.weekday()) % 7 or 7)
        first = timezone.make_aware(datetime.combine(next_tuesday - timedelta(weeks=5), time(10)))
        edition = course.editions.first()
        # Every week, whatever the holidays: five sessions have been held on any day of the year.
        numbers = [session.number for session in edition.outline.sessions]
        return cohorts.start(
            organisation=organisation,
            edition=edition,
            name=COHORT,
            first_session_at=first,
            starts={number: first + timedelta(weeks=number - 1) for number in numbers},
            by=staff["organiser"],
            at=now - timedelta(weeks=8),
            place="The Old Library, Mill Lane",
            facilitator=staff["facilitator"],
            co_facilitator=staff["co_facilitator"],
        )

    def _learn(self, enrolment, lessons, until):
        for left, lesson in zip(reversed(range(len(lessons))), lessons, strict=True):
            for minute, step in enumerate(lesson.step_ids):
                progress.finish_step(
                    enrolment=enrolment,
                    lesson=lesson,
                    step=step,
                    key=uuid.uuid4(),
                    at=until - timedelta(days=4 * left, minutes=len(lesson.step_ids) - minute),
                )

    def _begin_last_lesson(self, enrolment, lesson, at):
        """Leave two steps, so that a visitor can reach the certificate by hand."""
        for step in lesson.step_ids[:-2]:
            progress.finish_step(
                enrolment=enrolment, lesson=lesson, step=step, key=uuid.uuid4(), at=at
            )
        self._plan(enrolment, at - timedelta(days=6))

    def _share(self, enrolment, parts, until):
        plan = self._plan(enrolment, until, *parts)
        sharing.share(plan=plan, audience="group", with_review=False, key=uuid.uuid4(), at=until)

    def _agree(self, cohort, facilitator):
        first = cohort.session_runs.get(number=1)
        agreements.make_group_agreement(
            cohort=cohort,
            lines=[str(line) for line in STARTERS],
            key=uuid.uuid4(),
            by=facilitator,
            at=first.starts_at + timedelta(hours=2),
        )

    def _waive(self, cohort, organiser, now):
        """One person for whom something is waived, and who has signed what there is to sign."""
        enrolment = Enrolment.objects.with_cohort().get(cohort=cohort, trainee__name=WAIVED)
        ready.waive(
            enrolment=enrolment,
            kind="sessions_attended",
            reason="The last bus goes before the session ends",
            instead="Goes through what was missed with Ken, by phone",
            by=organiser,
            key=uuid.uuid4(),
            at=now - timedelta(days=10),
        )
        sign(enrolment, now - timedelta(weeks=5))

    def _invite(self, cohort, organiser, now):
        """One person who signs in with a card, and one who has not answered yet."""
        without_address = name_list.read("Grace Obi")
        began = now - timedelta(weeks=6)
        invitations.invite(cohort=cohort, lines=without_address, by=organiser, at=began)
        enrolment = cohort.enrolments.get(trainee__email=None)
        attend(enrolment, cohort.session_runs.filter(number__in=HELD), (1, 2, 4, 5), organiser)
        lines = name_list.read("Mairi Scott, mairi@example.org")
        invitations.invite(cohort=cohort, lines=lines, by=organiser, at=now)

    def _write(self, cohort, organiser, now):
        """Two notes: one reached its reader, one did not, so there is something to decide."""
        last_week = now - timedelta(days=6)
        for name, problem in (("Ruth Bellamy", ""), ("Dev Patel", Problem.NO_SUCH_ADDRESS)):
            trainee = cohort.enrolments.get(trainee__name=name).trainee
            note = outbox.write(
                kind=MessageKind.NOTE,
                key=f"demo:{name}",
                at=last_week,
                person=trainee,
                cohort=cohort,
                by=organiser,
                note=str(READY["how"]),
            )
            came_of_it = {"given_up_at": last_week} if problem else {"sent_at": last_week}
            Message.objects.filter(pk=note.pk).update(
                claimed_at=last_week, problem=problem, **came_of_it
            )

    def _tell_how_it_went(self, cohort, staff):
        """The pair have marked the activities of each session, and a group has said how it was."""
        first = cohort.session_runs.get(number=1)
        for run in cohort.session_runs.filter(number__in=HELD):
            session = cohort.edition.outline.session_by_key(str(run.session))
            planned = {
                (place, each.title): delivery.Went("as_planned")
                for place, each in enumerate(session.activities, 1)
            }
            about = {"session_run": run, "key": uuid.uuid4()}
            about |= {"by": staff["facilitator"], "at": run.starts_at + timedelta(hours=3)}
            delivery.mark_activities(**about, marks=planned)
        answers = {"two_led": True, "plan_on_show": True, "break_taken": False}
        fidelity.fill_in(
            session_run=first,
            answers=answers,
            note="We cut the break short: the cards took longer than planned.",
            together=True,
            key=uuid.uuid4(),
            by=staff["facilitator"],
            at=first.starts_at + timedelta(hours=3),
        )
        for n, enrolment in enumerate(cohort.enrolments.order_by("pk")[:6]):
            numbers = {"listened_to": 10 - n % 3, "had_a_turn": 6 + n % 4, "can_use": 9}
            feedback.give(session_run=first, enrolment=enrolment, numbers=numbers)

    def _plan(
        self,
        enrolment,
        at,
        what="Ring my sister and listen",
        how_much="ten minutes",
        when="after tea",
        how_often="twice this week",
    ):
        """Make a plan at the first place that asks for one, and return it."""
        for lesson in enrolment.cohort.edition.outline.lessons:
            for step in reading(lesson).steps.values():
                if step.exercise and step.exercise.kind == "action_plan":
                    return journal.write_plan(
                        enrolment=enrolment,
                        lesson=lesson,
                        exercise=step.exercise,
                        key=uuid.uuid4(),
                        at=at,
                        what=what,
                        how_much=how_much,
                        when=when,
                        how_often=how_often,
                        confidence=8,
                    )
        return None
