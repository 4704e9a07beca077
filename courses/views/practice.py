"""A trainee's practices: book a time, look back on it, and then read what the observer saw."""

import uuid

from django.contrib import messages
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses import observing
from courses.actions import practice as actions
from courses.actions.practice import CannotBook, TooEarly, why_not_now
from courses.forms.practice import BookForm, SelfReviewForm
from courses.models import Enrolment, Outcome, PracticeNumber, PracticeSlot, PracticeTalk
from courses.rubric import plain, rubric_of
from courses.views.scope import frame, keeps_what_was_written, own_enrolment


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def practices(request, pk):
    """Show what is booked and what was watched, and book a time."""
    enrolment = own_enrolment(request, pk)
    now = timezone.now()
    mine = list(enrolment.practices.in_force().with_people().with_self_review())
    number = _next_number(mine)
    booked = next((each for each in mine if not each.observed_at), None)
    why_not = why_not_now(enrolment, number, by_trainee=True)
    form = BookForm(
        request.POST or None,
        slots=_slots(enrolment, number, booked, now),
        partners=partners_of(enrolment),
        initial=_as_booked(booked),
    )
    if form.is_valid():
        try:
            actions.book(enrolment=enrolment, by=request.user, at=now, **form.cleaned_data)
        except CannotBook as cannot:
            form.add_error("slot", str(cannot))
        else:
            messages.success(request, _("Your time is booked. You can change it here."))
            return redirect("practices", pk)
    rubric = rubric_of(enrolment.cohort.edition)
    context = {
        **frame(enrolment),
        "booked": booked,
        "has_begun": booked and booked.slot.starts_at <= now,
        "number": number,
        "why_not": why_not,
        "has_slots": form.fields["slot"].queryset.exists(),
        "form": form,
        "done": [each for each in mine if each.observed_at],
        "is_ready": _is_ready(mine),
        "rubric": rubric,
    }
    return render(
        request, "courses/learning/practices.html", context, status=422 if form.errors else 200
    )


def _next_number(mine):
    first = (each.number == PracticeNumber.FIRST and each.observed_at for each in mine)
    return PracticeNumber.SECOND if any(first) else PracticeNumber.FIRST


def _slots(enrolment, number, booked, now):
    """Return the times to choose from: those that are free, and the one that is booked."""
    free = PracticeSlot.objects.filter(cohort=enrolment.cohort).free(number, now)
    own = Q(pk=booked.slot_id) if booked and booked.slot.starts_at > now else Q()
    return PracticeSlot.objects.filter(Q(pk__in=free.order_by().values("pk")) | own)


def _as_booked(booked):
    if booked is None:
        return {}
    return {
        "slot": booked.slot_id,
        "partner": booked.partner_id,
        "activity": booked.activity,
    }


def _is_ready(mine):
    """Tell whether the last practice showed that they are ready, once they may read that."""
    last = next((each for each in reversed(mine) if each.observed_at), None)
    if last is None or not last.is_reviewed:
        return False
    return observing.observation_of(last).outcome == Outcome.READY


def partners_of(enrolment):
    """Return the others of the group, in the order of the alphabet."""
    others = Enrolment.objects.not_left().filter(cohort=enrolment.cohort_id)
    others = others.exclude(pk=enrolment.pk).select_related("trainee")
    return others.order_by(Lower("trainee__name"), "pk")


def _own(enrolment, practice):
    """Return one of the trainee's own practices, or answer 404."""
    mine = enrolment.practices.in_force().with_people().with_self_review()
    return get_object_or_404(mine, pk=practice)


@require_POST
@keeps_what_was_written
def let_go(request, pk, practice):
    """Let a booking go."""
    enrolment = own_enrolment(request, pk)
    try:
        actions.cancel(practice=_own(enrolment, practice), by=request.user, at=timezone.now())
    except CannotBook as cannot:
        messages.warning(request, str(cannot))
    else:
        messages.success(request, _("That time is free again. Choose another when it suits you."))
    return redirect("practices", pk)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def practice(request, pk, practice):
    """Look back on a practice; once that is kept, read what the observer saw (rule C3)."""
    enrolment = own_enrolment(request, pk)
    found = _own(enrolment, practice)
    form = SelfReviewForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and found.is_reviewed:
        messages.info(request, _("You have written this already. It is kept as it is."))
        return redirect("practice", pk, practice)
    if form.is_valid():
        try:
            actions.review_own(practice=found, at=timezone.now(), **form.cleaned_data)
        except TooEarly as early:
            form.add_error(None, str(early))
        else:
            messages.success(request, _("Your words are kept. Only you can read them."))
            return redirect("practice", pk, practice)
    context = {
        **frame(enrolment),
        "practice": found,
        "form": form,
        "has_begun": found.observed_at or (found.slot and found.slot.starts_at <= timezone.now()),
        **(_open(found) if found.is_reviewed else {}),
    }
    return render(
        request, "courses/learning/practice.html", context, status=422 if form.errors else 200
    )


def _open(practice):
    """What a trainee may read once they have looked back on a practice themselves."""
    if not observing.is_open_to_trainee(practice):  # asked again where it matters
        raise Http404
    return {
        "own": practice.self_review,
        "talk": PracticeTalk.objects.to_hold().filter(enrolment=practice.enrolment).first(),
        **observed(practice),
    }


def observed(practice):
    """What everybody who may read an observation is shown of it."""
    observation = observing.observation_of(practice)
    if observation is None:
        return {"observation": None}
    rubric = rubric_of(practice.enrolment.cohort.edition) or plain()
    readiness = None
    if practice.number == PracticeNumber.SECOND:
        readiness = observing.readiness_after(practice)
    return {
        "observation": observation,
        "rubric": rubric,
        "seen": observing.seen_in(observation, rubric),
        "missing": observing.missing(readiness, rubric) if readiness else None,
    }
