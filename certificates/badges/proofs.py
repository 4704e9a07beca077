"""Signing a document so that anyone can check it: Data Integrity with `eddsa-rdfc-2022`.

What is signed is what the document means, statement by statement, and not how its JSON is laid
out. A word that no context knows says nothing, and would not be signed: `sign` refuses it.
"""

import hashlib
import threading

from certificates import multibase
from certificates.badges import contexts

MOMENT = "%Y-%m-%dT%H:%M:%SZ"
UNKNOWN = "unknown:///"  # before what would be an address, and is none

# All threads share what pyld remembers of contexts, and it stumbles when two write there at once.
_one_at_a_time = threading.Lock()


class SaysNothing(Exception):
    """A member of the document means nothing by its contexts, and so would not be signed."""


def sign(document, *, key, method, at):
    """Return the document with its proof.

    `method` is the address of the key in the issuer's DID document. The same document, key and
    moment give the same proof. Raises SaysNothing.
    """
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": at.strftime(MOMENT),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    signature = key.sign(digest(document, proof))
    # An array, though there is one: so the schema of Open Badges wants it.
    return document | {"proof": [proof | {"proofValue": multibase.base58(signature)}]}


def digest(document, proof):
    """Return what the signature is made over: the proof's own terms, and then the document."""
    terms = {"@context": document["@context"], **proof}
    return b"".join(
        hashlib.sha256(statements(each).encode()).digest() for each in (terms, document)
    )


def statements(document):
    """Return what the document says, as statements in the one order there is."""
    from pyld.jsonld import JsonLdProcessor  # slow to import, and only who makes a badge needs it

    dropped = []
    processor = JsonLdProcessor(on_property_dropped=dropped.append)
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": contexts.load,
        "base": UNKNOWN,
    }
    with _one_at_a_time:
        said = processor.normalize(document, options)
    if dropped or f"<{UNKNOWN}" in said:
        raise SaysNothing(", ".join(map(str, dropped)) or "a type or an address")
    return said
