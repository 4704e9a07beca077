"""How questions are asked and answered in a lesson that are more than a choice of options."""

import uuid

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from content.mixing import mixed_up
from content.scoring import NotAnOption, mark_any
from courses.actions import answers, progress
from courses.forms.quiz import OrderForm, ScaleForm, ShortForm, SortForm
from courses.models import Attempt, Comparison, ScaleAnswer, ShortAnswer
from courses.reading import exercise_of
from courses.views.scope import said_by

FORMS = {"order": OrderForm, "sort": SortForm, "short": ShortForm, "scale": ScaleForm}


def _last_mark(enrolment, question):
    """Return the mark of the latest answer; None when there is none, or the question changed."""
    attempt = (
        Attempt.objects.filter(enrolment=enrolment, exercise=question.id).order_by("pk").last()
    )
    try:
        return mark_any(question, attempt.answers) if attempt else None
    except NotAnOption:
        return None


def _ask_order(enrolment, order):
    result = _last_mark(enrolment, order)
    best = [item.id for item in order.items]
    shown = result.answers if result else mixed_up(best, f"{enrolment.pk} {order.id}")
    form = OrderForm(exercise=order, initial={"key": uuid.uuid4(), "answers": shown})
    return {"exercise_form": form, "result": result}


def _ask_sort(enrolment, sort):
    result = _last_mark(enrolment, sort)
    placed = {f"card-{card}": group for card, group in (result.answers if result else {}).items()}
    form = SortForm(exercise=sort, initial={"key": uuid.uuid4(), **placed})
    return {"exercise_form": form, "result": result}


def take_marked(enrolment, lesson, question, form):
    """Keep an answer to a question that is marked."""
    progress.record_attempt(
        enrolment=enrolment,
        lesson=lesson,
        check=question,
        answers=form.answers,
        key=form.cleaned_data["key"],
        at=timezone.now(),
    )


def _words(enrolment, short):
    """Everything this trainee wrote to a question, latest first, with what they said of it."""
    said = Comparison.objects.filter(short_answer=OuterRef("pk")).order_by("-pk").values("said")
    found = ShortAnswer.objects.filter(enrolment=enrolment, exercise=short.id)
    return found.annotate(said=Subquery(said[:1])).order_by("-pk")


def _ask_short(enrolment, short):
    latest, *earlier = list(_words(enrolment, short)) or [None]
    initial = {"key": uuid.uuid4(), "text": latest.text if latest else ""}
    form = ShortForm(exercise=short, initial=initial)
    return {"exercise_form": form, "written": latest, "earlier": earlier}


def _take_short(enrolment, lesson, short, form):
    """Keep the words, unless they are the same as before, and what is said of them."""
    key, text, said = (form.cleaned_data[name] for name in ("key", "text", "said"))
    at = timezone.now()
    kept = _words(enrolment, short).first()
    if kept is None or kept.text != text:
        kept = answers.answer_shortly(
            enrolment=enrolment, lesson=lesson, short=short, text=text, key=key, at=at
        )
    if said:
        answers.compare(short_answer=kept, said=said, key=key, at=at)


def _ask_scale(enrolment, scale):
    last = ScaleAnswer.objects.filter(enrolment=enrolment, exercise=scale.id).order_by("pk").last()
    known = {f"number-{each}": str(n) for each, n in (last.numbers if last else {}).items()}
    form = ScaleForm(exercise=scale, initial={"key": uuid.uuid4(), **known})
    return {"exercise_form": form, "written": last}


def _take_scale(enrolment, lesson, scale, form):
    answers.answer_scale(
        enrolment=enrolment,
        lesson=lesson,
        scale=scale,
        numbers=form.numbers,
        key=form.cleaned_data["key"],
        at=timezone.now(),
    )


ASK = {"order": _ask_order, "sort": _ask_sort, "short": _ask_short, "scale": _ask_scale}
TAKE = {"order": take_marked, "sort": take_marked, "short": _take_short, "scale": _take_scale}


def own_answers(enrolment):
    """Return what the notebook shows of it: the words and numbers last given, in two queries."""
    words, numbers = {}, {}
    for row in ShortAnswer.objects.filter(enrolment=enrolment):
        words[row.exercise] = row
    for row in ScaleAnswer.objects.filter(enrolment=enrolment):
        numbers[row.exercise] = row
    return {
        "short_answers": [
            (row, said_by(enrolment, row.exercise, row.question)) for row in words.values()
        ],
        "scales": [
            {
                "scale": scale,
                "at": row.at,
                "numbers": _beside(scale, row),
                "said": said_by(enrolment, row.exercise, scale.question),
            }
            for row in numbers.values()
            if (scale := exercise_of(enrolment, row.exercise))
        ],
    }


def _beside(scale, row):
    """Each statement with its number; None where it was left out."""
    return [(each.text, row.numbers.get(each.id)) for each in scale.statements]
