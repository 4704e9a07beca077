"""Asking people into a group: what would happen, then doing it; and who waits for a place."""

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from courses import board
from courses.actions import invitations as actions
from courses.actions import joining
from courses.actions.cohorts import CannotJoin
from courses.actions.invitations import Fate
from courses.forms.invitations import ListForm
from courses.models import Enrolment, Invitation, WaitingPlace
from courses.views.scope import keeps_what_was_written, organised_cohort

SAID = {
    Fate.INVITED: gettext_lazy("gets an invitation"),
    Fate.INVITED_FULL: gettext_lazy(
        "gets an invitation, and goes on the waiting list if the group is full by then"
    ),
    Fate.CARD: gettext_lazy("has no address: is in at once, and needs a card to sign in"),
    Fate.CARD_WAITS: gettext_lazy(
        "has no address: goes on the waiting list, because the group is full"
    ),
    Fate.IN_GROUP: gettext_lazy("is in the group already"),
    Fate.INVITED_BEFORE: gettext_lazy("was invited before, and gets nothing more"),
    Fate.WAITS: gettext_lazy("is on the waiting list already"),
    Fate.TWICE: gettext_lazy("stands twice in your list"),
    Fate.NOT_AN_ADDRESS: gettext_lazy("this does not look like an e-mail address"),
    Fate.TWO_ADDRESSES: gettext_lazy("has two addresses: put each person on a line of their own"),
    Fate.NAME_TOO_LONG: gettext_lazy("this name is too long: use 120 letters or fewer"),
    Fate.NOTHING: gettext_lazy("we found no name and no address here"),
}


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def invitations(request, pk):
    """Invite people: the list, what would happen to each, and then doing it."""
    cohort = organised_cohort(request, pk)
    sent = request.method == "POST" and "back" not in request.POST
    form = ListForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid() and "invite" in request.POST:
        done = actions.invite(
            cohort=cohort, lines=form.cleaned_data["lines"], by=request.user, at=timezone.now()
        )
        messages.success(request, _done(done))
        return redirect("invitations", pk)
    if form.is_valid():
        return _looked(request, cohort, form)
    if "back" in request.POST:
        form = ListForm(initial={"list": request.POST.get("list", "")})
    people = board.in_order(cohort.enrolments.not_left().select_related("trainee"))
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "form": form,
        "people": people,
        "without_address": sum(not each.trainee.email for each in people),
        "waiting": cohort.waiting.waiting().select_related("person"),
        "open": cohort.invitations.open().filter(person=None),
        "now": timezone.now(),
        "places": max(0, cohort.capacity - len(people)),
    }
    return render(
        request, "courses/organise/invitations.html", context, status=422 if form.errors else 200
    )


def _looked(request, cohort, form):
    """Show what would happen to each line; nothing is kept."""
    planned = actions.look(cohort, form.cleaned_data["lines"])
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "text": form.cleaned_data["text"],
        "planned": [(each, SAID[each.fate]) for each in planned],
        "done": sum(each.is_done for each in planned),
    }
    return render(request, "courses/organise/invitations_look.html", context)


def _done(planned):
    """Say how many were invited, and how many have no address."""
    counts = Counter(each.fate for each in planned)
    invited = counts[Fate.INVITED] + counts[Fate.INVITED_FULL]
    cards = counts[Fate.CARD]
    waits = counts[Fate.CARD_WAITS]
    said = []
    if invited:
        text = ngettext(
            "%(n)s person gets an invitation.", "%(n)s people get an invitation.", invited
        )
        said.append(text % {"n": invited})
    if cards:
        text = ngettext(
            "%(n)s person without an address is in: print a card for them.",
            "%(n)s people without an address are in: print cards for them.",
            cards,
        )
        said.append(text % {"n": cards})
    if waits:
        text = ngettext("%(n)s person waits for a place.", "%(n)s people wait for a place.", waits)
        said.append(text % {"n": waits})
    return " ".join(said) or _("Nobody on this list is new, so nothing was sent.")


@login_required
@require_POST
def withdraw(request, pk, invitation):
    """Take an invitation back."""
    cohort = organised_cohort(request, pk)
    found = get_object_or_404(
        Invitation.objects.select_related("cohort"), cohort=cohort, pk=invitation
    )
    if actions.withdraw(invitation=found, at=timezone.now()):
        messages.success(request, _("Taken back. The link in the message no longer works."))
    else:
        messages.info(request, _("This invitation was answered or taken back already."))
    return redirect("invitations", pk)


@login_required
@require_POST
def renew(request, pk, invitation):
    """Send an invitation that has run out once more."""
    cohort = organised_cohort(request, pk)
    found = get_object_or_404(
        Invitation.objects.select_related("cohort"), cohort=cohort, pk=invitation
    )
    if actions.renew(invitation=found, by=request.user, at=timezone.now()):
        messages.success(request, _("Invited once more. They get a message with a new link."))
    else:
        messages.info(request, _("This invitation still works, or was answered or taken back."))
    return redirect("invitations", pk)


@login_required
@require_POST
def let_in(request, pk, waiting):
    """Give somebody who waits a place."""
    cohort = organised_cohort(request, pk)
    found = get_object_or_404(
        WaitingPlace.objects.select_related("person"), cohort=cohort, pk=waiting
    )
    name = {"name": found.person.name}
    try:
        joining.let_in(waiting_place=found, at=timezone.now())
    except CannotJoin as why:
        messages.warning(request, str(why))
    else:
        messages.success(
            request,
            _("%(name)s is in, and gets a message.") % name
            if found.person.email
            else _("%(name)s is in. They have no e-mail: please tell them.") % name,
        )
    return redirect("invitations", pk)


@login_required
@require_http_methods(["GET", "POST"])
def take_out(request, pk, enrolment):
    """Ask once more, then take somebody out of the group. What they did is kept."""
    cohort = organised_cohort(request, pk)
    found = get_object_or_404(
        Enrolment.objects.select_related("trainee"), cohort=cohort, pk=enrolment, left_at=None
    )
    if request.method == "POST":
        joining.take_out(enrolment=found, by=request.user, at=timezone.now())
        messages.success(
            request,
            _("%(name)s is no longer in the group. What they did is kept.")
            % {"name": found.trainee.name},
        )
        return redirect("invitations", pk)
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "enrolment": found,
        "waiting": cohort.waiting.waiting().count(),
    }
    return render(request, "courses/organise/take_out.html", context)
