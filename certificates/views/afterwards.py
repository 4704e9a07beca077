"""After a certificate was issued: another name on it, a mistake put right, renewed, paused."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from certificates.actions import afterwards, issuing
from certificates.forms import CorrectionForm, PauseForm, RenewalForm
from certificates.life import State
from certificates.models import (
    Certificate,
    PauseReason,
    PauseTurn,
    Renewal,
    RenewalKind,
    ReplacedBecause,
)
from certificates.views.scope import certificate_at
from courses.views.scope import keeps_what_was_written


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_name(request, serial):
    """The holder asks for a certificate with the name they have now."""
    found = certificate_at(Certificate.objects.of(request.user), serial)
    name = request.user.name_for_certificates.strip()
    if name == found.name or found.state is State.WITHDRAWN:
        return redirect(found)
    if request.method == "POST":
        new = issuing.reissue(
            certificate=found,
            because=ReplacedBecause.NAME,
            name=name,
            by=request.user,
            at=timezone.now(),
        )
        issuing.drawn_if_possible(new)
        messages.success(request, _("Here it is. The old one says that it was replaced."))
        return redirect(new)
    return render(request, "certificates/name.html", {"certificate": found, "name": name})


@require_POST
@login_required
def show_name(request, serial):
    """The holder chooses what the check page does with their name."""
    found = certificate_at(Certificate.objects.of(request.user), serial)
    is_hidden = request.POST.get("hide") == "yes"
    afterwards.show_name(milestone=found.milestone, is_hidden=is_hidden, at=timezone.now())
    messages.success(
        request,
        _("Saved. Who checks it has to type the name now.")
        if is_hidden
        else _("Saved. Who checks it sees the name now."),
    )
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_written
def correct(request, serial):
    """An organiser puts right what is printed. The old one says that it was replaced."""
    found = certificate_at(_organised(request), serial)
    if found.state is State.WITHDRAWN:
        return redirect(found)
    stands = {name: getattr(found, name) for name in CorrectionForm.CHANGED}
    form = CorrectionForm(request.POST or None, initial=stands)
    if form.is_valid():
        new = issuing.reissue(
            certificate=found,
            because=ReplacedBecause.CORRECTION,
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
            **form.changed(),
        )
        issuing.drawn_if_possible(new)
        messages.success(request, _("Here is the new one. The old one says it was replaced."))
        return redirect(new)
    context = {"certificate": found, "form": form}
    return render(
        request, "certificates/correct.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "HEAD"])
def life(request, serial):
    """How long a certificate counts, and what its holder and organisers can do about it."""
    return _life_page(request, _ready_one(request, serial))


@require_POST
@keeps_what_was_written
def renew(request, serial):
    """An organiser notes what somebody did, by which it counts anew."""
    found = _ready_one(request, serial, _organised(request))
    form = _renewal_form(found, request.POST)
    if not form.is_valid():
        return _life_page(request, found, renewal_form=form)
    afterwards.renew(
        milestone=found.milestone,
        kind=RenewalKind.REFRESHER,
        day=form.cleaned_data["day"],
        note=form.cleaned_data["note"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("Saved. It counts anew from that day."))
    return redirect("certificate_life", found.shown_serial)


@require_POST
@keeps_what_was_written
def pause(request, serial):
    """The holder, or an organiser, lets the clock stand still."""
    found = _ready_one(request, serial)
    form = _pause_form(found, _organises(request, found), request.POST)
    if not form.is_valid():
        return _life_page(request, found, pause_form=form)
    afterwards.pause(
        milestone=found.milestone,
        day=form.cleaned_data.get("day") or timezone.localdate(),
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("Saved. The clock stands still. Take the time it takes."))
    return redirect("certificate_life", found.shown_serial)


@require_POST
@login_required
def go_on(request, serial):
    """The holder, or an organiser, lets the clock run again from today."""
    found = _ready_one(request, serial)
    if found.standing().state is State.PAUSED:
        afterwards.go_on(
            milestone=found.milestone, day=timezone.localdate(), by=request.user, at=timezone.now()
        )
        messages.success(request, _("Good to have you back. It counts again from today."))
    return redirect("certificate_life", found.shown_serial)


def _organised(request):
    """Those of the organisations that this person organises; never their own."""
    organised = Certificate.objects.withdrawable_by(request.user).exclude(holder=request.user)
    return organised.current().for_reading()


def _ready_one(request, serial, among=None):
    """Return a certificate of “ready” that this person may read, or answer 404."""
    if among is None:
        among = Certificate.objects.readable_by(request.user).current().for_reading()
    found = certificate_at(among, serial)
    if not found.is_of_ready:
        raise Http404
    return found


def _organises(request, certificate):
    return _organised(request).filter(pk=certificate.pk).exists()


def _renewal_form(certificate, data=None):
    return RenewalForm(data, trained=certificate.training_day, prefix="renew", initial=_today())


def _pause_form(certificate, organises, data=None):
    """The form of a pause. Its holder begins it today; an organiser may name an earlier day."""
    form = PauseForm(data, trained=certificate.training_day, prefix="pause", initial=_today())
    if not organises:
        del form.fields["day"]
    return form


def _today():
    return {"day": timezone.localdate()}


def _life_page(request, certificate, *, renewal_form=None, pause_form=None):
    organises = _organises(request, certificate)
    context = {
        "certificate": certificate,
        "standing": certificate.standing(),
        "active_until": certificate.active_until(),
        "organises": organises,
        "is_own": certificate.holder_id == request.user.pk,
        "renewals": [
            (RenewalKind(each.kind).label, each)
            for each in Renewal.objects.filter(milestone=certificate.milestone).order_by("day")
        ],
        "pauses": [
            (each.reason and PauseReason(each.reason).label, each)
            for each in PauseTurn.objects.filter(milestone=certificate.milestone)
        ],
        "renewal_form": renewal_form or _renewal_form(certificate),
        "pause_form": pause_form or _pause_form(certificate, organises),
    }
    is_muddled = any(form and form.errors for form in (renewal_form, pause_form))
    return render(request, "certificates/life.html", context, status=422 if is_muddled else 200)
