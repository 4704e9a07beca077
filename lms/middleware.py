"""What every answer of the site carries."""

from csp.constants import HEADER, SELF
from django.conf import settings
from django.core.exceptions import PermissionDenied


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
