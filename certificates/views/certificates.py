"""Reading a certificate and taking it away (its holder); what was issued, and withdrawing it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates import badges, letter, pdf, telling
from certificates.actions import afterwards, issuing, notices
from certificates.forms import FindForm, WithdrawalForm
from certificates.life import State
from certificates.models import Certificate
from certificates.views.scope import certificate_at, not_for_search
from courses.models import MilestoneKind, RoleKind

SHOWN_AT_MOST = 100


@login_required
@require_safe
@not_for_search
def issued(request):
    """What the organisations that this person organises have issued, the latest first."""
    _refuse_who_organises_nothing(request.user)
    form = FindForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = Certificate.objects.withdrawable_by(request.user).current().for_reading()
    if asked.get("name"):
        found = found.filter(name__icontains=asked["name"])
    if asked.get("cohort"):
        found = found.filter(milestone__enrolment__cohort=asked["cohort"])
    context = {"form": form, "found": found[:SHOWN_AT_MOST], "is_narrowed": any(asked.values())}
    return render(request, "certificates/issued.html", context | {"at_most": SHOWN_AT_MOST})


@login_required
@require_safe
@not_for_search
def ending(request):
    """Who has to renew soon, or has lapsed: for a word with them, and never a list of faults."""
    _refuse_who_organises_nothing(request.user)
    ready = Certificate.objects.withdrawable_by(request.user).current()
    ready = ready.filter(milestone__kind=MilestoneKind.READY, withdrawal=None).for_reading()
    soon = notices.ending(ready.select_related("holder"), timezone.localdate())
    return render(request, "certificates/ending.html", {"ending": soon})


@login_required
@require_safe
@not_for_search
def certificate(request, serial):
    """The certificate as a page, with its PDF to take away."""
    mine = Certificate.objects.readable_by(request.user).for_drawing()
    found = certificate_at(mine.select_related("organisation", "holder"), serial)
    if newest := _newest(found):
        return redirect(newest)
    others = Certificate.objects.withdrawable_by(request.user).exclude(holder=request.user)
    organises = others.filter(pk=found.pk).exists()
    is_own = found.holder == request.user
    return render(
        request,
        "certificates/certificate.html",
        {
            **letter.context(found),
            "organisation": found.organisation,
            "can_draw": found.is_drawn or pdf.can_draw(),
            "standing": found.standing(),
            "active_until": found.active_until(),
            "is_own": is_own,
            "new_name": is_own and _new_name(found),
            "may_withdraw": organises,
            "has_badge": is_own and badges.is_on(),
            "linkedin": is_own and settings.LINKEDIN_LINK and telling.linkedin_address(found),
        },
    )


@login_required
@require_safe
@not_for_search
def certificate_pdf(request, serial):
    """Hand over the bytes as they are kept. What could not be drawn before is drawn now."""
    found = certificate_at(Certificate.objects.readable_by(request.user), serial)
    if newest := _newest(found):
        return redirect(newest)
    try:
        issuing.draw(certificate=found)
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
    """An organiser withdraws somebody else’s certificate of their organisation, and says why."""
    issued = Certificate.objects.withdrawable_by(request.user).exclude(holder=request.user)
    found = certificate_at(issued.for_reading(), serial)
    if newest := _newest(found):
        return redirect(newest)
    if found.state is State.WITHDRAWN:
        return redirect(found)
    form = WithdrawalForm(request.POST or None, kind=found.milestone.kind)
    if form.is_valid():
        afterwards.withdraw(
            certificate=found, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, _("The certificate is withdrawn. The check page says so now."))
        return redirect(found)
    context = {"certificate": found, "form": form}
    return render(
        request, "certificates/withdraw.html", context, status=422 if form.errors else 200
    )


def _refuse_who_organises_nothing(person):
    """Answer 404 to who is an organiser nowhere."""
    if not person.roles.in_force().filter(kind=RoleKind.ORGANISER).exists():
        raise Http404


def _newest(certificate):
    """Return the one that stands in its place by now; None where it is the newest itself.

    The old ones are kept, and shown to nobody: a name that somebody left behind stays there.
    """
    replaced = Certificate.objects.filter(replaces=certificate).exists()
    if not replaced:
        return None
    return Certificate.objects.current().get(milestone=certificate.milestone_id)


def _new_name(certificate):
    """Return what the holder is called now, where that is not what is printed."""
    name = certificate.holder.name_for_certificates.strip()
    return name if name and name != certificate.name else ""
