"""A person's record as one file: their certificates, and all they did, to read anywhere."""

import io
import json
import zipfile

from django.template.loader import render_to_string
from django.utils import timezone

from certificates import badges
from certificates.actions.issuing import drawn_if_possible
from certificates.life import State
from certificates.models import Certificate


def as_zip(record):
    """Return the bytes of a ZIP with a page, the data, and each certificate's PDF and badge.

    What was withdrawn is told in the data, and its PDF is not handed out.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        page = render_to_string("certificates/record_to_keep.html", {"record": record})
        archive.writestr("record.html", page)
        archive.writestr("record.json", _json(record.as_data()))
        _write_certificates(archive, record.certificates)
    return packed.getvalue()


def write_certificates(archive, person):
    """Write a person's certificates and badges into an open ZIP."""
    _write_certificates(archive, Certificate.objects.of(person))


def _write_certificates(archive, certificates):
    for certificate in certificates:
        if certificate.state is State.WITHDRAWN:
            continue
        if badges.is_on():
            name = f"badges/badge-{certificate.shown_serial}"
            archive.writestr(f"{name}.json", _json(badges.credential(certificate)))
            archive.writestr(f"{name}.svg", badges.svg(certificate))
        whole = drawn_if_possible(Certificate.objects.get(pk=certificate.pk))
        if whole.is_drawn:
            name = f"certificates/certificate-{whole.shown_serial}.pdf"
            archive.writestr(name, bytes(whole.pdf))


def file_name():
    """Return what the file is called: with the day, so that a later one does not cover it."""
    return f"my-record-{timezone.localdate().isoformat()}.zip"


def _json(data):
    return json.dumps(data, ensure_ascii=False, indent=2)
