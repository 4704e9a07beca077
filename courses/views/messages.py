"""What the site writes to people, as organisers see it: what waits, went, or is stuck, and why.

The texts are for those who get them: nobody reads them here.
"""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.actions import outbox
from courses.models import Cohort, Enrolment, Message, Organisation, SessionRun
from courses.views.scope import keeps_what_was_written, organised_cohort

AT_MOST = 50  # of each, on one page
EARLIER = timedelta(weeks=8)  # groups that met since then may still have to be told something


@login_required
@require_safe
def organise_messages(request):
    """Show the messages of all organisations that this person organises."""
    if not Organisation.objects.organised_by(request.user).exists():
        raise Http404
    lately = SessionRun.objects.filter(starts_at__gt=timezone.now() - EARLIER)
    cohorts = Cohort.objects.organised_by(request.user).filter(pk__in=lately.values("cohort"))
    found = Message.objects.organised_by(request.user)
    return _page(request, found, Enrolment.objects.filter(cohort__in=cohorts))


@login_required
@require_safe
def cohort_messages(request, pk):
    """Show the messages of one cohort."""
    cohort = organised_cohort(request, pk)
    found = Message.objects.organised_by(request.user).filter(cohort=cohort)
    return _page(request, found, cohort.enrolments, cohort=cohort)


def _page(request, found, people, cohort=None):
    found = found.select_related("person", "cohort").order_by("-pk")
    without = people.filter(left_at=None, trainee__email=None).select_related("trainee", "cohort")
    before = request.GET.get("before", "")
    sent = found.sent().defer("text")
    if before.isdecimal() and len(before) < 19:
        sent = sent.filter(pk__lt=int(before))
    sent = list(sent[: AT_MOST + 1])
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation if cohort else None,
        "stuck": found.stuck(timezone.now())[:AT_MOST],
        "waiting": found.waiting().defer("text").order_by("send_after", "pk")[:AT_MOST],
        "sent": sent[:AT_MOST],
        "earlier": sent[AT_MOST - 1].pk if len(sent) > AT_MOST else None,
        "without": without.order_by("trainee__name", "pk")[:AT_MOST],
    }
    return render(request, "courses/organise/messages.html", context)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def decide(request, pk):
    """Let a message that is stuck go again, or leave it."""
    found = Message.objects.organised_by(request.user).select_related("person")
    message = get_object_or_404(found, pk=pk)
    if request.method == "POST":
        _decide(request, message)
    if request.POST.get("from") == "cohort" and message.cohort_id:
        return redirect("cohort_messages", message.cohort_id)
    return redirect("organise_messages")


def _decide(request, message):
    about = {"message": message, "by": request.user, "at": timezone.now()}
    if request.POST.get("act") == "again":
        is_done, said = outbox.send_again(**about), _("It goes again within a minute or two.")
    elif request.POST.get("act") == "leave":
        is_done, said = outbox.let_be(**about), _("It stays as it is, and leaves this list.")
    else:
        return
    if is_done:
        messages.success(request, said)
    else:
        messages.info(request, _("Nothing was left to decide about this message."))
