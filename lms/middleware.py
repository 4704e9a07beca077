"""What every answer of the site carries."""

from csp.constants import HEADER, SELF
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.urls import resolve
from django.utils import translation
from django.utils.log import log_response

from content.h5p.capability import BELOW
from lms import sandbox


def sandbox_door(get_response):
    """Answer for H5P frames, before anything here learns who is asking.

    No cookie is read and none is set. With a host of their own (H5P_ORIGIN) frames are answered
    for there alone, and that host answers for nothing else.
    """

    def middleware(request):
        below = request.path_info.startswith(BELOW)
        if not settings.H5P_ORIGIN:
            return _from_the_sandbox(request) if below else get_response(request)
        is_frames_host = request.get_host() == sandbox.frames_host()
        if is_frames_host or below:
            return _from_the_sandbox(request, is_there=is_frames_host and below)
        return get_response(request)

    return middleware


def _from_the_sandbox(request, is_there=True):
    request.COOKIES = {}
    with translation.override(translation.get_language_from_request(request)):
        answer = _answer(request) if is_there else _not_found()
    for header, value in sandbox.headers(request).items():
        answer.headers[header] = value
    return answer


def _answer(request):
    if request.method == "OPTIONS":
        # H5P's core names itself in a header, for which browsers ask first.
        asked = {
            "Access-Control-Allow-Methods": sandbox.METHODS,
            "Access-Control-Allow-Headers": "X-Requested-With, Range, If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
        return HttpResponse(status=204, headers=asked)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(sandbox.METHODS.split(", "))
    try:
        found = resolve(request.path_info, "lms.urls_sandbox")
        return found.func(request, *found.args, **found.kwargs)
    except Http404:
        return _not_found()
    except Exception as fault:  # what Django does for the rest of the site, without its pages
        got_request_exception.send(sender=None, request=request)
        answer = HttpResponse("Something went wrong here.", status=500, content_type="text/plain")
        log_response("%s", request.path, response=answer, request=request, exception=fault)
        return answer


def _not_found():
    return HttpResponse(
        status=404, content_type="text/plain", headers={"Cache-Control": "no-store"}
    )


def cms_policy(get_response):
    """Loosen the content policy on the CMS's own pages, and nowhere else.

    A preview is drawn by a request of its own, which has its policy already: it keeps it, and may
    only be framed by the CMS.
    """

    def middleware(request):
        response = get_response(request)
        if request.path.startswith(settings.CMS_PATH):
            if HEADER in response.headers:
                del response.headers[HEADER]
                response._csp_replace = {"frame-ancestors": [SELF]}
            else:
                response._csp_replace = settings.CMS_CONTENT_SECURITY_POLICY
        return response

    return middleware


# Who did what, and how things are set up: for administrators. Writers see pages and media.
NOT_FOR_WRITERS = tuple(f"{settings.CMS_PATH}{part}/" for part in ("reports", "workflows"))


def cms_door(get_response):
    """Tell those who are signed in but do not write that the CMS is for others.

    Wagtail would send them to the sign-in page, which sends them back, without end. It would also
    show every writer its reports, which name people.
    """

    def middleware(request):
        person = request.user
        if request.path.startswith(settings.CMS_PATH) and person.is_authenticated:
            if not person.has_perm("wagtailadmin.access_admin"):
                raise PermissionDenied
            if request.path.startswith(NOT_FOR_WRITERS) and not person.is_superuser:
                raise PermissionDenied
        return get_response(request)

    return middleware
