"""Who is reminded, of what and when; and who is left in peace."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from courses import reminders
from courses.actions import outbox
from courses.actions.reminders import choose
from courses.models import (
    Attendance,
    AttendanceMark,
    Message,
    MessageKind,
    Milestone,
    Problem,
    SessionRun,
)
from tests.factories.courses import (
    NOW,
    attend,
    finish_lesson,
    make_cohort,
    make_edition,
    make_enrolment,
    make_organisation,
    make_organiser,
    make_person,
    make_plan,
)

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
NOON_BEFORE = datetime(2026, 9, 7, 12, tzinfo=LONDON)
STARTS = datetime(2026, 9, 8, 11, tzinfo=LONDON)  # the second session, a week after NOW


def keys(kind=MessageKind.SESSION_TOMORROW):
    return list(Message.objects.filter(kind=kind).values_list("key", flat=True))


def people(kind):
    found = Message.objects.filter(kind=kind).order_by("person__name")
    return list(found.values_list("person__name", flat=True))


# --- A session tomorrow ------------------------------------------------------------------------


class Group:
    """A group of one whose second session is on Tuesday 8 September, at eleven."""

    def __init__(self):
        self.house = make_organisation("Harbour Peer Support")
        self.organiser = make_organiser(self.house, "Maria")
        self.cohort = make_cohort(
            make_edition(sessions=2), self.house, place="The Old Library", way="in_person"
        )
        self.run = self.cohort.session_runs.get(number=2)
        self.amina = make_enrolment(self.cohort, make_person("Amina"))

    def change(self, **changes):
        SessionRun.objects.filter(pk=self.run.pk).update(**changes)


@pytest.fixture
def group():
    return Group()


def reminded(at=NOON_BEFORE):
    """Whom the reminders written at this moment are for."""
    reminders.write_due(at)
    return people(MessageKind.SESSION_TOMORROW)


def test_everyone_in_the_group_is_reminded_on_the_day_before_from_noon(group):
    make_enrolment(group.cohort, make_person("Dev"))

    assert reminded(NOON_BEFORE - timedelta(minutes=1)) == []
    assert reminded(NOON_BEFORE) == ["Amina", "Dev"]


def test_a_reminder_says_when_and_where_and_who_writes(group):
    reminded()
    message = Message.objects.get()

    assert message.subject == "Your next session: Tuesday 8 September, 11:00"
    assert (message.from_name, message.reply_to) == (
        "Maria, Harbour Peer Support",
        group.organiser.email,
    )
    stop = re.search(r"http\S+/reminders/\S+", message.text)[0]
    link = f"{settings.SITE_ADDRESS}/learning/{group.amina.pk}/"
    assert (
        message.text
        == f"""Hello Amina,

your group meets next on Tuesday 8 September, 11:00. It is here: The Old Library.

All about it is here:
{link}

If you cannot come, please answer this message. You need not say why.

Maria
Harbour Peer Support

