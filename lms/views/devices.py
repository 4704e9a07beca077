"""Where I am signed in: on which devices, and signing out of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.views.scope import own_organisation
from lms import devices as actions


@require_GET
@login_required
def devices(request):
    """Where this person is signed in, this device first."""
    here = request.session.session_key
    found = [
        (each, actions.in_words(each.browser, each.system), each.session_key == here)
        for each in actions.of(request.user)
    ]
    context = {
        "devices": sorted(found, key=lambda each: not each[2]),
        "organisation": own_organisation(request.user),
    }
    return render(request, "lms/devices.html", context)


@login_required
@require_POST
def sign_out(request, pk):
    """Sign out on another device."""
    others = request.user.devices.exclude(session_key=request.session.session_key)
    actions.sign_out(get_object_or_404(others, pk=pk))
    messages.success(request, _("You are signed out there."))
    return redirect("devices")


@login_required
@require_POST
def sign_out_elsewhere(request):
    """Sign out everywhere but here."""
    actions.sign_out_elsewhere(request)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("devices")
