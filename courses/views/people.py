"""The people of a cohort, for its organiser: who mentors them, and that they sign and plan."""

from collections import defaultdict

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import board
from courses.actions import people
from courses.agreements import asked, in_force
from courses.forms.people import MentorsForm
from courses.models import ActionPlan, Role, RoleKind, Signature
from courses.views.scope import keeps_what_was_written, organised_cohort


@require_http_methods(["GET", "POST"])
@keeps_what_was_written
def cohort_people(request, pk):
    """Name a peer mentor for each trainee; see that agreements are signed and plans are made."""
    cohort = organised_cohort(request, pk)
    everyone = board.in_order(cohort.enrolments.not_left().select_related("trainee", "mentor"))
    form = MentorsForm(request.POST or None, people=everyone, mentors=_mentors(cohort))
    if request.method == "POST" and form.is_valid():
        _name(form.changed, cohort, request.user)
        messages.success(request, _("Saved. Each mentor sees only what people share with them."))
        return redirect("cohort_people", pk)
    context = {
        "organises": True,
        "cohort": cohort,
        "organisation": cohort.organisation,
        "form": form,
        "has_mentors": bool(form.by_pk),
        "people": _facts(cohort, form.lines),
    }
    return render(
        request, "courses/organise/people.html", context, status=422 if form.errors else 200
    )


def _mentors(cohort):
    roles = Role.objects.in_force()
    roles = roles.filter(organisation=cohort.organisation_id, kind=RoleKind.MENTOR)
    people = get_user_model().objects.filter(pk__in=roles.values("person"))
    return list(people.order_by("name", "pk"))


@transaction.atomic
def _name(changed, cohort, by):
    for enrolment, mentor in changed:
        enrolment.cohort = cohort
        people.name_mentor(enrolment=enrolment, mentor=mentor, by=by, at=timezone.now())


def _facts(cohort, lines):
    """Return what the page says of each person, in two queries: never what they wrote."""
    about = {"enrolment__cohort": cohort, "enrolment__left_at": None}
    signatures = defaultdict(list)
    for each in Signature.objects.filter(**about).defer("words"):
        signatures[each.enrolment_id].append(each)
    plans = dict(
        ActionPlan.objects.filter(**about)
        .order_by()
        .values_list("enrolment")
        .annotate(Count("exercise", distinct=True))
    )
    to_sign = asked(cohort.edition.outline)
    return [
        {
            "enrolment": enrolment.pk,
            "name": enrolment.trainee.name,
            "field": field,
            "plans": plans.get(enrolment.pk, 0),
            "agreements": [
                (each.agreement.title, signed.get(each.agreement.id)) for each in to_sign
            ],
        }
        for enrolment, field in lines
        for signed in [in_force(signatures[enrolment.pk], cohort.edition)]
    ]
