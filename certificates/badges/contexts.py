"""What the words of a badge mean: the two JSON-LD contexts that it names, as npm brought them.

They are data of the W3C and of 1EdTech. No copy is kept in this repository, and none is ever
fetched: who signs must know beforehand what the words mean.
"""

import json
from functools import cache
from pathlib import Path

from django.conf import settings

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
FILES = {
    CREDENTIALS: "credentials-v2-context/contexts/credentials-v2.jsonld",
    OPEN_BADGES: "open-badges-context/js/contexts/context-3.0.3.js",
}


class NotHere(Exception):
    """A context that is not among ours was asked for."""


def are_here():
    """Tell whether npm has brought them."""
    return all(_path(address).is_file() for address in FILES)


def load(address, _options=None):
    """Return a context, as pyld asks for it. Raises NotHere instead of asking the network."""
    if address not in FILES:
        raise NotHere(address)
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": _read(_path(address)),
        "tag": "static",  # it comes with us and stays: pyld works it out once, and remembers
    }


def _path(address):
    return Path(settings.NODE_MODULES) / "@digitalcredentials" / FILES[address]


@cache
def _read(path):
    text = path.read_text()
    if path.suffix == ".js":  # a script whose one statement exports plain JSON
        text = text.split("module.exports =", 1)[1].strip().removesuffix(";")
    return json.loads(text)
