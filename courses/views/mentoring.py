"""The people somebody mentors: where they stand, what observers saw, and the plans they share."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from courses import board, groups_led, led_words
from courses.models import AccessNeeds, Enrolment, PlanSharing, Practice, RoleKind
from courses.views.person import where_they_stand
from courses.views.sharing import by_person


@require_GET
@login_required
def mentoring(request):
    """Whom I mentor, and the plans they share with me."""
    roles = request.user.roles.in_force().filter(kind=RoleKind.MENTOR)
    role = roles.select_related("organisation").first()
    if role is None:
        raise Http404
    mine = Enrolment.objects.mentored_by(request.user).select_related("trainee", "cohort")
    calls = _calls(mine)
    context = {
        "organisation": role.organisation,
        "mentored": [(each, calls.get(each.pk, [])) for each in board.in_order(mine)],
        "people": by_person(PlanSharing.objects.with_mentor(request.user)),
    }
    return render(request, "courses/learning/mentoring.html", context)


@require_GET
@login_required
def mentored(request, enrolment):
    """Where somebody I mentor stands. What they wrote is here only if they share it."""
    mine = Enrolment.objects.mentored_by(request.user).with_cohort().select_related("trainee")
    found = get_object_or_404(mine, pk=enrolment)
    shared = PlanSharing.objects.with_mentor(request.user).filter(plan__enrolment=found)
    calls = _calls(Enrolment.objects.filter(pk=found.pk))
    context = {
        "organisation": found.cohort.organisation,
        "enrolment": found,
        "cohort": found.cohort,
        **where_they_stand(found, timezone.now(), in_full=True),
        "practices": Practice.objects.filter(enrolment=found).observed(),
        "people": by_person(shared),
        "calls": calls.get(found.pk, []),
        "needs": AccessNeeds.objects.told_to_mentor(request.user).filter(enrolment=found),
    }
    return render(request, "courses/learning/mentored.html", context)


def _calls(enrolments):
    """Return {enrolment id: how its contacts stand}, for those who are ready."""
    found = groups_led.supported(enrolments, timezone.localdate())
    return {each.enrolment.pk: led_words.contacts_said(each.several) for each in found}
