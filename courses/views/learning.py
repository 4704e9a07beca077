"""A trainee's own course: its front page, its sessions, and the way back to where they were."""

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from courses import handouts, ready, ready_words
from courses.actions.milestones import facts_of
from courses.models import Attendance, Enrolment
from courses.reading import carry_on, places, whats_left
from courses.views.feedback import to_say
from courses.views.measures import to_offer
from courses.views.plans import is_set_aside, look_back, newest_plan, waits
from courses.views.scope import frame, in_its_words, own_enrolment


@require_GET
@login_required
def course(request, pk):
    """The course's front page for this trainee: carry on, what's left, and all its sessions."""
    enrolments = ready.with_told(Enrolment.objects.with_group_agreement())
    enrolment = own_enrolment(request, pk, enrolments)
    told = ready.load([enrolment])[enrolment.pk]
    found = places(enrolment)
    runs = list(_runs_with_marks(enrolment))
    marks = {run.pk: run.mark for run in runs if run.mark}
    facts, _days = facts_of(
        enrolment,
        told=told,
        attendance=[
            (r.number, marks[r.pk], r.starts_at) for r in runs if r.counted and r.pk in marks
        ],
        progress=[key for key, place in found.items() if place.is_finished],
        runs=runs,
    )
    place, plan = carry_on(enrolment, found), newest_plan(enrolment)
    now = timezone.now()
    context = {
        **frame(enrolment),
        "carry_on": place,
        "left": whats_left(
            enrolment=enrolment,
            facts=facts,
            found=found,
            runs=runs,
            now=now,
            waived=told.waived,
        ),
        "ready": _on_the_way_to_ready(enrolment, told, facts, runs),
        "sessions": _sessions(enrolment, found, runs, marks),
        "told": told,
        "to_say": to_say(enrolment, runs, marks, now),
        "measures": to_offer(enrolment, runs, told.completed_at, now),
        "plan": plan if plan and not (plan.is_reviewed or is_set_aside(request, plan)) else None,
        "plan_waits": place is None or waits(plan, enrolment, place.session.key),
        "handouts": enrolment.cohort.edition.outline.handouts_for_everyone,
    }
    return render(request, "courses/learning/course.html", context)


def _runs_with_marks(enrolment):
    """The group's sessions, each with how this trainee took part: `mark`, or None."""
    latest = Attendance.objects.filter(enrolment=enrolment, session_run=OuterRef("pk"))
    runs = enrolment.cohort.session_runs.select_related("facilitator", "co_facilitator")
    return runs.annotate(mark=Subquery(latest.order_by("-pk").values("mark")[:1]))


def _on_the_way_to_ready(enrolment, told, facts, runs):
    """What is asked before this trainee is ready to co-facilitate; None where nothing is."""
    edition = enrolment.cohort.edition
    where = ready.standing(edition, facts)
    return where and ready_words.conditions(
        where, told=told, outline=edition.outline, runs=runs, is_own=True
    )


def _sessions(enrolment, found, runs, marks):
    by_key = {str(run.session): run for run in runs}
    return [
        {
            "session": session,
            "run": by_key.get(session.key),
            "mark": marks.get(by_key[session.key].pk) if session.key in by_key else None,
            "places": [found[lesson.key] for lesson in session.lessons],
        }
        for session in enrolment.cohort.edition.outline.sessions
    ]


@require_GET
@login_required
def go_on(request, pk):
    """Take the trainee to the exact step where they left off."""
    enrolment = own_enrolment(request, pk)
    place = carry_on(enrolment, places(enrolment))
    if place is None:
        return redirect("course", pk)
    return redirect("step", pk, place.session.slug, place.lesson.slug, place.next_step)


@require_GET
@login_required
def session(request, pk, session):
    """One session: what it is for, its plan (without the facilitators' notes) and its lessons."""
    enrolment = own_enrolment(request, pk, Enrolment.objects.with_group_agreement())
    found = enrolment.cohort.edition.outline.session(session)
    if found is None:
        raise Http404
    known = places(enrolment)
    context = {
        **frame(enrolment),
        "session": found,
        **in_its_words(enrolment.cohort.edition, found),
        "run": enrolment.cohort.session_runs.filter(session=found.key)
        .select_related("facilitator", "co_facilitator")
        .first(),
        "places": [known[lesson.key] for lesson in found.lessons],
        **look_back(request, enrolment, found),
        "handouts": handouts.of_session(
            enrolment.cohort.edition.outline.handouts_for_everyone, found.number
        ),
    }
    return render(request, "courses/learning/session.html", context)
