"""“Try it as a trainee”: the draft of a lesson, played on a phone's width. Nothing is kept."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.models import LessonPage, Organisation, Role
from courses.reading import draft_reading
from courses.spoken import marks
from courses.views.exercises import trial_context
from courses.views.review import own_page, screen


def _draft(request, pk):
    """Return the latest draft of a lesson that this person may write on."""
    get_object_or_404(LessonPage, pk=pk)
    return own_page(request, pk).get_latest_revision_as_object()


@require_GET
def try_lesson(request, pk):
    """Show the phone in which the draft is played."""
    draft = _draft(request, pk)
    title = _("Try it as a trainee")
    return screen(request, draft, "try_lesson", title, steps=draft.steps)


@require_http_methods(["GET", "POST"])
def try_step(request, pk, number):
    """One screen of the draft, as a trainee would see it; an answer is answered, and forgotten."""
    draft = _draft(request, pk)
    reading = draft_reading(draft)
    screens = list(reading.steps.values())
    if not 1 <= number <= len(screens):
        raise Http404
    here = screens[number - 1]
    answer = request.POST if request.method == "POST" else None
    trial = trial_context(here.exercise, answer, request.user)
    context = {
        "page": draft,
        "lesson": draft,
        "organisation": Organisation.objects.filter(
            pk__in=Role.objects.held(request.user)
        ).first(),
        "step": here,
        "number": number,
        "steps": screens,
        "sources": reading.sources if number == len(screens) else (),
        "said": marks(draft.locale.language_code),
        "answer_url": reverse("try_step", args=[pk, number]) + "#said-back",
        **trial,
    }
    form = trial.get("exercise_form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, "courses/cms/try_step.html", context, status=status)


@require_GET
def try_end(request, pk):
    """The end of a trial."""
    return render(request, "courses/cms/try_end.html", {"page": _draft(request, pk)})
