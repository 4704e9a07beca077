"""The kinds of exercise in a lesson: how each is asked, and how its answer is taken."""

import uuid

from django.utils import timezone

from content.scoring import mark, mark_any
from content.wording import fingerprint
from courses.actions import agreements, journal, progress
from courses.agreements import group_lines
from courses.forms.agreements import SignForm
from courses.forms.journal import ChecklistForm, PlanForm, ReflectionForm
from courses.forms.progress import CheckForm
from courses.models import ActionPlan, Attempt, Checklist, Reflection, Signature
from courses.playing import playing
from courses.views import h5p, quiz
from courses.views.checks import ask_course_check

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
    plans = ActionPlan.objects.filter(enrolment=enrolment, exercise=plan.id).with_is_reviewed()
    last = plans.last()
    initial = {part: getattr(last, part) for part in PLAN_PARTS} if last else {}
    if last and last.is_reviewed:  # it is over: what is asked for now is the next one
        del initial["confidence"]
    form = PlanForm(initial={**initial, "key": uuid.uuid4()})
    return {"exercise_form": form, "written": last}


def _ask_scenario(enrolment, scenario):
    return {"playing": playing(enrolment, scenario)}


def _ask_checklist(enrolment, checklist):
    last = _last(Checklist, enrolment, checklist)
    initial = {"key": uuid.uuid4(), "items": last.ticked if last else []}
    return {"exercise_form": ChecklistForm(checklist=checklist, initial=initial), "written": last}


def _ask_group_agreement(enrolment, place):
    return {"agreed": group_lines(enrolment.cohort)}


def _ask_agreement(enrolment, agreement):
    last = _last(Signature, enrolment, agreement)
    is_signed = last is not None and last.fingerprint == fingerprint(agreement)
    return {
        "exercise_form": SignForm(statement=agreement.statement, initial={"key": uuid.uuid4()}),
        "signed": last if is_signed else None,
        "signed_before": None if is_signed else last,
    }


_ASK = {
    "check": _ask_check,
    "course_check": ask_course_check,
    "scenario": _ask_scenario,
    **quiz.ASK,
    "reflection": _ask_reflection,
    "action_plan": _ask_plan,
    "checklist": _ask_checklist,
    "group_agreement": _ask_group_agreement,
    "agreement": _ask_agreement,
    "h5p": h5p.ask_activity,
}


def answer_form(exercise, data):
    """Return the form that reads an answer to this exercise."""
    if exercise.kind == "check":
        return CheckForm(data, check=exercise)
    if exercise.kind in quiz.FORMS:
        return quiz.FORMS[exercise.kind](data, exercise=exercise)
    if exercise.kind == "checklist":
        return ChecklistForm(data, checklist=exercise)
    if exercise.kind == "agreement":
        return SignForm(data, statement=exercise.statement)
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


def _take_checklist(enrolment, lesson, checklist, form):
    journal.tick(
        enrolment=enrolment,
        lesson=lesson,
        checklist=checklist,
        ticked=form.cleaned_data["items"],
        key=form.cleaned_data["key"],
        at=timezone.now(),
    )


def _take_signature(enrolment, lesson, agreement, form):
    agreements.sign(
        enrolment=enrolment,
        lesson=lesson,
        agreement=agreement,
        name=form.cleaned_data["name"],
        key=form.cleaned_data["key"],
        at=timezone.now(),
    )


def take(enrolment, lesson, exercise, form):
    """Keep the answer in a form that holds."""
    _TAKE[exercise.kind](enrolment, lesson, exercise, form)


_TAKE = {
    "check": _take_check,
    "reflection": _take_reflection,
    "action_plan": _take_plan,
    **quiz.TAKE,
    "checklist": _take_checklist,
    "agreement": _take_signature,
}


def is_answered_here(exercise, exercise_id):
    """Tell whether this is the exercise with that id, and answered on its own screen.

    A scenario is played, and a course check gone through, on screens of their own; what a group
    agreed on is only shown; an activity speaks for itself.
    """
    return exercise is not None and exercise.id == str(exercise_id) and exercise.kind in _TAKE


# --- Trying it ---------------------------------------------------------------------------------


def trial_context(exercise, data=None, person=None):
    """Return what a screen needs to try an exercise without a trainee; nothing is kept.

    With `data`, an answer, it also says back what a trainee would hear. What cannot be tried yet
    is said to be a place where trainees answer. `person` is who tries it.
    """
    if exercise is None:
        return {}
    if exercise.kind == "h5p":
        return h5p.try_activity(exercise, person)
    if exercise.kind not in _SAY_BACK:
        return {"exercise_template": "courses/cms/_not_tried.html"}
    form = answer_form(exercise, data)
    is_an_answer = form.is_valid() and not getattr(form, "is_a_move", False)
    said = _SAY_BACK[exercise.kind](exercise, form) if is_an_answer else {}
    return {"exercise_form": form, **said}


_SAY_BACK = {
    "check": lambda check, form: {"result": mark(check, form.chosen)},
    "order": lambda order, form: {"result": mark_any(order, form.answers)},
    "sort": lambda sort, form: {"result": mark_any(sort, form.answers)},
    "short": lambda _short, form: {"written": form.cleaned_data},
    "scale": lambda _scale, form: {"written": form.cleaned_data},
    "checklist": lambda _checklist, form: {"written": form.cleaned_data},
    "reflection": lambda _reflection, form: {"written": form.instance},
    "action_plan": lambda _plan, form: {"written": form.instance},
}
