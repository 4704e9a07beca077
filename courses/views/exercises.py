"""The kinds of exercise in a lesson: how each is asked, and how its answer is taken."""

import uuid

from django.utils import timezone

from content.scoring import mark
from courses.actions import journal, progress
from courses.forms.journal import PlanForm, ReflectionForm
from courses.forms.progress import CheckForm
from courses.models import ActionPlan, Attempt, Reflection

PLAN_PARTS = ("what", "how_much", "when", "how_often", "confidence")


def exercise_context(enrolment, exercise, form=None):
    """Return what a screen needs to ask its exercise, in one query: the form, the last answer.

    A `form` that came back to be mended stands for itself: what was saved is not its answer.
    """
    if exercise is None:
        return {}
    return {"exercise_form": form} if form else _ASK[exercise.kind](enrolment, exercise)


def _last(model, enrolment, exercise):
    return model.objects.filter(enrolment=enrolment, exercise=exercise.id).order_by("pk").last()


def _ask_check(enrolment, check):
    attempt = _last(Attempt, enrolment, check)
    # An answer to an earlier wording stays in the record, but is not shown against this one.
    known = {option.id for option in check.options}
    chosen = attempt.answers if attempt and set(attempt.answers) <= known else []
    initial = {"key": uuid.uuid4(), "answers": chosen}
    return {
        "exercise_form": CheckForm(check=check, initial=initial),
        "result": mark(check, chosen) if chosen else None,
    }


def _ask_reflection(enrolment, reflection):
    last = _last(Reflection, enrolment, reflection)
    initial = {"key": uuid.uuid4(), "text": last.text if last else ""}
    return {"exercise_form": ReflectionForm(initial=initial), "written": last}


def _ask_plan(enrolment, plan):
    last = _last(ActionPlan, enrolment, plan)
    initial = {part: getattr(last, part) for part in PLAN_PARTS} if last else {}
    form = PlanForm(initial={**initial, "key": uuid.uuid4()})
    return {"exercise_form": form, "written": last}


_ASK = {"check": _ask_check, "reflection": _ask_reflection, "action_plan": _ask_plan}


def answer_form(exercise, data):
    """Return the form that reads an answer to this exercise."""
    if exercise.kind == "check":
        return CheckForm(data, check=exercise)
    return {"reflection": ReflectionForm, "action_plan": PlanForm}[exercise.kind](data)


def _take_check(enrolment, lesson, check, form):
    progress.record_attempt(
        enrolment=enrolment,
        lesson=lesson,
        check=check,
        answers=form.chosen,
        key=form.cleaned_data["key"],
        at=timezone.now(),
    )


def _take_reflection(enrolment, lesson, reflection, form):
    journal.write_reflection(
        enrolment=enrolment,
        lesson=lesson,
        exercise=reflection,
        at=timezone.now(),
        **form.cleaned_data,
    )


def _take_plan(enrolment, lesson, plan, form):
    journal.write_plan(
        enrolment=enrolment, lesson=lesson, exercise=plan, at=timezone.now(), **form.cleaned_data
    )


def take(enrolment, lesson, exercise, form):
    """Keep the answer in a form that holds."""
    _TAKE[exercise.kind](enrolment, lesson, exercise, form)


_TAKE = {"check": _take_check, "reflection": _take_reflection, "action_plan": _take_plan}


# --- Trying it ---------------------------------------------------------------------------------


def trial_context(exercise, data=None):
    """Return what a screen needs to try an exercise without a trainee; nothing is kept.

    With `data`, an answer, it also says back what a trainee would hear. What cannot be tried yet
    is said to be a place where trainees answer.
    """
    if exercise is None:
        return {}
    if exercise.kind not in _SAY_BACK:
        return {"exercise_template": "courses/cms/_not_tried.html"}
    form = answer_form(exercise, data)
    said = _SAY_BACK[exercise.kind](exercise, form) if form.is_valid() else {}
    return {"exercise_form": form, **said}


_SAY_BACK = {
    "check": lambda check, form: {"result": mark(check, form.chosen)},
    "reflection": lambda _reflection, form: {"written": form.instance},
    "action_plan": lambda _plan, form: {"written": form.instance},
}
