"""Looking again at what somebody reached, after facts behind it were corrected (C9)."""

import uuid

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import board_words
from courses.actions import rechecking
from courses.forms.rechecking import LookForm
from courses.models import Enrolment, MilestoneLook
from courses.views.scope import keeps_what_was_written, organised_cohort


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_written
def look(request, pk, enrolment_pk):
    """Show what is no longer met, and keep what an organiser found."""
    cohort = organised_cohort(request, pk)
    people = Enrolment.objects.filter(cohort=cohort).select_related("trainee")
    enrolment = get_object_or_404(people, pk=enrolment_pk)
    enrolment.cohort = cohort
    form = LookForm(request.POST or None, initial={"key": uuid.uuid4()})
    if form.is_valid():
        rechecking.look(
            enrolment=enrolment, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Saved. What they reached stays as it was."))
        return redirect("person", pk, enrolment_pk)
    looks = MilestoneLook.objects.filter(milestone__enrolment=enrolment).select_related("by")
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "enrolment": enrolment,
        "rechecks": [board_words.recheck(each) for each in rechecking.rechecks_of(enrolment)],
        "looks": looks.order_by("-pk"),
        "form": form,
    }
    return render(
        request, "courses/organise/look.html", context, status=422 if form.errors else 200
    )
