"""A certificate authority of our own, for tests of signatures in PDFs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

PASSPHRASE = "only for the tests"


@dataclass(frozen=True)
class Authority:
    """A root, and a certificate that it gave to one key."""

    root: x509.Certificate
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def as_pem(self, passphrase=PASSPHRASE):
        """The key and both certificates in one file, the root first."""
        locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
        told = [each.public_bytes(Encoding.PEM) for each in (self.root, self.certificate)]
        return b"".join([key, *told])

    def as_p12(self, passphrase=PASSPHRASE):
        locked = BestAvailableEncryption(passphrase.encode())
        return pkcs12.serialize_key_and_certificates(
            b"signs", self.key, self.certificate, [self.root], locked
        )


def make_authority(name="Canal Street Peer Support"):
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _n in range(2))
    root_name, own_name = _called(f"{name}: root"), _called(name)
    root = _certificate(root_name, root_name, root_key, root_key, is_root=True)
    certificate = _certificate(own_name, root_name, key, root_key, is_root=False)
    return Authority(root, certificate, key)


def _called(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(subject, issuer, key, by, *, is_root):
    today = datetime.now(UTC)
    use = dict.fromkeys(
        [
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ],
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_root,
                content_commitment=not is_root,
                key_cert_sign=is_root,
                crl_sign=is_root,
                **use,
            ),
            critical=True,
        )
        .sign(by, SHA256())
    )
