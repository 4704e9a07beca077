"""The observer's side: what there is to watch, the form, what follows, and what was written."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses import handouts, observing
from courses.actions import observations
from courses.actions.practice_slots import CannotObserve
from courses.forms.observing import CorrectionForm, ObservationForm, as_written
from courses.models import AccessNeeds, Organisation, Practice, Role, RoleKind
from courses.rubric import rubric_of, sheets
from courses.views.practice import observed
from courses.views.scope import in_its_words, keeps_what_was_written

# --- What there is to watch ----------------------------------------------------------------------


@login_required
@require_safe
def home(request):
    """Show the practices of today, those to come, and those this person wrote about."""
    person, today = request.user, timezone.localdate()
    organisations = Organisation.objects.filter(
        pk__in=Role.objects.held(person, RoleKind.OBSERVER)
    )
    written = Practice.objects.seen_by_observer(person).with_people().order_by("-observed_at")
    organisations, written = list(organisations), list(written[:50])
    if not (organisations or written):
        raise Http404
    observer = observing.Observer(person)
    to_watch = Practice.objects.to_observe(person).with_people().with_self_review()
    lines = [
        {"practice": each, "why_not": observer.why_not(each), "day": _day(each)}
        for each in to_watch.order_by("slot__starts_at", "pk")
        if each.enrolment.trainee_id != person.pk
    ]
    mine = [line["practice"] for line in lines if not line["why_not"]]
    told = {each.enrolment_id: each for each in AccessNeeds.objects.told_to_observer(mine)}
    for line in lines:
        line["needs"] = None if line["why_not"] else told.get(line["practice"].enrolment_id)
    context = {
        "organisations": [(each, observer.why_not_in(each)) for each in organisations],
        "now": [each for each in lines if each["day"] <= today],
        "later": [each for each in lines if each["day"] > today],
        "written": written,
        "organisation": organisations[0] if organisations else None,
    }
    return render(request, "courses/observe/home.html", context)


def _day(practice):
    return timezone.localdate(practice.slot.starts_at)


# --- The form ------------------------------------------------------------------------------------


@never_cache
@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def practice(request, practice):
    """Rate a practice, see what follows from it, and send it."""
    found = _to_watch(request.user, practice)
    if found is None:
        return redirect("observe_seen", practice)
    rubric = rubric_of(found.enrolment.cohort.edition)
    context = {
        "practice": found,
        "rubric": rubric,
        "organisation": found.enrolment.cohort.organisation,
        "why_not": observing.may_observe(request.user, found),
        "sheets": sheets(found.enrolment.cohort.edition),
        "needs": AccessNeeds.objects.told_to_observer([found]),
    }
    if rubric is None or context["why_not"]:
        status = 422 if request.method == "POST" else 200
        return render(request, "courses/observe/not_now.html", context, status=status)

    def send(form):
        return observations.observe(
            practice=found,
            observer=request.user,
            rated=form.rated,
            next_step=form.cleaned_data["next_step"],
            wants_talk=form.cleaned_data["wants_talk"],
            key=form.cleaned_data["key"],
            at=timezone.now(),
        )

    form = ObservationForm(request.POST or None, rubric=rubric, initial={"key": uuid.uuid4()})
    return rate(request, found, form, context, send, done=("observe_seen", found.pk))


def rate(request, practice, form, context, send, done):
    """Draw the form; when it holds, the page that says what follows; when that is sent, send it.

    `send` keeps a form that holds, and `done` is where to go then.
    """
    context |= {"form": form, "act": request.POST.get("act", "")}
    if not form.is_valid() or context["act"] == "change":
        status = 422 if form.errors and context["act"] != "change" else 200
        return render(request, "courses/observe/practice.html", context, status=status)
    if context["act"] == "send":
        try:
            send(form)
        except CannotObserve as cannot:
            form.add_error(None, str(cannot))
            return render(request, "courses/observe/practice.html", context, status=422)
        messages.success(request, _("Thank you. What you saw is kept."))
        return redirect(*done)
    rubric = form.rubric
    follows = observing.what_follows(
        practice, form.levels, wants_talk=form.cleaned_data["wants_talk"]
    )
    readiness = follows.readiness
    context |= {
        "follows": follows,
        "missing": observing.missing(readiness, rubric) if readiness else None,
        "ask_about_safety": form.levels[observing.ASKED_ABOUT] is None,
    }
    return render(request, "courses/observe/follows.html", context)


def _to_watch(person, pk):
    """Return a practice that this person may have come to watch; None when they wrote it already.

    Somebody else's is not found.
    """
    to_watch = Practice.objects.to_observe(person).with_people().with_self_review()
    found = to_watch.filter(pk=pk).exclude(enrolment__trainee=person).first()
    if found is None:
        get_object_or_404(Practice.objects.seen_by_observer(person), pk=pk)
    return found


# --- What was written ----------------------------------------------------------------------------


def _written(person, pk):
    """Return a practice that this person wrote about, or answer 404."""
    mine = Practice.objects.seen_by_observer(person).with_people().with_self_review()
    return get_object_or_404(mine, pk=pk)


@login_required
@require_safe
def seen(request, practice):
    """What this observer wrote of a practice, or what stands in its place now."""
    found = _written(request.user, practice)
    context = {
        "practice": found,
        "organisation": found.enrolment.cohort.organisation,
        "back": reverse("observe"),
        **observed(found),
    }
    context["is_own"] = context["observation"].observer_id == request.user.pk
    return render(request, "courses/observe/seen.html", context)


@never_cache
@keeps_what_was_written
@require_http_methods(["GET", "POST"])
def correct(request, practice):
    """Correct what one wrote: both are kept."""
    found = _written(request.user, practice)
    return correcting(request, found, done=("observe_seen", found.pk), own=True)


def correcting(request, practice, done, own=False, **more):
    """The form that corrects a practice's observation, for its observer and for organisers."""
    observation = observing.observation_of(practice)
    rubric = rubric_of(practice.enrolment.cohort.edition)
    if observation is None or rubric is None or (own and observation.observer != request.user):
        raise Http404
    begun = {"key": uuid.uuid4(), **as_written(observation)}
    form = CorrectionForm(request.POST or None, rubric=rubric, initial=begun)
    context = {
        "practice": practice,
        "rubric": rubric,
        "organisation": practice.enrolment.cohort.organisation,
        "corrects": observation,
        **more,
    }

    def send(form):
        return observations.correct(
            observation=observation,
            rated=form.rated,
            next_step=form.cleaned_data["next_step"],
            reason=form.cleaned_data["reason"],
            wants_talk=form.cleaned_data["wants_talk"],
            by=request.user,
            key=form.cleaned_data["key"],
            at=timezone.now(),
        )

    return rate(request, practice, form, context, send, done)


