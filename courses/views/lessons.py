"""A lesson, one step at a time: reading it, finishing a step, answering an exercise."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.actions import progress
from courses.agreements import group_lines
from courses.forms.progress import KeyForm, UndoForm
from courses.reading import carry_on, places, reading
from courses.views.exercises import answer_form, exercise_context, is_answered_here, take
from courses.views.paper import is_large
from courses.views.plans import look_back
from courses.views.scope import (
    frame,
    in_its_words,
    keeps_what_was_written,
    own_enrolment,
    own_lesson,
    own_step,
)


@require_GET
@login_required
def lesson(request, pk, session, lesson):
    """Take the trainee to the first step that is left in this lesson."""
    enrolment = own_enrolment(request, pk)
    _session, found = own_lesson(enrolment, session, lesson)
    place = places(enrolment)[found.key]
    return redirect("step", pk, session, lesson, place.next_step)


@require_GET
@login_required
def step(request, pk, session, lesson, number):
    """One screen of a lesson."""
    enrolment = own_enrolment(request, pk)
    return render_step(request, enrolment, *own_lesson(enrolment, session, lesson), number)


def render_step(request, enrolment, session, lesson, number, form=None, status=200):
    """Draw one screen; `form` is an exercise's form that came back with something to mend."""
    here = reading(lesson).steps[own_step(lesson, number).id]
    found = places(enrolment)
    place = found[lesson.key]
    context = {
        **frame(enrolment),
        "session": session,
        "lesson": lesson,
        **in_its_words(enrolment.cohort.edition, lesson),
        "lesson_number": session.lessons.index(lesson) + 1,
        "step": here,
        "number": number,
        "steps": [
            {"number": n, "title": each.title, "done": each.id in place.done, "now": n == number}
            for n, each in enumerate(lesson.steps, 1)
        ],
        "finished_keys": place.done.get(here.id),
        "place": place,
        "siblings": [found[each.key] for each in session.lessons],
        "sources": reading(lesson).sources if number == len(lesson.steps) else (),
        "key": uuid.uuid4(),
        "answer_url": here.exercise
        and reverse(
            "answer", args=[enrolment.pk, session.slug, lesson.slug, number, here.exercise.id]
        ),
        **exercise_context(enrolment, here.exercise, form),
    }
    if number == 1 and lesson == session.lessons[0] and form is None:
        context |= look_back(request, enrolment, session)
    return render(request, "courses/learning/step.html", context, status=status)


@require_GET
@login_required
def whole(request, pk, session, lesson):
    """The whole lesson on one page, to print or to read at one go."""
    enrolment = own_enrolment(request, pk)
    session, lesson = own_lesson(enrolment, session, lesson)
    steps = list(reading(lesson).steps.values())
    shows_agreement = any(
        each.exercise and each.exercise.kind == "group_agreement" for each in steps
    )
    context = {
        **frame(enrolment),
        "session": session,
        "lesson": lesson,
        **in_its_words(enrolment.cohort.edition, lesson),
        "reading": reading(lesson),
        "steps": steps,
        "agreed": group_lines(enrolment.cohort) if shows_agreement else None,
        "is_large": is_large(request),
    }
    return render(request, "courses/learning/whole.html", context)


@require_POST
@keeps_what_was_written
def finish(request, pk, session, lesson, number):
    """“I've finished this step.”"""
    enrolment = own_enrolment(request, pk)
    session, lesson = own_lesson(enrolment, session, lesson)
    number = _where_it_is_now(lesson, request.POST.get("step"), number)
    step = own_step(lesson, number)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _unreadable(request, enrolment, session, lesson, number)
    try:
        milestone = progress.finish_step(
            enrolment=enrolment,
            lesson=lesson,
            step=step.id,
            key=form.cleaned_data["key"],
            at=timezone.now(),
        )
    except progress.NotDoneYet:
        messages.info(
            request,
            _(
                "This step waits for its activity. Do it on the screen or in words. You can also "
                "go on, and come back to it later."
            ),
        )
        return redirect("step", pk, session.slug, lesson.slug, number)
    if milestone:
        return redirect("course", pk)
    if number < len(lesson.steps):
        return redirect("step", pk, session.slug, lesson.slug, number + 1)
    return redirect("lesson_end", pk, session.slug, lesson.slug)


