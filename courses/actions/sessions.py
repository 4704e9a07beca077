"""Changing a session that was planned: when it is, where, who leads it, and whether it is at all.

Each change is a fact of its own, and the people it concerns are told in the same transaction.
"""

from datetime import UTC

from django.db import transaction
from django.utils.translation import gettext as _

from courses.actions import outbox
from courses.models import MessageKind, SessionChange, SessionChangeKind, SessionRun

# Which fields belong to which kind of change.
PARTS = {
    SessionChangeKind.MOVED: ("starts_at",),
    SessionChangeKind.PLACE: ("way", "place"),
    SessionChangeKind.PAIR: ("facilitator_id", "co_facilitator_id", "one_facilitator_reason"),
}
PAIR = ("facilitator", "co_facilitator", "one_facilitator_reason")
# Who leads is told to those who lead, and to those who no longer do.
FOR_EVERYBODY = {
    SessionChangeKind.MOVED,
    SessionChangeKind.PLACE,
    SessionChangeKind.BROUGHT_BACK,
}


class PairNeeded(Exception):
    """A session needs two different facilitators, or a reason why there is only one."""


class CannotCancel(Exception):
    """The session cannot be cancelled; `str()` says why."""


@transaction.atomic
def change_session(*, session_run, by, at, **details):
    """Change when and where a session is, and who leads it. Return the changes, one of a kind.

    `details` are `starts_at`, `facilitator`, `co_facilitator` and `one_facilitator_reason`, and
    perhaps `way`, `place` and `reason`. What is as it was before is no change.
    """
    reason = details.pop("reason", "")
    check_pair(**{name: details[name] for name in PAIR})
    run = _locked(session_run)
    before, starts_before = _parts(run), run.starts_at
    pair_before = [run.facilitator, run.co_facilitator]
    for name, value in details.items():
        setattr(run, name, value)
    after = _parts(run)
    run.save(update_fields=list(details))
    changes = [
        SessionChange.objects.create(
            session_run=run,
            kind=kind,
            before=before[kind],
            after=after[kind],
            reason=reason,
            by=by,
            at=at,
        )
        for kind in PARTS
        if before[kind] != after[kind]
    ]
    if max(starts_before, run.starts_at) > at:
        _tell(run, changes, starts_before=starts_before, pair_before=pair_before)
    return changes


@transaction.atomic
def cancel_session(*, session_run, reason, by, at):
    """Say that a session is not held. Twice is once. Raises CannotCancel when it was held."""
    run = _locked(session_run)
    if run.cancelled_at:
        return None
    if run.attendances.exists():
        raise CannotCancel(_("People have been marked at this session, so it was held."))
    run.cancelled_at = at
    run.save(update_fields=["cancelled_at"])
    change = _turned(run, SessionChangeKind.CANCELLED, reason, by, at)
    if run.starts_at > at:
        _write(run, change, _everybody(run), MessageKind.SESSION_CANCELLED)
    return change


@transaction.atomic
def bring_back(*, session_run, by, at):
    """Say that a cancelled session is on again. Twice is once."""
    run = _locked(session_run)
    if not run.cancelled_at:
        return None
    run.cancelled_at = None
    run.save(update_fields=["cancelled_at"])
    change = _turned(run, SessionChangeKind.BROUGHT_BACK, "", by, at)
    if run.starts_at > at:
        _tell(run, [change])
    return change


def place_of_cohort_changed(*, cohort, before, by, at):
    """Note for each session to come that meets where the cohort does that this is elsewhere now.

    `before` is the cohort's {"way", "place"} until now. Everybody gets one message, not one for
    each session.
    """
    runs = cohort.session_runs.filter(way="", place="", cancelled_at=None, starts_at__gt=at)
    after = {"way": cohort.way, "place": cohort.place}
    changes = [
        SessionChange.objects.create(
            session_run=run,
            kind=SessionChangeKind.PLACE,
            before=before,
            after=after,
            by=by,
            at=at,
        )
        for run in runs.select_related("facilitator", "co_facilitator").order_by("starts_at", "pk")
    ]
    if changes:
        first = changes[0]
        run = first.session_run
        kinds = [first.kind]
        _write(
            run, first, _everybody(run), MessageKind.SESSION_MOVED, kinds=kinds, all_sessions=True
        )
    return changes


def meets(run):
    """Return what says how and where a session meets: the run itself, or its cohort."""
    return run if run.way or run.place else run.cohort


def check_pair(*, facilitator, co_facilitator, one_facilitator_reason):
    """Raise PairNeeded unless two different people lead, or a reason says why it is one."""
    if facilitator and facilitator == co_facilitator:
        raise PairNeeded(_("Name two different people. Sessions are led by a pair."))
    if not (facilitator and co_facilitator) and not one_facilitator_reason.strip():
        raise PairNeeded(_("Name two facilitators, or say why there is only one."))


# --- Underneath --------------------------------------------------------------------------------


def _locked(session_run):
    runs = SessionRun.objects.select_for_update(of=("self",))
    return runs.select_related("cohort__organisation", "facilitator", "co_facilitator").get(
        pk=session_run.pk
    )


def _parts(run):
    """What a run is now, by kind of change, as it is kept."""
    values = {name: getattr(run, name) for names in PARTS.values() for name in names}
    values["starts_at"] = run.starts_at.astimezone(UTC).isoformat()
    return {kind: {name: values[name] for name in names} for kind, names in PARTS.items()}


def _turned(run, kind, reason, by, at):
    return SessionChange.objects.create(session_run=run, kind=kind, reason=reason, by=by, at=at)


def _tell(run, changes, *, starts_before=None, pair_before=()):
    """Write to whom these changes concern. While a session is cancelled nobody is told."""
    if not changes or run.cancelled_at:
        return
    kinds = {change.kind for change in changes}
    pair = [*pair_before, run.facilitator, run.co_facilitator]
    people = [*_everybody(run), *pair] if kinds & FOR_EVERYBODY else pair
    _write(
        run,
        changes[0],
        people,
        MessageKind.SESSION_MOVED,
        kinds=sorted(kinds),
        starts_before=starts_before,
    )


def _everybody(run):
    """The people of the group who have not left, and the pair."""
    enrolled = run.cohort.enrolments.not_left().select_related("trainee")
    return [*(each.trainee for each in enrolled), run.facilitator, run.co_facilitator]


def _write(run, change, people, kind, **more):
    for person in {each.pk: each for each in people if each}.values():
        outbox.write(
            kind=kind,
            key=f"{kind}:{change.pk}:{person.pk}",
            at=change.at,
            person=person,
            cohort=run.cohort,
            run=run,
            meets=meets(run),
            by=change.by,
            **more,
        )
