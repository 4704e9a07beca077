"""How a certificate looks: in large print, and in the colour of its organisation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from certificates import letter, pdf, telling
from certificates.colours import is_colour
from certificates.models import Certificate
from certificates.views.scope import certificate_at, not_for_search


@login_required
@require_safe
@not_for_search
def large_print(request, serial):
    """The same words in large print, drawn when they are asked for. What is kept is the other."""
    mine = Certificate.objects.readable_by(request.user).for_drawing()
    found = certificate_at(mine, serial)
    if found.state in telling.ENDED:
        return redirect(found)
    try:
        made = pdf.draw(found, design=letter.LARGE_PRINT)
    except pdf.CannotDraw:
        messages.info(request, _("The PDF cannot be made right now. This page says the same."))
        return redirect(found)
    name = f"certificate-{found.shown_serial}-large-print.pdf"
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@require_safe
@cache_control(public=True, max_age=60 * 60 * 24 * 365, immutable=True)
def colour(request, colour):
    """A colour as a stylesheet: pages of ours hold no styles of their own."""
    if not is_colour(f"#{colour}"):
        raise Http404
    return HttpResponse(f":root {{ --sheet-colour: #{colour} }}\n", content_type="text/css")
