"""Checking a certificate (anyone); reading and downloading it (its holder); withdrawing it."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates import actions, letter, numbers, pdf
from certificates.forms import FindForm, SerialForm, WithdrawalForm
from certificates.models import Certificate
from courses.models import RoleKind

SHOWN_AT_MOST = 100


def not_for_search(view):
    """Ask search engines to leave the page out: a name should not be found by way of it."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return asked


@require_safe
def check_form(request):
    """Ask for a serial, and go to its check page."""
    form = SerialForm(request.GET if "serial" in request.GET else None)
    if form.is_valid():
        return redirect("check", numbers.shown(form.cleaned_data["serial"]))
    return render(request, "certificates/check_form.html", {"form": form})


@require_safe
@never_cache
@not_for_search
def check(request, serial):
    """Say what is known about a serial. One that was mistyped never reaches the database."""
    read = numbers.read(serial)
    if read and numbers.shown(read) != serial:
        return redirect("check", numbers.shown(read))
    found = read and Certificate.objects.for_reading().filter(serial=read).first()
    return render(
        request,
        "certificates/check.html",
        {"certificate": found, "serial": serial, "mistyped": read is None},
        status=200 if found else 404,
    )


def check_in_capitals(request, serial):
    """Lead on from the address as the QR code holds it, in capitals."""
    return redirect("check", serial)


@login_required
@require_safe
@not_for_search
def issued(request):
    """What the organisations that this person organises have issued, the latest first."""
    if not request.user.roles.in_force().filter(kind=RoleKind.ORGANISER).exists():
        raise Http404
    form = FindForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = Certificate.objects.withdrawable_by(request.user).for_reading()
    if asked.get("name"):
        found = found.filter(name__icontains=asked["name"])
    if asked.get("cohort"):
        found = found.filter(milestone__enrolment__cohort=asked["cohort"])
    context = {"form": form, "found": found[:SHOWN_AT_MOST], "is_narrowed": any(asked.values())}
    return render(request, "certificates/issued.html", context | {"at_most": SHOWN_AT_MOST})


@login_required
@require_safe
@not_for_search
def certificate(request, serial):
    """The certificate as a page, with its PDF to take away."""
    mine = Certificate.objects.readable_by(request.user).for_reading()
    found = _found(mine.select_related("organisation"), serial)
    may_withdraw = Certificate.objects.withdrawable_by(request.user).filter(pk=found.pk).exists()
    return render(
        request,
        "certificates/certificate.html",
        {
            **letter.context(found),
            "organisation": found.organisation,
            "can_draw": found.is_drawn or pdf.can_draw(),
            "may_withdraw": may_withdraw,
        },
    )


@login_required
@require_safe
@not_for_search
def certificate_pdf(request, serial):
    """Hand over the bytes as they are kept. What could not be drawn before is drawn now."""
    found = _found(Certificate.objects.readable_by(request.user), serial)
    try:
        actions.draw(certificate=found)
    except pdf.CannotDraw:
        messages.info(request, _("The PDF cannot be made right now. This page says the same."))
        return redirect(found)
    etag = f'"{found.pdf_sha256}"'
    response = HttpResponse(
        bytes(found.pdf),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="certificate-{found.shown_serial}.pdf"',
            "Cache-Control": "private, no-cache",
            "ETag": etag,
        },
    )
    return get_conditional_response(request, etag=etag, response=response)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, serial):
    """An organiser withdraws a certificate of their organisation, and says why."""
    issued = Certificate.objects.withdrawable_by(request.user).for_reading()
    found = _found(issued, serial)
    if found.state == "withdrawn":
        return redirect(found)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        actions.withdraw(
            certificate=found, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, _("The certificate is withdrawn. The check page says so now."))
        return redirect(found)
    context = {"certificate": found, "form": form}
    return render(
        request, "certificates/withdraw.html", context, status=422 if form.errors else 200
    )


def _found(certificates, serial):
    read = numbers.read(serial)
    if read is None:
        raise Http404
    return get_object_or_404(certificates, serial=read)
