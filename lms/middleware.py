"""What every answer of the site carries."""

from csp.constants import HEADER, SELF
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.log import log_response

from content.h5p.capability import BELOW
from courses import urls as learner_urls
from lms import devices, sandbox, second_step, uploads, urls_accounts
from lms.no_room import is_for_want_of_room


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


def kept_to_oneself(get_response):
    """Let nobody on the way keep what somebody who is signed in was shown, nor a shared browser.

    A page that says itself how it may be kept, like a badge, has thought about it.
    """

    def middleware(request):
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware


def only_so_much(get_response):
    """Turn away what is too large, or comes too often, before a byte of it is read."""

    def middleware(request):
        if status := uploads.refusal(request):
            return render(request, f"{status}.html", status=status)
        return get_response(request)

    return middleware


def cms_policy(get_response):
    """Loosen the content policy on the CMS's own pages; say everywhere where to tell of blocks.

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
        response.headers["Reporting-Endpoints"] = f'csp="{settings.CSP_REPORTS_PATH}"'
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


# Where people go whatever they are here besides: public pages, signing in, and what is their own.
# Every other address that has a name is behind the second step, also one that is made tomorrow.
OPEN = {
    *(page.name for page in learner_urls.urlpatterns),
    *(page.name for page in urls_accounts.urlpatterns),
    *(
        "healthz",
        "readyz",
        "csp_reports",
        "join",
        "join_cohort",
        "join_invited",
        "stop_waiting",
        "card",
        "card_code",
    ),
    *("account_signup", "kept", "demo_link", "learning", "me", "display", "language"),
    *("role_answer", "devices", "device_sign_out", "devices_sign_out"),
    *("calendar", "calendar_file", "calendar_feed", "feedback_door", "reminder_choices"),
    *("stop_reminders", "record", "record_zip", "certificate", "certificate_pdf", "large_print"),
    *("check_form", "check", "check_json", "certificate_colour", "badge_json", "badge_svg"),
    *("badge_png", "badge_status", "did", "achievement"),
    *("wagtail_serve", "wagtaildocs_serve"),
}


def second_step_door(get_response):
    """Lead those who look after others' records, or write, to their second step first."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not settings.SECOND_STEP_REQUIRED or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name
        is_open = name is None or name in OPEN
        if is_open and not request.path.startswith(settings.CMS_PATH):
            return None
        if second_step.is_passed(request) or not second_step.is_needed_by(request.user):
            return None
        return redirect(second_step.way_in(request))

    middleware.process_view = process_view
    return middleware


def last_seen(get_response):
    """Note once a day that a device is still in use. Whoever is not signed in costs nothing."""

    def middleware(request):
        response = get_response(request)
        is_due = request.session.accessed and not devices.is_noted_today(request)
        if is_due and request.user.is_authenticated:
            try:
                devices.note(request, request.user)
            except OperationalError as fault:
                # A page that can still be read is not kept back for it.
                if not is_for_want_of_room(fault):
                    raise
        return response

    return middleware
