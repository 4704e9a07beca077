"""The organiser's desk: cohorts, starting one, changing it, and its joining code."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import board, board_words
from courses.actions import cohorts
from courses.forms.cohorts import CohortDetailsForm, CohortForm, DatesForm, editions
from courses.models import LEADERS, Cohort, Message, Organisation
from courses.views.scope import keeps_what_was_written, organised_cohort

EARLIER_AFTER = timedelta(weeks=8)


# --- Finding -----------------------------------------------------------------------------------


# --- All cohorts -------------------------------------------------------------------------------


@login_required
@require_safe
def organise(request):
    """Show the cohorts that this person organises or leads."""
    now = timezone.now()
    organisations = list(Organisation.objects.organised_by(request.user))
    seen = list(
        Cohort.objects.seen_by(request.user).annotate(last_at=Max("session_runs__starts_at"))
    )
    if not (
        organisations or seen or request.user.roles.in_force().filter(kind__in=LEADERS).exists()
    ):
        raise Http404
    current = [each for each in seen if each.last_at is None or each.last_at > now - EARLIER_AFTER]
    boards = board.load_all(current, now)
    context = {
        "organises": True,
        "organisations": organisations,
        "stuck": Message.objects.organised_by(request.user).stuck(now).count(),
        "current": [
            (
                each,
                boards[each.pk].next_run,
                board_words.sentence(boards[each.pk]),
                each.organised and len(boards[each.pk].to_look_at),
            )
            for each in current
        ],
        "earlier": [each for each in seen if each.pk not in boards],
    }
    return render(request, "courses/organise/organise.html", context)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def start(request):
    """Start a cohort: say what, look at the dates, and start it."""
    if not Organisation.objects.organised_by(request.user).exists():
        raise Http404
    form = CohortForm(request.POST or None, organiser=request.user)
    if form.is_valid() and "back" not in request.POST:
        return _look_at_dates(request, form)
    context = {"organises": True, "form": form, "can_start": editions().exists()}
    return render(
        request, "courses/organise/new.html", context, status=422 if form.errors else 200
    )


def _look_at_dates(request, form):
    """Show the days that will come, each of which may be changed; with them the cohort starts."""
    details = form.details
    first, edition = form.cleaned_data["starts_at"], details["edition"]
    starts, skipped = cohorts.planned_starts(details["organisation"], edition, first)
    titles = {
        each.number: f"{each.number}. {each.title}" if each.counted else each.title
        for each in edition.outline.sessions
    }
    days = DatesForm(request.POST, starts=starts, titles=titles)
    if days.is_valid():
        return _started(
            request, **details, first_session_at=first, starts=days.cleaned_data["starts"]
        )
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name in form.fields
        for value in values
    ]
    context = {
        "organises": True,
        "name": details["name"],
        "time": first,
        "form": days,
        "sent": sent,
        "skipped": skipped,
    }
    return render(
        request, "courses/organise/new_dates.html", context, status=422 if days.errors else 200
    )


def _started(request, **details):
    cohort = cohorts.start(**details, by=request.user, at=timezone.now())
    messages.success(
        request,
        _("%(name)s is ready. Now invite people, or share the code.") % {"name": cohort.name},
    )
    return redirect("cohort", cohort.pk)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def change(request, pk):
    """Change what a group is called, where it meets, and how many can be in it."""
    cohort = organised_cohort(request, pk)
    form = CohortDetailsForm(request.POST or None, instance=cohort)
    if form.is_valid():
        try:
            cohorts.change(cohort=cohort, by=request.user, at=timezone.now(), **form.details)
        except cohorts.CannotJoin as too_few:
            form.add_error("capacity", str(too_few))
        else:
            messages.success(request, _("Saved. If the place is new, everybody gets a message."))
            return redirect("cohort", pk)
    if form.errors:
        cohort.refresh_from_db(fields=form.Meta.fields)
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "form": form,
    }
    return render(
        request, "courses/organise/change.html", context, status=422 if form.errors else 200
    )


# --- One cohort --------------------------------------------------------------------------------


@login_required
@require_POST
def joining(request, pk):
    """Open or close joining."""
    cohort = organised_cohort(request, pk)
    is_open = request.POST.get("open") == "1"
    cohorts.open_joining(cohort=cohort, is_open=is_open)
    messages.success(
        request,
        _("People can join with the code now.")
        if is_open
        else _("The code is closed for now. Everybody who is in stays in."),
    )
    return redirect(reverse("cohort", args=[cohort.pk]) + "#joining")
