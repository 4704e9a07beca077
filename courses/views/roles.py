"""Who does what in an organisation: its organisers give roles, and end them."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import board
from courses.actions import people
from courses.forms.roles import MEANS, GiveRoleForm
from courses.models import Enrolment, Organisation, Role, RoleKind, SessionRun
from courses.views.scope import keeps_what_was_written, organised_place


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def roles(request, pk):
    """Show who holds which role, and give one."""
    organisation = organised_place(request, pk)
    form = GiveRoleForm(request.POST or None, known=_known(organisation))
    if form.is_valid():
        messages.success(request, _give(form.cleaned_data, organisation, request.user))
        return redirect("roles", pk)
    given = Role.objects.filter(organisation=organisation, ended_at=None)
    given = list(given.select_related("person").order_by("pk"))
    context = {
        "organises": True,
        "organisation": organisation,
        "people": _holders(given),
        "asked": [role for role in given if not role.accepted_at],
        "means": [(RoleKind(kind).label, means) for kind, means in MEANS.items()],
        "form": form,
    }
    return render(
        request, "courses/organise/roles.html", context, status=422 if form.errors else 200
    )


@transaction.atomic
def _give(said, organisation, by):
    """Give the roles, or ask somebody who is not known here; return what to say about it.

    Whether a typed address has an account, and whose it is, must not be seen from the answer.
    """
    person = said["person"] or people.person_at(email=said["email"], name=said["name"])
    asks = not _known(organisation).filter(pk=person.pk).exists()
    for kind in said["kinds"]:
        people.give_role(
            person=person,
            organisation=organisation,
            kind=kind,
            by=by,
            at=timezone.now(),
            asks=asks,
        )
    if asks:
        sentence = _("Saved. Tell them to sign in with %(address)s: there they are asked.")
        return sentence % {"address": said["email"].lower()}
    return _("Saved. %(name)s is on the list.") % {"name": person.name}


def _known(organisation):
    """Those who take part here or hold a role here, or once did."""
    trainees = Enrolment.objects.filter(cohort__organisation=organisation)
    held = Role.objects.filter(organisation=organisation, accepted_at__isnull=False)
    known = Q(pk__in=trainees.values("trainee")) | Q(pk__in=held.values("person"))
    return get_user_model().objects.filter(known, is_active=True).order_by("name", "pk")


def _holders(given):
    """Return [(person, the roles they took on)], in the order of the alphabet."""
    found = {}
    for role in given:
        if role.accepted_at:
            found.setdefault(role.person, []).append(role)
    return [(person, found[person]) for person in sorted(found, key=board.by_name)]


@login_required
@require_http_methods(["GET", "POST"])
def end(request, pk, role):
    """Ask once more, and end a role."""
    organisation = organised_place(request, pk)
    held = get_object_or_404(
        Role.objects.filter(ended_at=None).select_related("person"),
        organisation=organisation,
        pk=role,
    )
    called = held.person.name if held.accepted_at else held.person.email
    if request.method == "POST":
        said = {"name": called, "role": held.get_kind_display()}
        try:
            people.end_role(role=held, by=request.user, at=timezone.now())
        except people.LastOrganiser:
            messages.warning(
                request,
                _("%(name)s is the only organiser. Make somebody else an organiser first.") % said,
            )
        else:
            messages.success(request, _("Saved. %(name)s is not %(role)s here any more.") % said)
        if Organisation.objects.organised_by(request.user).filter(pk=pk).exists():
            return redirect("roles", pk)
        return redirect("learning")
    context = {
        "organises": True,
        "organisation": organisation,
        "role": held,
        "called": called,
        "is_self": held.person_id == request.user.pk,
        "still_to_lead": _still_to_lead(held),
    }
    return render(request, "courses/organise/role_end.html", context)


def _still_to_lead(role):
    """Sessions to come in which this person is one of the pair, if the role is about that."""
    if role.kind not in (RoleKind.FACILITATOR, RoleKind.ORGANISER):
        return []
    to_come = SessionRun.objects.filter(
        Q(facilitator=role.person) | Q(co_facilitator=role.person),
        cohort__organisation=role.organisation_id,
        starts_at__gt=timezone.now(),
        cancelled_at=None,
    )
    return to_come.select_related("cohort").order_by("starts_at")
