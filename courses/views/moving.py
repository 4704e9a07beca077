"""Moving a running cohort to a newer edition: who is affected, and then doing it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions import moving
from courses.affected import what_a_move_does
from courses.models import Edition
from courses.views.scope import keeps_what_was_written, organised_cohort


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def move(request, pk):
    """Show what going over to the newest edition means for the group, and have it go over."""
    cohort = organised_cohort(request, pk)
    to = _newest(cohort)
    asked_for = request.POST.get("to", str(to.pk))
    if request.method == "POST" and asked_for == str(to.pk):
        try:
            moving.move_cohort(cohort=cohort, to=to, by=request.user, at=timezone.now())
        except moving.CannotMove as why:
            messages.warning(request, str(why))
        else:
            messages.success(
                request,
                _("%(group)s follows edition %(number)s now. Nobody has lost anything.")
                % {"group": cohort.name, "number": to.number},
            )
            return redirect("cohort", pk)
    elif request.method == "POST":
        messages.info(request, _("There is a newer edition now. Please look at this again."))
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "to": to,
        "move": what_a_move_does(cohort, to),
        "why_not": _why_not(cohort, to),
        "moves": cohort.moves.select_related("from_edition", "to_edition", "by"),
    }
    return render(request, "courses/organise/move.html", context)


def _newest(cohort):
    """Return the newest edition of the cohort's course, or answer 404 when it follows that one."""
    newest = Edition.objects.filter(course=cohort.edition.course_id).defer("contents").first()
    if newest == cohort.edition:
        raise Http404
    return newest


def _why_not(cohort, to):
    try:
        moving.refuse_move(cohort, to)
    except moving.CannotMove as why:
        return str(why)
    return ""
