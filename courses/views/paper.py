"""Sending what is printed as PDF, in usual and in large print."""

import logging
from functools import lru_cache

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from content import paper

log = logging.getLogger(__name__)


def is_large(request):
    """Tell whether large print is asked for."""
    return "large" in request.GET


def pdf_address(address):
    """Return where the PDF of a page is found; None where none can be drawn."""
    return address if paper.can_draw() else None


@lru_cache(maxsize=16)
def drawn(document, title):
    """Draw a document. The whole guide takes seconds, and both of a pair ask for it."""
    return paper.draw(document, what=title)


def as_pdf(request, sheet, context, *, page):
    """Answer with a sheet as PDF. Where it cannot be drawn, lead back to its `page`."""
    context = {**context, "sheet": sheet, "is_large": is_large(request)}
    document = render_to_string("courses/paper/document.html", context)
    try:
        pdf = drawn(document, context["title"])
    except paper.CannotDraw as why:
        log.warning("%s", why, exc_info=why)
        messages.info(
            request, _("The PDF cannot be made right now. This page says the same: print it.")
        )
        return redirect(page)
    name = slugify(context["title"], allow_unicode=True) or "alongside"
    if context["is_large"]:
        name += "-" + slugify(_("large print"))
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(True, f"{name}.pdf"),
            "Cache-Control": "private, no-cache",
        },
    )
