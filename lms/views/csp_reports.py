"""Where browsers tell what the content policy blocked."""

from allauth.account.adapter import get_adapter
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lms import csp_reports as reports


@csrf_exempt  # a browser sends it by itself, without our token; nothing of anybody is changed
@require_POST
def csp_reports(request):
    """Take a report, whatever it is; nobody learns from the answer what became of it."""
    data = request.read(reports.LARGEST + 1)
    if len(data) <= reports.LARGEST:
        visitor = get_adapter().get_client_ip(request)
        reports.keep(reports.reports_in(data, request.get_host()), visitor)
    return HttpResponse(status=204)
