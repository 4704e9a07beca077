"""The way to “ready to co-facilitate” in words: for the trainee, and for their organiser.

Both read the same conditions from the same standing. Only what is said about them differs.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import days
from content.blocks.question_bank import CheckPurpose
from courses import agreements
from courses.completion import WAIVABLE, Asked
from courses.models import AgreementKind, SessionRun
from courses.outline import Outline, OutlineLesson, OutlineSession
from courses.ready import Told


@dataclass(frozen=True)
class Place:
    """Where in the course something is done: a step of a lesson."""

    session: OutlineSession
    lesson: OutlineLesson
    step: int


@dataclass(frozen=True)
class Condition:
    """One thing that is asked, as it is shown: what, whether it is met, and what is said of it.

    `place` is where it is done, if it is done in a lesson; `said` names day and evidence once it
    is met, and what to do while it is not. `waived` is the courses.ready.Waived that meets it, to
    be shown to its owner and to organisers.
    """

    asked: Asked
    title: str
    said: str
    place: Place | None = None
    waived: object | None = None

    @property
    def is_met(self):
        return self.asked.is_met

    @property
    def mark(self):
        """✓ met, ◐ begun, ○ not begun."""
        return "✓" if self.is_met else "◐" if self.asked.done else "○"

    @property
    def can_be_waived(self):
        return self.asked.kind in WAIVABLE and not self.is_met


@dataclass(frozen=True)
class Known:
    """What the words are made of: all of one enrolment, from rows that are in hand."""

    told: Told
    outline: Outline
    runs: dict[int, SessionRun]
    waits_for_sign_off: bool
    is_own: bool


def conditions(standing, *, told, outline, runs, is_own):
    """Return the conditions of a standing, in order, in the words for their owner or organiser.

    `runs` are the cohort's session runs; `told` is a courses.ready.Told.
    """
    known = Known(
        told=told,
        outline=outline,
        runs={run.number: run for run in runs if run.counted},
        waits_for_sign_off=standing.waits_for_sign_off,
        is_own=is_own,
    )
    waived = {each.kind: each for each in told.waived}
    return [_condition(asked, known, waived) for asked in standing.asked]


def _condition(asked, known, waived):
    said, place = SAYS[asked.kind](asked, known)
    return Condition(
        asked=asked,
        title=_title(asked, known),
        said=said,
        place=place if not asked.is_met and known.is_own else None,
        waived=waived.get(asked.kind) if asked.is_waived else None,
    )


def name(kind):
    """Return what a kind of requirement is called, apart from any one person."""
    return str(NAMES[kind])


# --- What is said of each kind, and where it is done -------------------------------------------


def _sessions(asked, known):
    if asked.is_met or asked.can_still_be_met:
        return _so_far(asked), None
    return _("A catch-up is needed. Arrange one, or waive what is left."), None


def _lessons(asked, known):
    return _so_far(asked), None


def _so_far(asked):
    said = (
        _("Done: %(done)s of %(needed)s.") if asked.is_met else _("%(done)s of %(needed)s so far.")
    )
    return said % {"done": asked.done, "needed": asked.needed}


def _completion(asked, known):
    if asked.is_met:
        return _("Completed on %(day)s.") % {"day": _day(known.told.completed_at)}, None
    if known.is_own:
        return _("What is left for it stands in the list above."), None
    return _("Not completed yet. What is left for it stands above."), None


def _session(asked, known):
    run = known.runs.get(asked.requirement.number)
    if asked.is_met:
        own, theirs = _("You were there, or made it up."), _("Was there, or made it up.")
        return own if known.is_own else theirs, None
    if not asked.can_still_be_met:
        own = _("You were away. Your organiser can arrange a catch-up. Please ask.")
        theirs = _("Was away. This one is never waived: please arrange a catch-up.")
        return own if known.is_own else theirs, None
    if run is None:
        return _("The day is not set yet."), None
    when = days.weekday_and_time(run.starts_at)
    return _("Its day is %(when)s.") % {"when": when}, None


def _final_check(asked, known):
    if asked.is_met:
        return _("Done on %(day)s.") % {"day": _day(known.told.final_check_at)}, None
    place = _final_place(known.outline)
    if known.is_own:
        return _("Take it as often as you like. Each time it asks other questions."), place
    return _("Not there yet. They can take it as often as they like."), None


def _practice(asked, known):
    watched = sorted(known.told.watched, key=lambda each: each.at)
    on = {"days": _days(each.at for each in watched)}
    if asked.is_met:
        return _("Watched on %(days)s.") % on, None
    if known.told.waits_for_own_words:
        own = _("Say first how your practice went. Then you see what your observer saw.")
        theirs = _("Watched on %(days)s. They have not written yet how it went for them.") % on
        return own if known.is_own else theirs, None
    if not watched:
        own = _("You lead a short activity, and somebody watches. Your organiser offers times.")
        return own if known.is_own else _("Nobody has watched a practice yet."), None
    if len(watched) == 1:
        return _("The first was watched on %(days)s. One more comes.") % on, None
    own = _("Watched on %(days)s. Not yet: look at the one thing to work on, and try again.") % on
    return own if known.is_own else _("Watched on %(days)s. Not yet.") % on, None


def _agreements(asked, known):
    if asked.is_met:
        last = max(known.told.signed.values())
        return _("Signed on %(day)s.") % {"day": _day(last)}, None
    left = [
        str(AgreementKind(which).label)
        for which in AgreementKind.values
        if which not in known.told.signed
    ]
    return _("Still to sign: %(which)s.") % {"which": _(", ").join(left)}, _unsigned(known)


def _sign_off(asked, known):
    if asked.is_met:
        said = {"name": known.told.signed_off_by, "day": _day(known.told.signed_off_at)}
        return _("Signed off by %(name)s on %(day)s.") % said, None
    if known.waits_for_sign_off:
        own = _("All else is done. Now your organiser looks at it.")
        return own if known.is_own else _("All else is met. This is yours to give."), None
    return _("It comes last, once all else is met."), None


def _title(asked, known):
    """What a requirement is called; the session that is needed by its own name."""
    number = getattr(asked.requirement, "number", None)
    session = known.outline.numbered(number) if number is not None else None
    if session is None:
        return name(asked.kind)
    return _("Session %(number)s: %(title)s") % {"number": number, "title": session.title}


NAMES = {
    "sessions_attended": gettext_lazy("The sessions"),
    "lessons_finished": gettext_lazy("The lessons"),
    "completion": gettext_lazy("The course, completed"),
    "session_attended": gettext_lazy("The session about safety"),
    "final_check": gettext_lazy("The check at the end, with all that is about safety"),
    "practice_ready": gettext_lazy("Two practices that somebody watched, and “ready” after them"),
    "agreements_signed": gettext_lazy("The role agreement and the confidentiality agreement"),
    "sign_off": gettext_lazy("The organiser’s sign-off"),
}
SAYS = {
    "sessions_attended": _sessions,
    "lessons_finished": _lessons,
    "completion": _completion,
    "session_attended": _session,
    "final_check": _final_check,
    "practice_ready": _practice,
    "agreements_signed": _agreements,
    "sign_off": _sign_off,
}


def _unsigned(known):
    """The first step with an agreement that is still to be signed."""
    asked = agreements.asked(known.outline)
    left = (each for each in asked if each.agreement.which not in known.told.signed)
    first = next(left, None)
    return Place(first.session, first.lesson, first.step) if first else None


def _final_place(outline):
    """Where the check at the end of the course is."""
    for session, lesson, step, check in agreements.exercises_of(outline, "course_check"):
        if check.purpose == CheckPurpose.FINAL:
            return Place(session, lesson, step)
    return None


def _day(moment):
    return days.day_of_year(timezone.localtime(moment))


def _days(moments):
    return _(", ").join(_day(moment) for moment in moments)
