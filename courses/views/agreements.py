"""What a group agreed on, for those in it and those who write it down; and what I signed."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.actions import agreements
from courses.agreements import group_lines, starters
from courses.forms.agreements import STARTERS, GroupAgreementForm
from courses.models import Cohort, Signature
from courses.views.scope import frame, keeps_what_was_written, own_enrolment, said_by


@require_GET
@login_required
def group_agreement(request, pk):
    """What the trainee's group agreed on, large, for the wall."""
    enrolment = own_enrolment(request, pk)
    context = {**frame(enrolment), "lines": group_lines(enrolment.cohort)}
    return render(request, "courses/learning/group_agreement.html", context)


@require_GET
@login_required
def signed(request, pk, signature):
    """A copy of what the trainee signed, as it read on that day."""
    enrolment = own_enrolment(request, pk)
    found = get_object_or_404(Signature, enrolment=enrolment, pk=signature)
    said = said_by(enrolment, found.exercise, found.title)
    context = {**frame(enrolment), "signature": found, "said": said}
    return render(request, "courses/learning/signed.html", context)


@require_http_methods(["GET", "POST"])
@keeps_what_was_written
def write_group_agreement(request, pk):
    """Write down what a group agreed on: by who organises it, or leads a session of it."""
    cohort = get_object_or_404(Cohort.objects.seen_by(request.user), pk=pk)
    lines = group_lines(cohort)
    begin = lines or starters(cohort.edition.outline) or STARTERS
    initial = {"key": uuid.uuid4(), "lines": "\n".join(str(line) for line in begin)}
    form = GroupAgreementForm(request.POST or None, initial=initial)
    if form.is_valid():
        agreements.make_group_agreement(
            cohort=cohort, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Saved. Everyone in the group sees it now."))
        return redirect("group_agreement_edit", pk)
    if "key" in form.errors:
        messages.warning(request, _("We could not read that. Please save it again."))
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "form": form,
        "lines": lines,
    }
    return render(
        request,
        "courses/organise/group_agreement.html",
        context,
        status=422 if form.errors else 200,
    )


@require_GET
@login_required
def wall(request, pk):
    """What a group agreed on, large, for those who put it on the wall."""
    cohort = get_object_or_404(Cohort.objects.seen_by(request.user), pk=pk)
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "lines": group_lines(cohort),
    }
    return render(request, "courses/organise/wall.html", context)
