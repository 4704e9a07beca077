"""One group led after training: for those who lead it, for organisers, and for who watched."""

import uuid

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import groups_led, led_words
from courses.actions import delivered as actions
from courses.actions.delivered import CannotLead, NotTogether, NotYet
from courses.fidelity import ticked
from courses.forms.delivered import CheckForm, SessionForm
from courses.held_words import FILLED_IN, WATCHED_ITEMS
from courses.models import DeliveredGroup, FilledInBy, Organisation
from courses.views.scope import keeps_what_was_written


def _around(request, group):
    """What every page of a group shows around the thing itself."""
    organised = Organisation.objects.organised_by(request.user)
    return {
        "group": group,
        "organisation": group.organisation,
        "opens": DeliveredGroup.objects.written_by(request.user).filter(pk=group.pk).exists(),
        "organised": organised.filter(pk=group.organisation_id).exists(),
    }


@login_required
@require_safe
def group(request, pk):
    """One group: its sessions as they were written down, and what is left."""
    found = get_object_or_404(DeliveredGroup.objects.written_by(request.user).with_people(), pk=pk)
    series = groups_led.series(found)
    has_ended = hasattr(found, "end")
    context = {
        **_around(request, found),
        "series": series,
        "sentence": led_words.sentence(series, has_ended=has_ended),
        "came": led_words.came_said(series),
        "pair": led_words.pair_of(found),
        "has_ended": has_ended,
        "lines": _lines(found),
        "checks": [
            (check, FILLED_IN[check.filled_in_by], _said(check))
            for check in found.checks.select_related("by").order_by("pk")
        ],
    }
    return render(request, "courses/groups/group.html", context)


def _said(check):
    """Return (answer, what it was given to) of a checklist."""
    said, words = ticked(check.answers), WATCHED_ITEMS
    answers = [(_("Yes"), said.happened), (_("No"), said.did_not), (_("Not sure"), said.left_open)]
    return [
        (answer, " ".join(str(words[item]) for item in items))
        for answer, items in answers
        if items
    ]


def _lines(group):
    """Return (number, latest row or None, how many came, who led, how often it was written)."""
    rows = {}
    for row in group.sessions.select_related("facilitator", "co_facilitator", "by").order_by("pk"):
        rows.setdefault(row.number, []).append(row)
    return [_line(number, rows.get(number, [])) for number in range(1, group.sessions_planned + 1)]


def _line(number, rows):
    latest = rows[-1] if rows else None
    if latest is None or latest.held_on is None:
        return number, latest, "", "", rows
    return number, latest, led_words.people_said(latest.came), led_words.pair_of(latest), rows


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def session(request, pk, number):
    """Write down a session that was held, correct it, or say that it was not held after all."""
    found = get_object_or_404(DeliveredGroup.objects.written_by(request.user).with_people(), pk=pk)
    if not 1 <= number <= found.sessions_planned:
        raise Http404
    around = _around(request, found)
    before = found.sessions.filter(number=number).select_related("by").last()
    form = SessionForm(
        request.POST or None,
        people=_who_may_have_led(found, around["organised"], before),
        initial={"key": uuid.uuid4(), **_as_written(found, before)},
    )
    if request.method == "POST" and _kept(request, found, number, form):
        return redirect("delivered_group", pk)
    context = {**around, "number": number, "before": before, "form": form}
    return render(
        request,
        "courses/groups/session.html",
        context,
        status=422 if request.method == "POST" else 200,
    )


def _who_may_have_led(group, is_organised, before):
    """The pair, and whoever stood in before; an organiser may name anybody who is ready."""
    known = {each.pk for each in group.pair}
    if before and before.held_on:
        known |= {before.facilitator_id, before.co_facilitator_id} - {None}
    people = get_user_model().objects.filter(pk__in=known)
    if is_organised:
        people |= groups_led.ready_people(group.organisation)
    return people.order_by(Lower("name"), "pk")


def _as_written(group, before):
    """Begin with what was written before; else with the pair of the group."""
    row = before if before and before.held_on else group
    said = {
        "facilitator": row.facilitator_id,
        "co_facilitator": row.co_facilitator_id,
        "alone_because": row.alone_because,
    }
    if row is before:
        said |= {"held_on": before.held_on, "came": before.came}
    return said


def _kept(request, group, number, form):
    """Keep what was sent, and say so; False where something needs another look."""
    by = {"group": group, "number": number, "by": request.user, "at": timezone.now()}
    if "not_held" in request.POST:
        return _taken_back(request, form, by)
    if not form.is_valid():
        return False
    try:
        actions.write_session(**by, **form.cleaned_data)
    except CannotLead as cannot:
        form.add_error("facilitator", str(cannot))
        return False
    except NotYet as too_early:
        form.add_error("held_on", str(too_early))
        return False
    messages.success(request, _("Session %(number)s is written down.") % {"number": number})
    return True


def _taken_back(request, form, by):
    form.full_clean()
    if "key" not in form.cleaned_data:
        return False
    actions.take_back_session(key=form.cleaned_data["key"], **by)
    messages.success(
        request, _("Session %(number)s counts as not held.") % {"number": by["number"]}
    )
    return True


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def checklist(request, pk):
    """Fill in the checklist of a session, as the pair or as somebody who watched."""
    found = get_object_or_404(DeliveredGroup.objects.checked_by(request.user).with_people(), pk=pk)
    kind = actions.filled_in_by(found, request.user)
    around = _around(request, found)
    form = CheckForm(
        request.POST or None,
        kind=kind,
        is_pair=len(found.pair) > 1,
        sessions=[(n, n) for n in range(1, found.sessions_planned + 1)],
        initial={"key": uuid.uuid4(), "number": _latest_number(found)},
    )
    if form.is_valid():
        try:
            actions.check(
                group=found,
                number=form.cleaned_data["number"],
                answers=form.answers,
                together=form.cleaned_data.get("together", False),
                key=form.cleaned_data["key"],
                by=request.user,
                at=timezone.now(),
            )
        except NotTogether:  # who leads has changed since the page was drawn
            form.add_error(None, _("Fill it in together. It can wait until then."))
        else:
            messages.success(request, _("Saved. Thank you. The two who lead can read it."))
            if around["opens"]:
                return redirect("delivered_group", pk)
            return redirect("sessions_to_watch")
    context = {**around, "form": form, "is_watched": kind == FilledInBy.OBSERVER}
    return render(
        request, "courses/groups/checklist.html", context, status=422 if form.errors else 200
    )


def _latest_number(group):
    held = groups_led.series(group).held
    return held[-1].number if held else 1


@login_required
@require_http_methods(["GET", "POST"])
def end(request, pk):
    """Say that a group has stopped before all its sessions were held."""
    found = get_object_or_404(DeliveredGroup.objects.written_by(request.user).with_people(), pk=pk)
    if request.method == "POST":
        actions.end(group=found, by=request.user, at=timezone.now())
        messages.success(
            request, _("%(name)s has stopped. What was held stays.") % {"name": found.label}
        )
        return redirect("delivered_group", pk)
    context = {
        **_around(request, found),
        "sentence": led_words.sentence(groups_led.series(found)),
    }
    return render(request, "courses/groups/end.html", context)
