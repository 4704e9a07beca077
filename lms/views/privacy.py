"""What is kept about me: to read, to take along, who looked at it, and to have it forgotten."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates.models import Certificate
from courses.models import Enrolment, Look
from courses.views.scope import keeps_what_was_written, organised_cohort, own_organisation
from lms.actions import erasing
from lms.forms.privacy import AskedByLetterForm
from lms.models import Erasure
from lms.privacy import takeaway

SHOWN_AT_MOST = 200


@login_required
@require_safe
@never_cache
def everything(request):
    """What there is about this person, in words, and the file to take along."""
    context = {
        "sections": takeaway.counted(request.user),
        "organisation": own_organisation(request.user),
    }
    return render(request, "lms/privacy/everything.html", context)


@login_required
@require_safe
@never_cache
def everything_zip(request):
    """Hand all of it out as one file."""
    return FileResponse(
        takeaway.packed(request.user),
        as_attachment=True,
        filename=takeaway.file_name(),
        content_type="application/zip",
    )


@login_required
@require_safe
@never_cache
def who_looked(request):
    """Who looked at what is kept about this person, the latest first."""
    looks = Look.objects.at(request.user).select_related("by", "cohort")[:SHOWN_AT_MOST]
    context = {"looks": looks, "organisation": own_organisation(request.user)}
    return render(request, "lms/privacy/who_looked.html", context)


@login_required
@require_safe
@never_cache
def erasure(request):
    """What goes and what stays when somebody is forgotten; or until when it can be undone."""
    context = {
        "asked": Erasure.objects.open().filter(person=request.user).first(),
        "alone_in": erasing.alone_in(request.user),
        "has_certificates": Certificate.objects.of(request.user).exists(),
        "organisation": own_organisation(request.user),
    }
    return render(request, "lms/privacy/erasure.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def erasure_sure(request):
    """One button, on a page of its own."""
    if erasing.alone_in(request.user).exists():
        return redirect("erasure")
    keeps = (request.POST or request.GET).get("keep") == "yes"
    if request.method == "POST":
        erasing.ask(
            person=request.user, by=request.user, at=timezone.now(), keeps_certificates=keeps
        )
        return redirect("erasure")
    context = {
        "keeps": keeps,
        "has_certificates": Certificate.objects.of(request.user).exists(),
        "erase_after_days": settings.ERASE_AFTER_DAYS,
        "organisation": own_organisation(request.user),
    }
    return render(request, "lms/privacy/erasure_sure.html", context)


@login_required
@require_POST
def erasure_undo(request):
    """Change one's mind."""
    if erasing.take_back(person=request.user, at=timezone.now()):
        messages.success(request, _("Good to have you. Everything stays as it is."))
    return redirect("erasure")


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
@never_cache
def person_forget(request, pk, enrolment_pk):
    """An organiser asks for somebody who asked them, by letter or in person."""
    cohort = organised_cohort(request, pk)
    taken = Enrolment.objects.filter(cohort=cohort).select_related("trainee")
    enrolment = get_object_or_404(taken.exclude(trainee=request.user), pk=enrolment_pk)
    person = enrolment.trainee
    alone_in = erasing.alone_in(person)
    form = AskedByLetterForm(request.POST or None)
    if request.method == "POST" and "undo" in request.POST:
        erasing.take_back(person=person, at=timezone.now())
        return redirect("person", cohort.pk, enrolment.pk)
    if form.is_valid() and not alone_in:
        erasing.ask(person=person, by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect("person_forget", cohort.pk, enrolment.pk)
    context = {
        "cohort": cohort,
        "enrolment": enrolment,
        "form": form,
        "asked": Erasure.objects.open().filter(person=person).first(),
        "alone_in": alone_in,
        "erase_after_days": settings.ERASE_AFTER_DAYS,
    }
    status = 422 if form.errors else 200
    return render(request, "lms/privacy/person_forget.html", context, status=status)
