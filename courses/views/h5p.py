"""An activity in a lesson: how it is shown, and what its player sends while somebody plays it.

What is sent comes from a script, and is answered in JSON, with a sentence for people in it.
"""

import json
from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from content.h5p.statements import NotAStatement, read
from content.models import H5PVersion
from content.views.h5p_player import player
from courses.actions import h5p
from courses.forms.progress import KeyForm
from courses.models import H5PState
from courses.played import done_of, held, is_done
from courses.views.scope import (
    in_its_words,
    keeps_what_was_written,
    own_enrolment,
    sign_in_first,
)

NOT_UNDERSTOOD = gettext_lazy(
    "We could not read what the activity told us. You can go on all the same."
)
WHY = {
    h5p.NotHeld: gettext_lazy(
        "This activity has changed since you opened the page. Load the page again to go on."
    ),
    h5p.TooMany: gettext_lazy(
        "You have done a lot here, and it is kept. We do not keep more of this activity."
    ),
    h5p.TooLong: gettext_lazy(
        "This is more than we can keep of where you are in the activity. What was kept before is "
        "still there. You can go on all the same."
    ),
    h5p.NotText: NOT_UNDERSTOOD,
    NotAStatement: NOT_UNDERSTOOD,
}
REFUSED = tuple(WHY)


# --- How it is shown ---------------------------------------------------------------------------


def ask_activity(enrolment, activity):
    """Return what the screen with an activity on it needs: its player, and what came of it."""
    edition = enrolment.cohort.edition
    session, lesson, number = edition.outline.exercise(activity.id)
    _lesson, found = edition.outline.h5p(activity.id) or (None, None)
    done = done_of(enrolment, activity.id, get_language() or "")
    if found is None:
        return {"done": done}
    place = [enrolment.pk, session.slug, lesson.slug]
    is_last = number == len(lesson.steps)
    onwards = (
        reverse("lesson_end", args=place)
        if is_last
        else reverse("step", args=[*place, number + 1])
    )
    player = _player(
        activity,
        version=found.version,
        person=enrolment.trainee_id,
        said=in_its_words(edition, lesson)["said"],
        said_url=reverse("h5p_said", args=[enrolment.pk, activity.id]),
        state_url=reverse("h5p_state", args=[enrolment.pk, activity.id]),
        on_url="" if done else onwards,
    )
    return {
        "h5p": player,
        "done": done,
        "waits_for_activity": found.asked and not done,
    }


def try_activity(activity, person):
    """Return what the screen needs on which an author tries an activity: nothing is kept."""
    versions = H5PVersion.objects.filter(package=activity.package).order_by("number")
    newest = versions.values_list("pk", flat=True).last()
    return {"h5p": _player(activity, version=newest, person=person.pk)} if newest else {}


def _player(activity, *, said="", **how):
    """Return what the template of the player asks for."""
    words = mark_safe(activity.words)  # noqa: S308  (rich text, from our own editor)
    return player(
        title=activity.title,
        words=format_html("<div{}>{}</div>", said, words) if activity.words else "",
        **how,
    )


# --- What its player sends ---------------------------------------------------------------------


def for_scripts(view):
    """Find the trainee's own activity and answer a script: also when what came is refused."""

    @wraps(view)
    def wrapped(request, pk, exercise):
        if not request.user.is_authenticated:
            why = _("You are signed out. Sign in, and what you did is sent.")
            return sign_in_first(request, why, otherwise=reverse("course", args=[pk]))
        enrolment = own_enrolment(request, pk)
        if next(held(enrolment, exercise), None) is None:
            raise Http404
        try:
            return view(request, enrolment, exercise)
        except REFUSED as refused:
            status = 413 if isinstance(refused, h5p.TooLong) else 422
            return JsonResponse({"why": str(WHY[type(refused)])}, status=status)

    return never_cache(wrapped)


@require_http_methods(["GET", "POST"])
@for_scripts
def state(request, enrolment, exercise):
    """Where somebody is in an activity: asked for when it begins, sent while they play."""
    if request.method == "GET":
        _lesson, activity = next(held(enrolment, exercise))
        kept = H5PState.objects.filter(enrolment=enrolment, exercise=exercise)
        kept = kept.filter(version=activity.version).values_list("state", flat=True)
        return JsonResponse({"version": activity.version, "state": kept.first()})
    told = _told(request, state=str)
    h5p.save_state(enrolment=enrolment, exercise=exercise, at=timezone.now(), **told)
    return HttpResponse(status=204)


@require_POST
@for_scripts
def said(request, enrolment, exercise):
    """What an activity says of somebody's playing. What is of no use to us is let pass."""
    told = _told(request, statement=dict)
    statement, is_new = read(told["statement"]), False
    if statement:
        _kept, is_new = h5p.record_statement(
            enrolment=enrolment,
            exercise=exercise,
            version=told["version"],
            statement=statement,
            at=timezone.now(),
        )
    done = is_done(enrolment, exercise)
    return JsonResponse({"done": done}, status=201 if is_new else 200)


def _told(request, **parts):
    """Return the version and these parts of what was sent as JSON. Raises what is in REFUSED."""
    try:
        sent = json.loads(request.body)
    except RequestDataTooBig as too_big:
        raise h5p.TooLong from too_big
    except (ValueError, RecursionError) as broken:
        raise h5p.NotText from broken
    told = {"version": int, **parts}
    if not isinstance(sent, dict) or any(
        type(sent.get(name)) is not kind for name, kind in told.items()
    ):
        raise h5p.NotText
    return {name: sent[name] for name in told}


@require_POST
@keeps_what_was_written
def in_words(request, pk, exercise):
    """“I did this in words.”"""
    enrolment = own_enrolment(request, pk)
    form = KeyForm(request.POST)
    found = next(held(enrolment, exercise), None)
    if found is None:
        raise Http404
    if form.is_valid():
        key = form.cleaned_data["key"]
        h5p.say_done_in_words(enrolment=enrolment, exercise=exercise, key=key, at=timezone.now())
    place = enrolment.cohort.edition.outline.exercise(str(exercise))
    if place is None:  # the group has moved to an edition without it
        return redirect("course", pk)
    session, lesson, number = place
    step = reverse("step", args=[pk, session.slug, lesson.slug, number])
    return redirect(f"{step}#said-back")
