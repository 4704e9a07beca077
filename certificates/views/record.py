"""A person's own record, to read and to take away."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates import takeaway
from certificates.record import record_of
from certificates.views.scope import not_for_search


@login_required
@require_safe
@not_for_search
def record(request):
    """Show all that this person did here, and nobody else's."""
    return render(request, "certificates/record.html", {"record": record_of(request.user)})


@login_required
@require_safe
@never_cache
def record_zip(request):
    """Hand it out as one file."""
    return HttpResponse(
        takeaway.as_zip(record_of(request.user)),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{takeaway.file_name()}"'},
    )
