"""Is everything working? For people, in words; for machines, in names."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.models import Organisation
from lms import working, working_facts, working_words
from lms.working import State


@require_GET
def healthz(request):
    """Answer “ok” when the site is up and its database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_GET
def readyz(request):
    """Tell machines what is well, by name; 503 when nobody should be sent here.

    With `?all` it is 503 as soon as anything needs a look: for whoever watches over the site.
    """
    verdicts = working_facts.kept_verdicts()
    is_well = working.all_well if "all" in request.GET else working.can_serve
    told = {each.line.value: each.state.value for each in verdicts}
    return JsonResponse(told, status=200 if is_well(verdicts) else 503)


@dataclass(frozen=True)
class Row:
    """A line as it is shown."""

    title: str
    word: str
    found: str
    to_do: str


@login_required
@never_cache
@require_GET
def page(request):
    """Tell organisers and administrators how the site is. It says nothing about people."""
    if not _may_ask(request.user):
        raise Http404
    verdicts = working_facts.verdicts()
    context = {
        "organises": True,
        "all_well": working.all_well(verdicts),
        "can_serve": working.can_serve(verdicts),
        # What needs somebody stands first.
        "to_look_at": [_row(each) for each in verdicts if each.state is not State.WELL],
        "well": [_row(each) for each in verdicts if each.state is State.WELL],
    }
    return render(request, "lms/working.html", context)


def _may_ask(person):
    return person.is_superuser or Organisation.objects.organised_by(person).exists()


def _row(verdict):
    return Row(
        title=working_words.TITLES[verdict.line],
        word=working_words.STATES[verdict.state],
        found=working_words.found(verdict),
        to_do=working_words.to_do(verdict),
    )
