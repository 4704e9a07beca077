"""Finding what a person may see, and keeping what they wrote while they were signed out."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from wagtail.permissions import policy_registry

from content.models import CourseDocument
from courses.models import Cohort, Enrolment, Organisation
from courses.reading import language_asked_in
from courses.spoken import language_of, marks, spoken_in

KEPT = "kept"
KEPT_AT_MOST = 60_000  # letters: more than any of our forms takes


def organised_cohort(request, pk):
    """Return the cohort with its edition if this person is its organiser, or answer 404."""
    return get_object_or_404(Cohort.objects.organised_by(request.user).with_edition(), pk=pk)


def organised_place(request, pk):
    """Return the organisation if this person is its organiser, or answer 404."""
    return get_object_or_404(Organisation.objects.organised_by(request.user), pk=pk)


def own_enrolment(request, pk, enrolments=None):
    """Return the signed-in person's own enrolment, with its cohort, or answer 404.

    `enrolments` may be a QuerySet that brings along more than that.
    """
    enrolments = Enrolment.objects.all() if enrolments is None else enrolments
    return get_object_or_404(enrolments.of(request.user).with_cohort(), pk=pk)


def own_organisation(person):
    """Return the organisation of the group this person joined last; None when they are in none."""
    if not person.is_authenticated:
        return None
    latest = Enrolment.objects.of(person).select_related("cohort__organisation")
    latest = latest.order_by("joined_at").last()
    return latest.cohort.organisation if latest else None


def own_lesson(enrolment, session, lesson):
    """Return the (session, lesson) of the trainee's edition at this address, or answer 404."""
    found = enrolment.cohort.edition.outline.lesson(session, lesson)
    if found is None:
        raise Http404
    return found


def own_step(lesson, number):
    """Return the step of a lesson at this place, counted from 1, or answer 404."""
    if not 1 <= number <= len(lesson.steps):
        raise Http404
    return lesson.steps[number - 1]


def in_its_words(edition, piece):
    """Say in which language a piece of a course is, for the page that shows it.

    `spoken` is what `spoken_in` says; `said` is what stands in the tags of its words, so that
    they are read aloud as they should be.
    """
    language = language_of(edition, piece)
    return {"spoken": spoken_in(language), "said": marks(language)}


def said_by(enrolment, exercise, words):
    """Mark words that an exercise said when it was answered: see `in_its_words`."""
    return marks(language_asked_in(enrolment, exercise, words))


def open_document(request, pk, name):
    """Return the document at this address if this person may have it, or answer 404.

    It is for those whose cohort follows an edition that uses it, and for those who may put it
    into a lesson.
    """
    found = get_object_or_404(CourseDocument.objects.select_related("collection"), pk=pk)
    if found.filename == name and (
        Cohort.objects.open_to(request.user).filter(edition__files__document=found).exists()
        or policy_registry.get_by_type(CourseDocument).user_has_any_permission_for_instance(
            request.user, ["choose", "change"], found
        )
    ):
        return found
    raise Http404


def frame(enrolment):
    """What every page of a trainee's course shows around the thing itself."""
    return {
        "enrolment": enrolment,
        "cohort": enrolment.cohort,
        "edition": enrolment.cohort.edition,
        "organisation": enrolment.cohort.organisation,
    }


def sign_in_first(request, why, *, otherwise):
    """Tell a script where to sign in: it leads back to the page that asked, or to `otherwise`."""
    here = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(here, {request.get_host()}, request.is_secure()):
        here = otherwise
    sign_in = f"{reverse('account_login')}?{urlencode({'next': here})}"
    return JsonResponse({"why": why, "sign_in": sign_in}, status=401)


def keeps_what_was_written(view):
    """Ask a signed-out person to sign in; what they sent waits for them on the other side."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if request.user.is_authenticated:
            if request.method == "POST":
                request.session.pop(KEPT, None)  # it has arrived
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        sent = {
            name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"
        }
        if sum(len(value) for values in sent.values() for value in values) <= KEPT_AT_MOST:
            request.session[KEPT] = {"path": request.path, "sent": sent}
        return redirect_to_login(reverse("kept"))

    return wrapped
