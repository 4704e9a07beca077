"""A page that holds the player and little else, for tests of the player itself.

What the player sends is kept in this process, as a lesson's addresses would keep it.
"""

import json
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path, resolve
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
NEXT, NEXT_STATE = [], []


def forget():
    SAID.clear()
    STATES.clear()
    NEXT.clear()
    NEXT_STATE.clear()


def address(version, *, words="", **wishes):
    """Where the player of a version is. It `keeps` results and state, or none; is `far` down.

    `loose` is without all that keeps a package in: what it can do there is what we keep it from.
    """
    asked = {"words": words, **{wish: "1" for wish, wanted in wishes.items() if wanted}}
    return f"/player/{version.pk}/?{urlencode(asked)}"


def now_address(version, person_pk=0):
    """Where the frame of a version is today."""
    return frame_address(version.pk, person_pk, timezone.now())


def player(request, pk):
    """The player of a version, as a lesson would show it."""
    version = H5PVersion.objects.get(pk=pk)
    keeps = bool(request.GET.get("keeps"))
    shown = {
        "title": version.package.title,
        "words": request.GET.get("words", ""),
        "frame": now_address(version, request.user.pk or 0),
        "version": version.pk,
        "said_url": f"/player/{pk}/said/" if keeps else "",
        "state_url": f"/player/{pk}/state/" if keeps else "",
        "on_url": "/learning/",
    }
    if request.GET.get("loose"):
        return _loose(request, shown)
    before = range(60) if request.GET.get("far") else ()
    return HttpResponse(PAGE.render({"h5p": shown, "before": before}, request))


# --- the same without what keeps a package in --------------------------------------------------

LOOSE = engines["django"].from_string(
    """<!doctype html><title>Loose</title>
    <div class="h5p-stage"><iframe src="{{ frame }}"></iframe></div>"""
)


def _loose(request, shown):
    """A frame of our own origin, as it would be if somebody forgot the sandbox."""
    frame = shown["frame"].replace("/h5p/", "/stand-in/h5p/")
    return _free(HttpResponse(LOOSE.render({"frame": frame}, request)))


def _free(answer):
    answer._csp_exempt = True
    answer.xframe_options_exempt = True
    return answer


def loose_file(request, path):
    """What the frame asks for, as it is, without the headers of the door."""
    found = resolve(f"/h5p/{path}", "lms.urls_sandbox")
    return _free(found.func(request, *found.args, **found.kwargs))


def quiet(request):
    """A page that anybody may read."""
    return _free(HttpResponse("<!doctype html><title>Quiet</title><p>All is well.</p>"))


def worker(request):
    return HttpResponse("", content_type="text/javascript")


def said(request, pk):
    """What somebody did."""
    if NEXT:
        status, answer = NEXT.pop(0)
        return JsonResponse(answer, status=status)
    told = json.loads(request.body)
    known = {each["statement"].get("id") for each in SAID}
    if told["statement"].get("id") in known:  # sent again, as it was left before the answer came
        return JsonResponse({"done": True})
    SAID.append(told)
    return JsonResponse({"done": True}, status=201)


def state(request, pk):
    """Where they are."""
    if request.method == "GET":
        return JsonResponse({"version": pk, "state": STATES.get(pk)})
    if NEXT_STATE:
        status, answer = NEXT_STATE.pop(0)
        return JsonResponse(answer, status=status)
    STATES[pk] = json.loads(request.body)["state"]
    return HttpResponse(status=204)


urlpatterns = [
    path("player/<int:pk>/", player),
    path("player/<int:pk>/said/", said),
    path("player/<int:pk>/state/", state),
    path("stand-in/h5p/<path:path>", loose_file),
    path("stand-in/quiet/", quiet),
    path("stand-in/worker.js", worker),
    path("", include("lms.urls")),
]
