"""Who is reminded of what: a session that comes, or the one step that is left.

Reminders are worked out anew each time, from what is true now. One that waits and is not true any
more (its session was moved, its step done, its reader has had enough) is taken back.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from courses import board
from courses.actions import outbox
from courses.models import (
    Cohort,
    Enrolment,
    MeetingWay,
    Message,
    MessageKind,
    ReminderChoice,
    SessionRun,
)
from courses.quiet import next_allowed

FROM = time(12)  # of the day before, so that it is read before the evening
TOO_LATE = timedelta(hours=1)  # before a session begins
IN_PEACE = timedelta(days=3)  # who was here so lately needs no reminder
AGAIN_AFTER = timedelta(days=14)
AT_MOST = 2  # for each kind of course and person; who did not come after two has heard it
OVER_AFTER = timedelta(weeks=8)  # a group that has not met for so long is left in peace
COHORTS_AT_ONCE = 100


def write_due(at):
    """Write the reminders that are due, and return how many. What was written is not repeated."""
    return sum(map(outbox.write_new, (*_sessions_coming(at), *_steps_left(at))))


def take_back_untrue(at):
    """Take back the reminders that wait and are not true any more. Return how many."""
    waiting = Message.objects.waiting().exclude(not_after__lte=at)
    untrue = {*_untrue_sessions(waiting, at), *_untrue_steps(waiting, at)}
    return outbox.take_back(keys=untrue, at=at) if untrue else 0


# --- A session that comes ----------------------------------------------------------------------


def _sessions_coming(at):
    """Yield, for so many groups at once, the letters about sessions that are near."""
    near = SessionRun.objects.filter(
        cancelled_at=None, starts_at__gt=at + TOO_LATE, starts_at__lte=at + timedelta(days=3)
    )
    runs = [run for run in near.select_related("cohort__organisation") if _is_near(run, at)]
    for some in _in_pieces(runs):
        signers = outbox.signers({run.cohort for run in some})
        people = defaultdict(list)
        for enrolment in _people(MessageKind.SESSION_TOMORROW, cohort__in=set(signers)):
            people[enrolment.cohort_id].append(enrolment)
        yield [
            _session_letter(run, enrolment, signers[run.cohort_id], at)
            for run in some
            for enrolment in people[run.cohort_id]
        ]


def _is_near(run, at):
    """Tell whether it is time: from noon of the day before, unless that is in the quiet hours."""
    day_before = timezone.localdate(run.starts_at) - timedelta(days=1)
    noon = timezone.make_aware(datetime.combine(day_before, FROM))
    house = run.cohort.organisation
    tz = timezone.get_default_timezone()
    return next_allowed(noon, house.quiet_from, house.quiet_until, tz) <= at


def _session_letter(run, enrolment, signer, at):
    way = run.way or run.cohort.way
    return {
        "kind": MessageKind.SESSION_TOMORROW,
        # When it is moved, its time is another, and so is the key.
        "key": f"session_tomorrow:{run.pk}:{run.starts_at.timestamp():.0f}:{enrolment.trainee_id}",
        "at": at,
        "not_after": run.starts_at - TOO_LATE,
        "person": enrolment.trainee,
        "cohort": run.cohort,
        "by": signer,
        "run": run,
        "way": way,
        "place": (run.place or run.cohort.place) if way == MeetingWay.IN_PERSON else "",
        "link": _course(enrolment),
    }


def _untrue_sessions(waiting, at):
    keys = waiting.filter(kind=MessageKind.SESSION_TOMORROW).values_list("key", flat=True)
    if not (waits := set(keys)):
        return set()
    return waits - {letter["key"] for some in _sessions_coming(at) for letter in some}


# --- One step left -----------------------------------------------------------------------------


def _steps_left(at):
    """Yield, for so many groups at once, the letters to those with one step left."""
    lately = SessionRun.objects.filter(starts_at__gt=at - OVER_AFTER, starts_at__lte=at)
    cohorts = Cohort.objects.filter(pk__in=lately.values("cohort")).with_edition().order_by("pk")
    for some in _in_pieces(list(cohorts)):
        rows = _with_one_left(some, at)
        people = _people(MessageKind.STEP_LEFT, pk__in=rows)
        told = _told(some)
        signers = outbox.signers(some)
        letters = []
        for enrolment in people:
            row, next_run = rows[enrolment.pk]
            times, last = told.get((enrolment.cohort_id, enrolment.trainee_id), (0, None))
            if times < AT_MOST and not (last and last > at - AGAIN_AFTER):
                letter = _step_letter(enrolment, row, next_run, times + 1, at)
                letters.append({**letter, "by": signers[enrolment.cohort_id]})
        yield letters


def _with_one_left(cohorts, at):
    """Return {enrolment id: (row, next session)} of those with one thing left, left in peace."""
    return {
        row.enrolment: (row, each.next_run)
        for each in board.load_all(cohorts, at).values()
        for row in each.rows
        if not row.has_completed
        and sum(asked.left for asked in row.standing.outstanding) == 1
        and max(row.joined_at, row.last_active or row.joined_at) <= at - IN_PEACE
    }


def _told(cohorts):
    """Return {(cohort, person): (how often, when last)} they were reminded of their last step."""
    told = Message.objects.filter(kind=MessageKind.STEP_LEFT, cohort__in=cohorts).order_by()
    rows = told.values_list("cohort", "person").annotate(Count("pk"), Max("made_at"))
    return {(cohort, person): (times, last) for cohort, person, times, last in rows}


def _step_letter(enrolment, row, next_run, time, at):
    (asked,) = row.standing.outstanding
    return {
        "kind": MessageKind.STEP_LEFT,
        "key": f"step_left:{enrolment.pk}:{time}",
        "at": at,
        "person": enrolment.trainee,
        "cohort": enrolment.cohort,
        "left": asked.kind,
        "next_run": next_run if asked.kind == "sessions_attended" else None,
        "link": _course(enrolment),
    }


def _untrue_steps(waiting, at):
    waits = dict(waiting.filter(kind=MessageKind.STEP_LEFT).values_list("key", "cohort"))
    if not waits:
        return set()
    cohorts = Cohort.objects.filter(pk__in=set(waits.values())).with_edition()
    rows = _with_one_left(list(cohorts), at)
    true = {enrolment.pk for enrolment in _people(MessageKind.STEP_LEFT, pk__in=rows)}
    return {key for key in waits if int(key.split(":")[1]) not in true}


# --- Both --------------------------------------------------------------------------------------


def _people(kind, **scope):
    """The people in it who have an address and want this kind of reminder, in two queries."""
    enrolments = Enrolment.objects.filter(left_at=None, trainee__is_active=True, **scope)
    enrolments = enrolments.exclude(trainee__email=None)
    people = list(enrolments.select_related("trainee", "cohort__organisation").order_by("pk"))
    said = ReminderChoice.objects.filter(
        kind=kind, person__in={each.trainee_id for each in people}
    )
    unwanted = set(said.latest().filter(wanted=False).values_list("person", flat=True))
    return [each for each in people if each.trainee_id not in unwanted]


def _in_pieces(things):
    for start in range(0, len(things), COHORTS_AT_ONCE):
        yield things[start : start + COHORTS_AT_ONCE]


def _course(enrolment):
    return settings.SITE_ADDRESS + reverse("course", args=[enrolment.pk])
