"""Badges: what a certificate says, as data that anyone can check without asking us.

`credential` is the badge; `svg` and `png` are pictures with the badge inside; `pdf_attachment` is
what goes into the certificate's PDF. All take a certificate that comes from `for_reading`.
"""

import logging

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certificates.badges import baking, contexts, keys, pictures
from certificates.badges.credentials import NoKey, credential, did_document
from certificates.badges.statuses import status_list

__all__ = [
    "NoKey",
    "credential",
    "did_document",
    "is_on",
    "pdf_attachment",
    "png",
    "status_list",
    "svg",
]

ATTACHED_AS = "badge.json"
MEDIA_TYPE = "application/vc+ld+json"

log = logging.getLogger(__name__)


def is_on():
    """Tell whether there are badges here: a key to sign with, and the contexts that npm brings.

    Keys that cannot be read are as none, and the log says so: certificates go on without badges.
    """
    try:
        return contexts.are_here() and bool(keys.known())
    except keys.KeysUnreadable as fault:
        log.error("There are no badges: %s", fault)
        return False


def svg(certificate, *, with_name=True):
    """Return the badge's picture as SVG, with the badge in it. Raises NoKey."""
    return baking.into_svg(pictures.svg(certificate), credential(certificate, with_name=with_name))


def png(certificate, *, with_name=True):
    """Return the badge's picture as PNG, with the badge in it. Raises NoKey, CannotDraw."""
    return baking.into_png(pictures.png(certificate), credential(certificate, with_name=with_name))


def pdf_attachment(certificate):
    """Return (file name, media type, bytes, description) of what goes into the PDF, or None.

    It is the badge as of the day of issue, whenever it is drawn, with the name that is printed:
    the same certificate and key give the same bytes. None where there are no badges, and for a
    certificate that is not kept (a preview), as it has no place in a status list.
    """
    if certificate.pk is None or not is_on():
        return None
    issued_on = timezone.localdate(certificate.issued_at)
    badge = baking.as_text(credential(certificate, day=issued_on))
    return (ATTACHED_AS, MEDIA_TYPE, badge.encode(), _described(certificate))


def _described(certificate):
    with translation.override(certificate.language):
        return _("What this certificate says, signed, for programs to check (Open Badges 3.0)")
