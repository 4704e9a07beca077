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


def cms_door(get_response):
    """Tell those who are signed in but do not write that the CMS is for others.

    Wagtail would send them to the sign-in page, which sends them back, without end.
    """

    def middleware(request):
        if (
            request.path.startswith(settings.CMS_PATH)
            and request.user.is_authenticated
            and not request.user.has_perm("wagtailadmin.access_admin")
        ):
            raise PermissionDenied
        return get_response(request)

    return middleware
