"""What veraPDF says of our certificates: every design, with names in many scripts."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from certificates import letter, pdf
from certificates.models import Paper
from courses.models import MilestoneKind
from tests.certificates.make import a_letter, a_letterhead, a_sheet, make_certificate
from tests.certificates.names import NAMES
from tests.certificates.signers import PASSPHRASE, make_authority
from tests.certificates.verapdf import STANDARDS, faults_in

BADGE = ("badge.json", "application/ld+json", b'{"type": "OpenBadgeCredential"}', "The badge")


def a_certificate(number, name):
    """One of each two is of being ready, on the other paper, with words of its organisation."""
    if number % 2:
        return a_sheet(MilestoneKind.READY, a_letterhead(paper=Paper.LETTER), name=name)
    bare = a_letterhead(logo=b"", opening="", closing="", signatories=[])
    return a_sheet(MilestoneKind.COMPLETION, bare, name=name)


@pytest.mark.parametrize("design", letter.DRAWN_WITH)
def test_every_name_keeps_to_both_standards_in_every_design(tmp_path, design):
    for number, (script, name) in enumerate(NAMES.items()):
        drawn = pdf.draw(a_certificate(number, name), design=design)
        (tmp_path / f"{script}.pdf").write_bytes(drawn)

    found = faults_in(tmp_path)

    assert {of: faults for of, faults in found.items() if faults} == {}
    assert len(found) == len(NAMES) * len(STANDARDS)


def test_so_does_one_with_files_within_it(tmp_path):
    files = [BADGE, ("a.txt", "text/plain", b"a", "Another file")]
    (tmp_path / "with-files.pdf").write_bytes(pdf.draw(a_letter(), files))

    assert faults_in(tmp_path) == {("with-files.pdf", standard): "" for standard in STANDARDS}


@pytest.mark.django_db
def test_so_does_one_as_it_is_handed_out_with_its_badge_and_a_signature(tmp_path, settings):
    key = tmp_path / "key.p12"
    key.write_bytes(make_authority().as_p12())
    settings.PDF_SIGNING_FILE, settings.PDF_SIGNING_PASSPHRASE = str(key), PASSPHRASE
    handed_out = tmp_path / "handed-out"
    handed_out.mkdir()

    certificate = make_certificate()

    (handed_out / "certificate.pdf").write_bytes(certificate.pdf)
    reader = PdfReader(BytesIO(certificate.pdf))
    assert list(reader.attachments) == ["badge.json"]
    assert reader.get_fields()
    assert faults_in(handed_out) == {("certificate.pdf", standard): "" for standard in STANDARDS}


def without(pdf_bytes, *keys):
    """Return the file without these parts of what it says about itself."""
    writer = PdfWriter(clone_from=BytesIO(pdf_bytes))
    for key in keys:
        del writer.root_object[key]
    changed = BytesIO()
    writer.write(changed)
    return changed.getvalue()


def test_a_file_that_does_not_keep_to_them_is_found(tmp_path):
    whole = pdf.draw(a_letter())
    for part in ("Lang", "MarkInfo", "Metadata", "OutputIntents"):
        (tmp_path / f"{part}.pdf").write_bytes(without(whole, f"/{part}"))
    (tmp_path / "torn.pdf").write_bytes(whole[:2000])

    found = faults_in(tmp_path)

    assert sorted(of for of, faults in found.items() if faults) == [
        ("Lang.pdf", "ua1"),
        ("MarkInfo.pdf", "3a"),
        ("MarkInfo.pdf", "ua1"),
        ("Metadata.pdf", "3a"),
        ("Metadata.pdf", "ua1"),
        ("OutputIntents.pdf", "3a"),
        ("torn.pdf", "3a"),
        ("torn.pdf", "ua1"),
    ]
