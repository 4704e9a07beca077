"""An observer compares themselves with others on a sample practice, before they observe."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from content.samples import sample_called
from content.samples import samples as all_samples
from courses.actions.calibration import calibrate
from courses.calibration import compare
from courses.forms.observing import LevelsForm
from courses.models import Calibration, Organisation, Role, RoleKind
from courses.rubric import rubric_in
from courses.views.scope import keeps_what_was_written


def _organisation(person, pk):
    """Return an organisation in which this person observes, or answer 404."""
    observed_in = Role.objects.held(person, RoleKind.OBSERVER)
    return get_object_or_404(Organisation.objects.filter(pk__in=observed_in), pk=pk)


@login_required
@require_safe
def samples(request, organisation):
    """The samples to choose from, and this person's tries."""
    here = _organisation(request.user, organisation)
    tries = Calibration.objects.filter(observer=request.user, organisation=here).order_by("-pk")
    tries = list(tries)
    titles = {each.slug: each.title for each in all_samples()}
    context = {
        "organisation": here,
        "samples": all_samples(),
        "has_rubric": rubric_in(here) is not None,
        "tries": [(each, titles.get(each.sample, each.sample)) for each in tries],
        "is_calibrated": bool(tries) and tries[0].is_enough,
    }
    return render(request, "courses/observe/samples.html", context)


@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def sample(request, organisation, sample):
    """Read a sample practice, and rate it."""
    here, chosen = _organisation(request.user, organisation), sample_called(sample)
    rubric = rubric_in(here)
    if chosen is None or rubric is None:
        raise Http404
    form = LevelsForm(request.POST or None, rubric=rubric, initial={"key": uuid.uuid4()})
    if form.is_valid():
        kept = calibrate(
            observer=request.user,
            organisation=here,
            sample=chosen,
            rated=form.levels,
            key=form.cleaned_data["key"],
            at=timezone.now(),
        )
        return redirect("calibration_try", here.pk, kept.pk)
    context = {"organisation": here, "sample": chosen, "form": form, "rubric": rubric}
    return render(
        request, "courses/observe/sample.html", context, status=422 if form.errors else 200
    )


@login_required
@require_safe
def compared(request, organisation, pk):
    """Where this person's try agrees with those who rated the sample before, and why."""
    here = _organisation(request.user, organisation)
    mine = Calibration.objects.filter(observer=request.user, organisation=here)
    kept = get_object_or_404(mine, pk=pk)
    chosen, rubric = sample_called(kept.sample), rubric_in(here)
    if chosen is None or rubric is None:
        raise Http404
    apart = set(compare(chosen.levels, kept.rated).apart)
    lines = [
        {
            "criterion": each,
            "own": _level(each, kept.rated.get(each.code)),
            "theirs": _level(each, chosen.ratings[each.code].level),
            "why": chosen.ratings[each.code].why,
            "agree": each.code not in apart,
        }
        for each in rubric.criteria
    ]
    context = {
        "organisation": here,
        "sample": chosen,
        "kept": kept,
        "apart": [line for line in lines if not line["agree"]],
        "alike": [line for line in lines if line["agree"]],
        "others": [each for each in all_samples() if each.slug != chosen.slug],
    }
    return render(request, "courses/observe/compared.html", context)


def _level(criterion, number):
    return criterion.level(number) if number else None
