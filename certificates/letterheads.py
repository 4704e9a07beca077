"""From what an organisation has set for its certificates to the state that is printed."""

import hashlib
import json
from io import BytesIO

from django.conf import settings
from django.db.models import Case, Value, When
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from certificates.models import Certificate, CertificateStyle, Letterhead
from courses.models import Milestone, MilestoneKind

# Enough for sixty millimetres in print. A change of how a logo is scaled needs another number.
LOGO_AT_MOST = (720, 300)
LOGO_SCALED = 1


def frozen(organisation, language):
    """Return the letterhead for a certificate that is issued now, in this language.

    The same state is there once: it is made when it is first asked for.
    """
    style = _style(organisation, language)
    said = _said(style, language)
    fingerprint = _fingerprint(said, style.logo)
    known = Letterhead.objects.filter(organisation=organisation, fingerprint=fingerprint)
    return known.first() or _made(organisation, said, fingerprint, style.logo)


def as_set(style):
    """Return what a style comes to, as a letterhead that is not kept."""
    logo, logo_type = _print_size(style.logo)
    return Letterhead(**_said(style, style.language), logo=logo, logo_type=logo_type)


def sample(style, kind):
    """Return a certificate of nobody, to show how a style looks. It is not kept."""
    with translation.override(style.language):
        return _sample(style, kind, timezone.localdate())


def _sample(style, kind, day):
    is_of_ready = kind == MilestoneKind.READY
    return Certificate(
        milestone=Milestone(kind=kind),
        serial="0" * 12,
        name=_("Amina Yusuf"),
        course_title=_("Becoming a peer facilitator"),
        edition_number=1,
        organisation_name=style.organisation.name if style.organisation_id else "",
        hours="21.5",
        first_day=day,
        last_day=day,
        training_day=day,
        months=12 if is_of_ready else None,
        done=[
            _("practised listening so that people feel heard"),
            _("made small action plans and looked back on them with the group"),
        ],
        competencies=[_("listening without giving advice"), _("keeping a group safe")],
        language=style.language,
        letterhead=as_set(style),
        issued_at=timezone.now(),
    )


def _style(organisation, language):
    """Return the style in this language, or else another of theirs, or one that nobody set."""
    rank = Case(
        When(language=language, then=Value(0)),
        When(language=settings.LANGUAGE_CODE, then=Value(1)),
        default=Value(2),
    )
    theirs = CertificateStyle.objects.filter(organisation=organisation).select_related("logo")
    found = theirs.order_by(rank, "pk").first()
    return found or CertificateStyle(organisation=organisation, language=language)


def _said(style, language):
    """Return all that is printed but the logo. Words in another language are left to ours."""
    is_theirs = style.language == language
    return {
        "layout": style.layout,
        "paper": style.paper,
        "colour": style.colour,
        "language": language,
        "opening": style.opening if is_theirs else "",
        "closing": style.closing if is_theirs else "",
        "signatories": [
            {"name": each.value["name"], "role": each.value["role"] if is_theirs else ""}
            for each in style.signatories
        ],
    }


def _fingerprint(said, logo):
    picture = [LOGO_SCALED, logo.get_file_hash()] if logo else []
    told = json.dumps([said, picture], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def _made(organisation, said, fingerprint, logo):
    scaled, logo_type = _print_size(logo)
    made = Letterhead(
        organisation=organisation,
        fingerprint=fingerprint,
        made_at=timezone.now(),
        logo=scaled,
        logo_type=logo_type,
        **said,
    )
    # Somebody may have made the same a moment ago.
    Letterhead.objects.bulk_create([made], ignore_conflicts=True)
    return Letterhead.objects.get(organisation=organisation, fingerprint=fingerprint)


def _print_size(picture):
    """Return a picture on white, no larger than print needs, and its type. Of none: nothing."""
    if picture is None:
        return b"", ""
    with picture.open_file() as file, Image.open(file) as given:
        drawn = ImageOps.exif_transpose(given).convert("RGBA")
    drawn.thumbnail(LOGO_AT_MOST)
    sheet = Image.new("RGB", drawn.size, "white")
    sheet.paste(drawn, mask=drawn)
    kept = BytesIO()
    # As a JPEG it goes into a PDF as it is. A PNG would be packed anew for each certificate.
    sheet.save(kept, "JPEG", quality=92, subsampling=0, optimize=True)
    return kept.getvalue(), "image/jpeg"