@require_POST
@keeps_what_was_written
def undo(request, pk, session, lesson, number):
    """“I haven't finished this step after all.”"""
    enrolment = own_enrolment(request, pk)
    session, lesson = own_lesson(enrolment, session, lesson)
    step = own_step(lesson, number)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _unreadable(request, enrolment, session, lesson, number)
    progress.undo_step(
        enrolment=enrolment,
        lesson=lesson,
        step=step.id,
        at=timezone.now(),
        **form.cleaned_data,
    )
    messages.info(request, _("This step is open again."))
    return redirect("step", pk, session.slug, lesson.slug, number)


def _where_it_is_now(lesson, step, number):
    """Return the place of the step that was on the screen, which a newer edition may have moved.

    A page that was open while the group moved names a step by its id: its number may be another's.
    """
    return lesson.position(step) if step in lesson.step_ids else number


def _unreadable(request, enrolment, session, lesson, number):
    """Say that a press of a button did not arrive as it should, and show its step again."""
    messages.warning(request, _("We could not read that. Please press the button again."))
    return redirect("step", enrolment.pk, session.slug, lesson.slug, number)


@require_GET
@login_required
def lesson_end(request, pk, session, lesson):
    """The end of a lesson: what was finished, what is left in it, and what comes next."""
    enrolment = own_enrolment(request, pk)
    session, lesson = own_lesson(enrolment, session, lesson)
    found = places(enrolment)
    context = {
        **frame(enrolment),
        "session": session,
        "lesson": lesson,
        "place": found[lesson.key],
        "carry_on": carry_on(enrolment, found),
    }
    return render(request, "courses/learning/lesson_end.html", context)


@require_POST
@keeps_what_was_written
def answer(request, pk, session, lesson, number, exercise):
    """Keep an answer to an exercise, then show its step again with what we say back."""
    enrolment = own_enrolment(request, pk)
    session, lesson = own_lesson(enrolment, session, lesson)
    asked_in, asked = _asked(enrolment, lesson, number, str(exercise))
    if asked_in != lesson:
        return _keep_what_is_no_longer_asked(request, enrolment, session, lesson, asked_in, asked)
    number = next(n for n, step in enumerate(lesson.steps, 1) if asked.id in _ids(step))
    if not is_answered_here(asked, exercise):
        raise Http404
    form = answer_form(asked, request.POST)
    if getattr(form, "is_a_move", False):
        return render_step(request, enrolment, session, lesson, number, form=form)
    if not form.is_valid():
        if "key" in form.errors:
            messages.warning(request, _("We could not read that. Please save it again."))
        return render_step(request, enrolment, session, lesson, number, form=form, status=422)
    take(enrolment, lesson, asked, form)
    here = reverse("step", args=[pk, session.slug, lesson.slug, number])
    return redirect(f"{here}#said-back")


def _ids(step):
    return {exercise.id for exercise in step.exercises}


def _asked(enrolment, lesson, number, exercise):
    """Return (lesson, exercise) of an exercise, or answer 404.

    It is on the step at `number`, or, when the group has moved to a newer edition meanwhile, on
    another step, or in the lesson as an earlier edition has it.
    """
    here = own_step(lesson, number)
    if exercise in _ids(here):
        return lesson, reading(lesson).steps[here.id].exercise
    earlier = list(_earlier(enrolment, lesson))
    for version in [lesson, *earlier] if earlier else []:
        for step in version.steps:
            if exercise in _ids(step):
                return version, reading(version).steps[step.id].exercise
    raise Http404


def _earlier(enrolment, lesson):
    """Yield the lesson as the editions have it that the group followed before, latest first."""
    for move in enrolment.cohort.moves.select_related("from_edition").order_by("-pk"):
        found = move.from_edition.outline.by_key(lesson.key)
        if found:
            yield found[1]


def _keep_what_is_no_longer_asked(request, enrolment, session, lesson, asked_in, asked):
    """Keep an answer that was being written while the group moved to an edition without it."""
    form = answer_form(asked, request.POST)
    if form.is_valid():
        take(enrolment, asked_in, asked, form)
        messages.info(
            request, _("This lesson has changed while you were writing. What you wrote is kept.")
        )
    else:
        messages.warning(request, _("This lesson has changed. That question is not in it now."))
    return redirect("lesson", enrolment.pk, session.slug, lesson.slug)
