"""A course check: begin a set of questions, answer one on each screen, see what it came to."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from content.rounds import TooFew
from courses.actions import checks
from courses.forms.progress import CheckForm, KeyForm
from courses.forms.quiz import OrderForm, SortForm
from courses.models import CheckRound
from courses.reading import exercise_of
from courses.round_reading import bank_questions, read_round
from courses.spoken import language_of, marks
from courses.views.scope import frame, in_its_words, keeps_what_was_written, own_enrolment


def ask_course_check(enrolment, check):
    """Return what the screen with a check on it needs: the round that is open, and the last."""
    rounds = list(CheckRound.objects.filter(enrolment=enrolment).at(check).with_count())
    finished = [round for round in rounds if round.finished_at]
    return {
        "open_round": next((round for round in rounds if not round.finished_at), None),
        "last_round": finished[-1] if finished else None,
    }


@require_POST
@keeps_what_was_written
def begin(request, pk, check):
    """Draw a set of questions, or go on with the one that is open."""
    enrolment = own_enrolment(request, pk)
    outline = enrolment.cohort.edition.outline
    session, lesson, step = outline.exercise(str(check)) or (None, None, None)
    asked = exercise_of(enrolment, check)
    if asked is None or asked.kind != "course_check":
        raise Http404
    here = redirect("step", pk, session.slug, lesson.slug, step)
    form = KeyForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("We could not read that. Please press the button again."))
        return here
    try:
        round = checks.begin_round(
            enrolment=enrolment,
            lesson=lesson,
            check=asked,
            questions=bank_questions(outline.bank) if outline.bank else {},
            bank=outline.bank,
            key=form.cleaned_data["key"],
            at=timezone.now(),
        )
    except TooFew:
        messages.warning(
            request, _("These questions are not ready yet. Go on without them for now.")
        )
        return here
    return _go_on(read_round(enrolment, round))


def _go_on(found, after=0):
    """Lead to the next question that is left, or to what it came to."""
    left = found.next_left(after)
    place = [found.round.enrolment_id, found.round.pk]
    return (
        redirect("check_question", *place, left.place) if left else redirect("check_round", *place)
    )


def _own_round(enrolment, round):
    """Return the trainee's own round with all that was answered, or answer 404."""
    rounds = CheckRound.objects.filter(enrolment=enrolment).prefetch_related("answers")
    return read_round(enrolment, get_object_or_404(rounds, pk=round))


@require_GET
@login_required
def overview(request, pk, round):
    """A set of questions: what is left of it, or what it came to."""
    enrolment = own_enrolment(request, pk)
    found = _own_round(enrolment, round)
    done = found.tally.is_finished
    page = "courses/learning/check_end.html" if done else "courses/learning/check_round.html"
    context = {"next_left": found.next_left(), "key": uuid.uuid4()}
    return render(request, page, {**_about(enrolment, found), **context})


@require_GET
@login_required
def paper(request, pk, round):
    """All the questions of a set on one page, to print and to answer on paper."""
    enrolment = own_enrolment(request, pk)
    found = _own_round(enrolment, round)
    return render(request, "courses/learning/check_paper.html", _about(enrolment, found))


def _about(enrolment, found):
    return {
        **frame(enrolment),
        **in_its_words(enrolment.cohort.edition, found),
        "lesson_said": marks(language_of(enrolment.cohort.edition, found.lesson)),
        "found": found,
        "check": found.check,
        "tally": found.tally,
    }


@require_http_methods(["GET", "POST"])
@keeps_what_was_written
def question(request, pk, round, place):
    """One question of a set: to be answered, or with what was said."""
    enrolment = own_enrolment(request, pk)
    found = _own_round(enrolment, round)
    if not 1 <= place <= len(found.asked):
        raise Http404
    asked = found.asked[place - 1]
    if request.method == "GET":
        return _render_question(request, enrolment, found, asked, _form(asked))
    unsure = "unsure" in request.POST and not found.speaks
    form = KeyForm(request.POST) if unsure else _form(asked, request.POST)
    if getattr(form, "is_a_move", False):
        return _render_question(request, enrolment, found, asked, form)
    if not form.is_valid():
        if "key" in form.errors:
            messages.warning(request, _("We could not read that. Please save it again."))
        form = _form(asked) if unsure else form
        return _render_question(request, enrolment, found, asked, form, status=422)
    _answer, is_this_one = checks.answer_question(
        round=found.round,
        question=asked.question,
        answers=None if unsure else _answers(form),
        key=form.cleaned_data["key"],
        at=timezone.now(),
    )
    if not is_this_one:
        messages.info(
            request,
            _("You have answered this one before. The first answer is the one that counts."),
        )
    elif not found.speaks:
        return _go_on(_own_round(enrolment, round), after=place)
    here = reverse("check_question", args=[pk, round, place])
    return redirect(f"{here}#said-back")


def _answers(form):
    return form.chosen if isinstance(form, CheckForm) else form.answers


def _form(asked, data=None):
    """Return the form that asks a question of a round, or reads the answer to it."""
    question = asked.question
    initial = {"key": uuid.uuid4(), "answers": list(asked.drawn.shown)}
    if question.kind == "order":
        return OrderForm(data, exercise=question, initial=initial)
    if question.kind == "sort":
        return SortForm(data, exercise=question, initial={"key": initial["key"]})
    return CheckForm(data, check=question, initial={"key": initial["key"]})


def _render_question(request, enrolment, found, asked, form, status=200):
    left = found.next_left(asked.place)
    context = {
        **_about(enrolment, found),
        "asked": asked,
        "exercise": asked.question,
        "exercise_form": form,
        "next_left": left if left and left.place != asked.place else None,
    }
    return render(request, "courses/learning/check_question.html", context, status=status)
