"""Stopping reminders, and having them again: from the mail itself, or on one's own page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from courses.actions import reminders
from courses.models import REMINDERS


@csrf_exempt  # the link is signed, and mail programs press the button without a page of ours
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request, token):
    """Stop a kind of reminder, or have it again, by the link in a mail. No signing in.

    Opening the page changes nothing: programs that look into mails open links as well.
    """
    try:
        person, kind = reminders.read_token(token)
    except reminders.UnknownLink:
        return render(request, "courses/reminders/unknown.html", status=404)
    if request.method == "POST":
        wanted = request.POST.get("wanted") == "1"
        reminders.choose(person=person, wanted={kind: wanted}, at=timezone.now())
    context = {
        "kind": kind,
        "wanted": reminders.choices_of(person)[kind],
        "done": request.method == "POST",
    }
    with translation.override(person.language or translation.get_language()):
        return render(request, "courses/reminders/stop.html", context)


@login_required
@require_POST
def choose(request):
    """Keep which reminders the signed-in person wants."""
    wanted = {kind: kind.value in request.POST.getlist("reminders") for kind in REMINDERS}
    reminders.choose(person=request.user, wanted=wanted, at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("me")
