"""Measures: the offer on a course, a person's own answers, and what an organisation asks."""

from django.contrib import messages
from django.db.models import Min
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import measures
from courses.actions import measures as actions
from courses.forms.measures import AnswersForm, InstrumentForm, TotalForm
from courses.instruments import SHIPPED
from courses.models import Instrument, MeasureAnswer, Milestone, MilestoneKind
from courses.views.scope import frame, keeps_what_was_written, organised_place, own_enrolment

# --- For those who are asked -------------------------------------------------------------------


def to_offer(enrolment, runs, completed_at, now):
    """Return the measures that somebody can be asked about now, and has not been."""
    counted = [run.starts_at for run in runs if run.counted and run.cancelled_at is None]
    moment = measures.moment(
        joined_at=enrolment.joined_at,
        first_session_at=min(counted, default=None),
        completed_at=completed_at,
        now=now,
    )
    return list(Instrument.objects.to_ask(enrolment, moment)) if moment else []


def _moment(enrolment, now):
    counted = enrolment.cohort.session_runs.filter(counted=True, cancelled_at=None)
    completed = Milestone.objects.filter(enrolment=enrolment, kind=MilestoneKind.COMPLETION)
    return measures.moment(
        joined_at=enrolment.joined_at,
        first_session_at=counted.aggregate(first=Min("starts_at"))["first"],
        completed_at=completed.values_list("reached_at", flat=True).first(),
        now=now,
    )


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def measure(request, pk, instrument):
    """Answer a measure, leave it out, or take my answers back."""
    enrolment = own_enrolment(request, pk)
    found = get_object_or_404(enrolment.cohort.organisation.instruments, pk=instrument)
    own = {each.moment: each for each in found.answers.filter(enrolment=enrolment)}
    now = timezone.now()
    moment = _moment(enrolment, now)
    is_asked = moment is not None and (
        Instrument.objects.to_ask(enrolment, moment).filter(pk=found.pk).exists()
    )
    if not (own or is_asked):
        raise Http404
    asked = request.POST.get("do", "")
    if asked == "skip" and is_asked:
        actions.skip(enrolment=enrolment, instrument=found, moment=moment, at=now)
        messages.success(request, _("That is fine. We will not ask you about this again now."))
        return redirect("course", pk)
    if asked.removeprefix("take-back-") in own:
        taken = asked.removeprefix("take-back-")
        actions.skip(enrolment=enrolment, instrument=found, moment=taken, at=now)
        messages.success(request, _("Your answers are deleted."))
        return redirect("measure", pk, instrument)
    form = AnswersForm(request.POST or None, instrument=found) if is_asked else None
    if form is not None and form.is_valid():
        actions.answer(
            enrolment=enrolment, instrument=found, moment=moment, numbers=form.numbers, at=now
        )
        messages.success(request, _("Thank you. Your answers are kept."))
        return redirect("measure", pk, instrument)
    context = {
        **frame(enrolment),
        "instrument": found,
        "moment": moment,
        "form": form,
        "answered": [_as_answered(found, each) for each in own.values() if not each.is_skipped],
        "small_number": enrolment.cohort.organisation.small_number,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/learning/measure.html", context, status=status)


def _as_answered(instrument, answer: MeasureAnswer):
    return {
        "moment": answer.moment,
        "title": answer.get_moment_display(),
        "lines": list(zip(instrument.questions, answer.numbers, strict=False)),
        "at": answer.at,
    }


# --- For organisers ----------------------------------------------------------------------------


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def organisation_measures(request, pk):
    """Show what an organisation measures, add to it, and write down totals of its own."""
    organisation = organised_place(request, pk)
    asked, now = request.POST.get("do", ""), timezone.now()
    if asked.removeprefix("add-") in SHIPPED:
        definition = SHIPPED[asked.removeprefix("add-")]
        added = actions.add(organisation=organisation, definition=definition)
        messages.success(request, _("Added. Nobody is asked until you switch it on."))
        return redirect("measure_change", pk, added.pk)
    if asked == "begin":
        return redirect("measure_change", pk, actions.begin(organisation=organisation).pk)
    if asked.startswith("remove-"):
        _remove(organisation, asked.removeprefix("remove-"))
        messages.success(request, _("Taken off the list."))
        return redirect("measures", pk)
    form = TotalForm(
        request.POST if asked == "total" else None, organisation=organisation, prefix="total"
    )
    if form.is_valid():
        actions.add_total(organisation=organisation, by=request.user, at=now, **form.cleaned_data)
        messages.success(request, _("Saved. These totals are in your figures now."))
        return redirect("measures", pk)
    own = list(organisation.instruments.select_related("responsible").prefetch_related("cohorts"))
    there = {each.code for each in own}
    context = {
        "organises": True,
        "organisation": organisation,
        "instruments": own,
        "to_add": [each for each in SHIPPED.values() if each.code not in there],
        "form": form,
        "totals": organisation.measure_totals.select_related("cohort"),
    }
    return render(
        request, "courses/organise/measures.html", context, status=422 if form.errors else 200
    )


def _remove(organisation, asked):
    if asked.isascii() and asked.isdecimal() and len(asked) < 15:
        total = organisation.measure_totals.filter(pk=asked).first()
        if total:
            actions.remove_total(total=total.pk)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def change(request, pk, instrument):
    """Change a measure, name its licence, and switch it on or off."""
    organisation = organised_place(request, pk)
    found = get_object_or_404(organisation.instruments, pk=instrument)
    is_answered = found.answers.filter(is_skipped=False).exists()
    if request.POST.get("do") == "remove":
        if actions.remove(instrument=found):
            messages.success(request, _("Taken off the list."))
        else:
            messages.info(request, _("Somebody has been asked already, so it stays on the list."))
        return redirect("measures", pk)
    form = InstrumentForm(request.POST or None, instance=found, is_answered=is_answered)
    if form.is_valid():
        try:
            actions.change(
                instrument=found,
                details=form.details,
                cohorts=form.cleaned_data["cohorts"],
                is_on=form.cleaned_data["is_on"],
                takes_responsibility=form.cleaned_data["takes_responsibility"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.CannotSwitchOn:
            form.add_error("is_on", _("It cannot be switched on yet. Look at its licence."))
        else:
            messages.success(request, _("Saved."))
            return redirect("measures", pk)
    context = {
        "organises": True,
        "organisation": organisation,
        "instrument": found,
        "is_answered": is_answered,
        "definition": SHIPPED.get(found.code),
        "form": form,
    }
    return render(
        request, "courses/organise/measure.html", context, status=422 if form.errors else 200
    )
