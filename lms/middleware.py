"""What every answer of the site carries."""

from django.conf import settings


def cms_policy(get_response):
    """Loosen the content policy on the CMS's own pages, and nowhere else."""

    def middleware(request):
        response = get_response(request)
        if request.path.startswith(settings.CMS_PATH):
            response._csp_replace = settings.CMS_CONTENT_SECURITY_POLICY
        return response

    return middleware
