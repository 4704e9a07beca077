import os
import shutil
import subprocess
from io import BytesIO

import pytest
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from certificates import checks, signing
from content import paper
from tests.certificates.signers import PASSPHRASE, make_authority

pytestmark = pytest.mark.skipif(not paper.can_draw(), reason="nothing here draws PDF")

PAGE = """<!doctype html><html lang="en"><head><title>A certificate</title></head>
<body><h1>Rhiannon Ŵyn Prŷs</h1><p>completed the course.</p></body></html>"""


@pytest.fixture(scope="module")
def pdf():
    return paper.draw(PAGE)


@pytest.fixture(scope="module")
def authority():
    return make_authority()


@pytest.fixture(params=["p12", "pem"])
def key(request, authority, settings, tmp_path):
    """A key is set, in either kind of file."""
    path = tmp_path / f"signs.{request.param}"
    path.write_bytes(getattr(authority, f"as_{request.param}")())
    settings.PDF_SIGNING_FILE = str(path)
    settings.PDF_SIGNING_PASSPHRASE = PASSPHRASE
    return path


def judged(pdf, root):
    """What pyHanko says of the one signature in a file, if it trusts this root alone."""
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    trusted = asn1.Certificate.load(root.public_bytes(Encoding.DER))
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[trusted]))


def test_without_a_key_a_pdf_is_handed_on_as_it_is(pdf, settings):
    settings.PDF_SIGNING_FILE = ""

    assert signing.is_on() is False
    assert signing.sign(pdf) is pdf
    assert checks.pdfs_can_be_signed(None) == []


def test_a_signature_is_trusted_by_who_trusts_its_root(pdf, key, authority):
    told = judged(signing.sign(pdf), authority.root)

    assert told.bottom_line is True
    assert told.coverage.name == "ENTIRE_FILE"
    assert told.signing_cert.subject.native["common_name"] == "Canal Street Peer Support"


def test_it_is_not_trusted_by_who_trusts_another_root(pdf, key):
    told = judged(signing.sign(pdf), make_authority().root)

    assert (told.intact, told.valid, told.trusted) == (True, True, False)


def test_a_byte_changed_anywhere_before_is_noticed(pdf, key, authority):
    signed = bytearray(signing.sign(pdf))
    signed[signed.index(b"/Producer")] = ord(" ")

    assert judged(bytes(signed), authority.root).intact is False


def test_nothing_that_was_drawn_is_rewritten(pdf, key):
    signed = signing.sign(pdf)

    assert signed.startswith(pdf)
    before, after = (PdfReader(BytesIO(each)).pages for each in (pdf, signed))
    assert [page.extract_text() for page in after] == [page.extract_text() for page in before]


def test_pdfsig_says_that_the_signature_is_valid(pdf, key, tmp_path):
    program = shutil.which("pdfsig")
    if not program:
        missing = "pdfsig is not here. To get it:  sudo apt-get install poppler-utils"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(signing.sign(pdf))

    said = subprocess.run(  # noqa: S603 - a program of the system, and a file of ours
        [program, "-nocert", str(signed)], capture_output=True, text=True, check=True
    ).stdout

    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said


def amiss(path, authority):
    path.write_bytes(b"no key at all")


def of_somebody_else(path, authority):
    other = make_authority()
    key = authority.as_pem().split(b"-----BEGIN CERTIFICATE")[0]
    path.write_bytes(key + other.root.public_bytes(Encoding.PEM))


def locked_otherwise(path, authority):
    path.write_bytes(authority.as_p12("another passphrase"))


@pytest.mark.parametrize("spoil", [amiss, of_somebody_else, locked_otherwise, None])
def test_a_key_that_cannot_be_used_is_told_without_its_passphrase(
    pdf, authority, settings, tmp_path, spoil
):
    path = tmp_path / "signs.p12"
    if spoil:
        spoil(path, authority)
    settings.PDF_SIGNING_FILE, settings.PDF_SIGNING_PASSPHRASE = str(path), PASSPHRASE

    with pytest.raises(signing.CannotSign) as told:
        signing.sign(pdf)

    assert PASSPHRASE not in str(told.value)
    assert [each.msg for each in checks.pdfs_can_be_signed(None)] == [str(told.value)]


def test_what_is_no_pdf_cannot_be_signed(key):
    with pytest.raises(signing.CannotSign):
        signing.sign(b"not a PDF")
