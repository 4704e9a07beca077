"""What helps me take part: said by its owner, shared with whom they choose, and taken away."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import board
from courses.actions import needs
from courses.forms.needs import NeedsForm, as_said
from courses.models import AccessNeeds, Enrolment, Need
from courses.views.scope import frame, keeps_what_was_written, own_enrolment


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def what_helps(request, pk):
    """Say what helps me take part, and who may know."""
    enrolment = own_enrolment(request, pk, Enrolment.objects.select_related("mentor"))
    found = AccessNeeds.objects.select_related("enrolment").filter(enrolment=enrolment).first()
    if request.POST.get("do") == "take_away":
        needs.take_away(enrolment=enrolment, at=timezone.now())
        messages.success(request, _("It is gone. Nobody sees it any more."))
        return redirect("what_helps", pk)
    form = NeedsForm(request.POST or None, mentor=enrolment.mentor, initial=as_said(found))
    if form.is_valid():
        kept = needs.say(enrolment=enrolment, at=timezone.now(), **form.said)
        messages.success(request, _said(kept))
        return redirect("what_helps", pk)
    context = {**frame(enrolment), "form": form, "found": found}
    return render(
        request, "courses/learning/what_helps.html", context, status=422 if form.errors else 200
    )


def _said(kept):
    if kept is None:
        return _("Nothing is kept. You can say something at any time.")
    if kept.is_shared:
        return _("Saved. Those whom you ticked see it now.")
    return _("Saved. Only you see it, as nobody is ticked.")


# --- For those who arrange it ------------------------------------------------------------------


def told_in(cohort, person):
    """What people of a cohort share with this person, in the order of the alphabet."""
    told = AccessNeeds.objects.told_in(cohort, person)
    return sorted(told, key=lambda each: board.by_name(each.enrolment.trainee))


def without_names(told):
    """How many need what, for paper that may be left lying about: [(need, people)]."""
    asked = [need for each in told for need in each.needs]
    return [(need.label, asked.count(need)) for need in Need if need.value in asked]
