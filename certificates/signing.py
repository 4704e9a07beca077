"""A signature in the PDF (PAdES), where a key for it is set. Readers of PDF show who signed.

It is added behind the file as it was drawn, and has no picture on the page: the paper looks the
same, and the file stays PDF/A and PDF/UA. Without a key the file is handed on as it is.
"""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import NoEncryption, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from django.conf import settings

FIELD = "Signature"
BESIDE_CERTIFICATES = (
    2048  # bytes: more than the longest signature takes, and what it is made over
)


class CannotSign(Exception):
    """A key is set, and cannot be used; `str()` says why, and shows no secret."""


def is_on():
    """Tell whether a key to sign PDFs with is set."""
    return bool(settings.PDF_SIGNING_FILE)


def sign(pdf: bytes) -> bytes:
    """Return the PDF with our signature behind it; as it is where no key is set.

    No two signatures are alike, so sign once, and keep the bytes. Raises CannotSign.
    """
    by = signer()
    if by is None:
        return pdf
    # Half a second to import, and only who signs needs it.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSigner

    metadata, field = _asked_for()
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        signed = PdfSigner(metadata, signer=by, new_field_spec=field).sign_pdf(
            writer, bytes_reserved=_room(by)
        )
    except Exception as fault:
        raise CannotSign("The PDF could not be signed.") from fault
    return signed.getvalue()


def signer():
    """Return what signs, or None where no key is set. Raises CannotSign."""
    if not is_on():
        return None
    path = Path(settings.PDF_SIGNING_FILE)
    try:
        return _signer(path, path.stat().st_mtime_ns, settings.PDF_SIGNING_PASSPHRASE)
    except Exception as fault:
        raise CannotSign(
            f"PDF_SIGNING_FILE is {path}, and nothing that signs can be read from it. It has to "
            "be a .p12 file, or a .pem file with a key and its certificates. If it has a "
            "passphrase, set PDF_SIGNING_PASSPHRASE."
        ) from fault


@lru_cache(maxsize=1)
def _signer(path, changed_at, passphrase):
    from pyhanko.sign.signers import SimpleSigner

    kept, passphrase = path.read_bytes(), passphrase.encode() or None
    if b"-----BEGIN" in kept:
        kept, passphrase = _one_file(kept, passphrase), None
    return SimpleSigner.load_pkcs12_data(kept, other_certs=[], passphrase=passphrase)


def _one_file(pem, passphrase):
    """Return what is in a PEM file as PKCS#12: its key, the key's certificate, and all others."""
    key = load_pem_private_key(pem, passphrase)
    found = x509.load_pem_x509_certificates(pem)
    own = next(each for each in found if each.public_key() == key.public_key())
    others = [each for each in found if each is not own]
    return serialize_key_and_certificates(None, key, own, others, NoEncryption())


def _room(by):
    """Return how many figures are kept free in the file for a signature with its certificates.

    Left to itself pyHanko makes a signature only to see how long it is.
    """
    certificates = [by.signing_cert, *by.cert_registry]
    return 2 * (BESIDE_CERTIFICATES + sum(len(each.dump()) for each in certificates))


def _asked_for():
    """Return what kind of signature it is, and the field that holds it."""
    from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,  # by whom the document is, not one reader's yes to it
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    # PDF/A forbids a hidden field and PDF/UA an untagged one on the page: so it is beside it.
    unseen = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
    return metadata, SigFieldSpec(FIELD, invis_sig_settings=unseen)