--
You get this because you are part of a course with us.
To stop these reminders, open this page and press the button:
{stop}
"""
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"way": "video", "place": "https://video.example.org/room"}, "You meet by video."),
        ({"way": "phone", "place": "020 7946 0000"}, "You meet by phone."),
        ({"place": "The New Hall"}, "It is here: The New Hall."),
    ],
)
def test_a_reminder_says_how_this_session_meets_and_gives_no_way_in(changes, words, group):
    group.change(**changes)
    reminded()

    [line] = re.findall(r"11:00\. (.+)", Message.objects.get().text)
    assert line == words


def test_running_it_again_reminds_nobody_again(group):
    reminders.write_due(NOON_BEFORE)

    assert reminders.write_due(NOON_BEFORE + timedelta(hours=1)) == 0
    assert len(keys()) == 1


def test_who_joins_late_is_reminded_too(group):
    reminders.write_due(NOON_BEFORE)
    make_enrolment(group.cohort, make_person("Dev"))

    assert reminded(NOON_BEFORE + timedelta(hours=1)) == ["Amina", "Dev"]


def test_who_left_is_away_for_good_or_has_no_address_is_not_reminded(group):
    left, closed = make_enrolment(group.cohort), make_enrolment(group.cohort)
    without = make_enrolment(group.cohort)
    left.left_at = NOW
    left.save()
    closed.trainee.is_active = False
    closed.trainee.save()
    without.trainee.email = None
    without.trainee.save()

    assert reminded() == ["Amina"]


def test_a_session_that_is_cancelled_or_about_to_begin_reminds_nobody(group):
    assert reminded(STARTS - timedelta(minutes=59)) == []

    group.change(cancelled_at=NOW)

    assert reminded() == []


def test_a_session_that_is_moved_reminds_anew(group):
    reminders.write_due(NOON_BEFORE)
    group.change(starts_at=STARTS + timedelta(hours=3))

    assert reminded(NOON_BEFORE + timedelta(hours=1)) == ["Amina", "Amina"]


def test_where_noon_is_in_the_quiet_hours_it_comes_after_them(group):
    group.house.quiet_from, group.house.quiet_until = "11:00", "17:30"
    group.house.save()

    assert reminded(NOON_BEFORE + timedelta(hours=5, minutes=29)) == []
    assert reminded(NOON_BEFORE + timedelta(hours=5, minutes=30)) == ["Amina"]


def test_who_joins_in_the_night_before_is_reminded_in_the_morning_of_the_day(group):
    reminders.write_due(NOON_BEFORE + timedelta(hours=11))

    assert Message.objects.get().send_after == datetime(2026, 9, 8, 9, tzinfo=LONDON)


def test_it_takes_the_same_queries_for_one_group_as_for_three(group, django_assert_num_queries):
    assert group.cohort.edition.outline.lessons  # in the cache from here on

    def count():
        with django_assert_num_queries(17):
            return reminders.write_due(NOON_BEFORE)

    assert count() == 1

    for _n in range(3):
        cohort = make_cohort(group.cohort.edition, group.house)
        for _m in range(3):
            make_enrolment(cohort)
    assert count() == 9


# --- One step left -----------------------------------------------------------------------------


class Nearly:
    """A course of two sessions with a lesson in each; its group has met for the last time."""

    def __init__(self):
        self.house = make_organisation("Hillside Peer Support")
        self.organiser = make_organiser(self.house, "Maria")
        self.edition = make_edition(sessions=2, sessions_required=2)
        self.cohort = make_cohort(self.edition, self.house)

    def trainee(self, name, sessions=(1, 2), lessons=2, at=NOW):
        enrolment = make_enrolment(self.cohort, make_person(name))
        attend(enrolment, *sessions)
        attend(enrolment, *{1, 2} - set(sessions), mark=AttendanceMark.ABSENT)
        for lesson in self.edition.outline.lessons[:lessons]:
            finish_lesson(enrolment, lesson, at=at)
        return enrolment


MET = NOW + WEEK + DAY  # a day after the last session


@pytest.fixture
def nearly():
    return Nearly()


def nudged(at=MET):
    reminders.write_due(at)
    return people(MessageKind.STEP_LEFT)


def test_only_who_has_exactly_one_thing_left_is_reminded_of_it(nearly):
    nearly.trainee("Amina", lessons=1)
    nearly.trainee("Dev", lessons=0)
    nearly.trainee("Ruth", sessions=(1,))
    nearly.trainee("Siân", sessions=(1,), lessons=1)
    nearly.trainee("Tom")

    assert nudged() == ["Amina", "Ruth"]
    assert Milestone.objects.get().enrolment.trainee.name == "Tom"


def test_it_says_what_is_left_and_that_there_is_no_hurry(nearly):
    nearly.trainee("Amina", lessons=1)
    nearly.trainee("Ruth", sessions=(1,))
    nudged()
    said = {
        message.person.name: (message.subject, message.text.split("\n")[2])
        for message in Message.objects.all()
    }

    assert said == {
        "Amina": (
            "One step is left",
            "you have done nearly all of it: one lesson is left. It takes about a quarter of an "
            "hour, and you can stop and go on at any time.",
        ),
        "Ruth": (
            "One step is left",
            "you have done nearly all of it: one more session is left. Answer this message, and "
            "we look together how you can make it up.",
        ),
    }


def test_where_the_last_thing_is_a_session_to_come_it_says_when(nearly):
    nearly.edition = make_edition(sessions=3, sessions_required=2)
    nearly.cohort = make_cohort(nearly.edition, nearly.house)
    nearly.trainee("Ruth", sessions=(1,), lessons=3)
    nudged()

    assert "Your group meets next on Tuesday 15 September, 11:00." in Message.objects.get().text


def test_who_was_here_lately_is_left_in_peace(nearly):
    nearly.trainee("Amina", lessons=1, at=MET - 2 * DAY)

    assert (nudged(), nudged(MET + DAY)) == ([], ["Amina"])


def test_nobody_is_reminded_more_than_twice_or_within_a_fortnight(nearly):
    nearly.trainee("Amina", lessons=1)
    written = [(day, reminders.write_due(MET + day * DAY)) for day in range(50)]

    assert [day for day, count in written if count] == [0, 14]


def test_a_group_that_has_not_met_for_long_or_not_yet_is_left_in_peace(nearly):
    nearly.trainee("Amina", lessons=1)

    assert nudged(NOW - DAY) == []
    assert nudged(NOW + WEEK + 8 * WEEK) == []


def test_steps_take_the_same_queries_for_one_person_as_for_three(
    nearly, django_assert_num_queries
):
    assert nearly.edition.outline.lessons  # in the cache from here on

    def count(at):
        with django_assert_num_queries(14):
            return reminders.write_due(at)

    nearly.trainee("Amina", lessons=1)
    assert count(MET) == 1

    for cohort in range(3):
        nearly.cohort = make_cohort(nearly.edition, nearly.house)
        for person in range(3):
            nearly.trainee(f"Person {cohort} {person}", lessons=1)
    assert count(MET + timedelta(hours=1)) == 9


# --- Choices, and what is not true any more ----------------------------------------------------


@pytest.mark.parametrize("wanted", [{}, dict.fromkeys(MessageKind, True)])
def test_reminders_are_on_until_somebody_turns_them_off(wanted, group):
    choose(
        person=group.amina.trainee,
        wanted={kind: on for kind, on in wanted.items() if kind in ("session_tomorrow",)},
        at=NOW,
    )

    assert reminded() == ["Amina"]


def test_a_choice_is_about_one_kind_and_the_latest_holds(nearly):
    amina, group = nearly.trainee("Amina", lessons=1), Group()
    person = group.amina.trainee
    for who in (amina.trainee, person):
        choose(person=who, wanted={MessageKind.SESSION_TOMORROW: False}, at=NOW)
    reminders.write_due(NOON_BEFORE)
    assert (keys(), people(MessageKind.STEP_LEFT)) == ([], ["Amina"])

    choose(person=person, wanted={MessageKind.SESSION_TOMORROW: True}, at=NOW)

    assert reminded() == ["Amina"]


def withdrawn(at):
    count = reminders.take_back_untrue(at)
    found = Message.objects.filter(problem=Problem.NOT_TRUE_ANY_MORE)
    return count, list(found.values_list("person__name", flat=True))


def test_what_waits_and_is_still_true_stays(group, nearly):
    nearly.trainee("Ruth", lessons=1)
    reminders.write_due(NOON_BEFORE)

    assert len(keys()) + len(keys(MessageKind.STEP_LEFT)) == 3
    assert withdrawn(NOON_BEFORE + timedelta(hours=3)) == (0, [])


@pytest.mark.parametrize(
    "change",
    [
        lambda group: group.change(starts_at=STARTS + timedelta(hours=3)),
        lambda group: group.change(cancelled_at=NOON_BEFORE),
        lambda group: group.amina.__class__.objects.update(left_at=NOON_BEFORE),
        lambda group: choose(
            person=group.amina.trainee,
            wanted={MessageKind.SESSION_TOMORROW: False},
            at=NOON_BEFORE,
        ),
    ],
    ids=["moved", "cancelled", "left", "had enough"],
)
def test_a_reminder_that_waits_and_is_not_true_any_more_is_taken_back(change, group):
    reminders.write_due(NOON_BEFORE)
    change(group)

    assert withdrawn(NOON_BEFORE + timedelta(minutes=5)) == (1, ["Amina"])
    assert outbox.send_due(at=NOON_BEFORE + timedelta(minutes=5)) == {}


def test_a_last_step_that_was_done_meanwhile_is_not_asked_for(nearly):
    amina = nearly.trainee("Amina", lessons=1)
    reminders.write_due(MET)
    finish_lesson(amina, nearly.edition.outline.lessons[1], at=MET)

    assert withdrawn(MET) == (1, ["Amina"])


# --- E6: e-mails carry no condition, plan, reflection, score or reason for absence -------------

MAILS = sorted(Path("courses/templates/courses/mail").glob("*.txt"))
SECRETS = {
    "course": "Living with diabetes",
    "cohort": "Type 2 on Tuesdays",
    "session": "Hypos and how to talk about them",
    "lesson": "When insulin frightens you",
    "plan": "Walk to the clinic",
    "reason": "In hospital since Monday",
}


@pytest.mark.parametrize("left", ["lesson", "session"])
def test_E6_no_reminder_names_a_condition_a_topic_a_plan_or_a_reason(left, group):
    nearly = Nearly()
    nearly.cohort.name = SECRETS["cohort"]
    nearly.cohort.save()
    SessionRun.objects.update(title=SECRETS["session"])
    nearly.edition.title = SECRETS["course"]
    nearly.edition.save()
    amina = nearly.trainee("Amina", lessons=1 if left == "lesson" else 2, sessions=(1, 2))
    if left == "session":
        amina = nearly.trainee("Ruth", sessions=(1,))
    make_plan(amina, what=SECRETS["plan"])
    Attendance.objects.update(reason=SECRETS["reason"])
    type(amina).objects.update(last_active_at=NOW)
    reminders.write_due(NOON_BEFORE)
    reminders.write_due(MET)

    assert {*people(MessageKind.STEP_LEFT), *people(MessageKind.SESSION_TOMORROW)} >= {"Amina"}
    told = "\n".join(f"{each.subject}\n{each.text}" for each in Message.objects.all())
    assert [secret for secret in SECRETS.values() if secret in told] == []


PRIVATE = r"cohort\.name|edition|course\b|title|plan|reflection|reason|answer|rating|level|score"


def variables(template):
    """The names a template puts into the text, each with its parts: person.name."""
    return re.findall(r"{{\s*([\w.]+)|=([a-z_]+(?:\.[a-z_]+)+)", template)


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_E6_no_template_can_put_what_is_private_into_a_mail(path):
    named = {one or other for one, other in variables(path.read_text())}

    assert [name for name in named if re.search(PRIVATE, name)] == []


HEALTH = "diabet|cancer|pain|illness|condition|health|symptom|medic|diagnos|hospital|clinic|therap"


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_E6_no_template_speaks_of_health(path):
    assert re.findall(HEALTH, path.read_text(), re.I) == []


@pytest.mark.parametrize(
    "path", [path for path in MAILS if not path.stem.startswith("_")], ids=lambda path: path.stem
)
def test_a_subject_is_the_first_line_and_names_no_organisation(path):
    """An organisation may be called after what its people live with."""
    subject = path.read_text().split("\n")[0]

    assert re.search(r"{% (translate|blocktranslate|include) ", subject)
    assert "organisation" not in subject