@login_required
@require_safe
def paper(request, practice, handout):
    """The rubric and the observer form, to print."""
    to_watch = Practice.objects.to_observe(request.user) | Practice.objects.filter(
        observations__observer=request.user
    )
    found = get_object_or_404(to_watch.distinct().with_people(), pk=practice)
    cohort = found.enrolment.cohort
    sheet = handouts.found(sheets(cohort.edition), handout)
    if sheet is None:
        raise Http404
    drawn = handouts.sheet_of(sheet.revision)
    context = {
        **in_its_words(cohort.edition, sheet),
        "organisation": cohort.organisation,
        "practice": found,
        "handout": sheet,
        "title": drawn.title,
        "summary": drawn.summary,
        "drawn": mark_safe(drawn.html),  # noqa: S308 - drawn by our templates, which escape
        "author": cohort.organisation.name,
    }
    return render(request, "courses/observe/paper.html", context)


# --- Mentors -------------------------------------------------------------------------------------


@login_required
@require_safe
def mentored_practice(request, practice):
    """What was seen of a trainee whom this person mentors."""
    mine = Practice.objects.mentored_by(request.user).observed().with_people().with_self_review()
    found = get_object_or_404(mine, pk=practice)
    context = {
        "practice": found,
        "organisation": found.enrolment.cohort.organisation,
        "back": reverse("mentored", args=[found.enrolment_id]),
        **observed(found),
    }
    return render(request, "courses/observe/seen.html", context)
