"""A page that holds the player and little else, for tests of the player itself.

What the player sends is kept in this process, as a lesson's addresses would keep it.
"""

import json
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path
from django.utils import timezone

from content.h5p.capability import frame_address
from content.models import H5PVersion

PAGE = engines["django"].from_string(
    """{% extends "base.html" %}{% block title %}{{ h5p.title }}{% endblock %}
    {% block main %}<h1>{{ h5p.title }}</h1>
    {% for line in before %}<p>One more line to read first.</p>{% endfor %}
    {% include "content/h5p/player.html" %}{% endblock %}"""
)
SAID, STATES = [], {}
# What the site answers next time, in place of taking it: (status, what it says).
NEXT = []


def forget():
    SAID.clear()
    STATES.clear()
    NEXT.clear()


def address(version, *, words="", keeps=False, far=False):
    """Where the player of a version is. `keeps` results and state, or none; `far` down the page."""
    asked = {"words": words, "keeps": "1" if keeps else "", "far": "1" if far else ""}
    return f"/player/{version.pk}/?{urlencode(asked)}"


def player(request, pk):
    """The player of a version, as a lesson would show it."""
    version = H5PVersion.objects.get(pk=pk)
    keeps = bool(request.GET.get("keeps"))
    shown = {
        "title": version.package.title,
        "words": request.GET.get("words", ""),
        "frame": frame_address(version.pk, request.user.pk or 0, timezone.now()),
        "version": version.pk,
        "said_url": f"/player/{pk}/said/" if keeps else "",
        "state_url": f"/player/{pk}/state/" if keeps else "",
        "on_url": "/learning/",
    }
    before = range(60) if request.GET.get("far") else ()
    return HttpResponse(PAGE.render({"h5p": shown, "before": before}, request))


def said(request, pk):
    """What somebody did."""
    if NEXT:
        status, answer = NEXT.pop(0)
        return JsonResponse(answer, status=status)
    SAID.append(json.loads(request.body))
    return JsonResponse({"done": True}, status=201)


def state(request, pk):
    """Where they are."""
    if request.method == "GET":
        return JsonResponse({"version": pk, "state": STATES.get(pk)})
    if NEXT:
        status, answer = NEXT.pop(0)
        return JsonResponse(answer, status=status)
    STATES[pk] = json.loads(request.body)["state"]
    return HttpResponse(status=204)


urlpatterns = [
    path("player/<int:pk>/", player),
    path("player/<int:pk>/said/", said),
    path("player/<int:pk>/state/", state),
    path("", include("lms.urls")),
]
