"""The list of badges that no longer count: those of certificates withdrawn or replaced.

What lapsed or is paused is told by the badge's own last day, and not here: this list is there for
everyone, and nobody else's business is that somebody is ill.
"""

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from certificates import status_bits
from certificates.badges import contexts, credentials
from certificates.models import Certificate, Withdrawal

KEPT_FOR = 300  # seconds for which whoever asks may go by what they have


def status_list(which, *, at=None):
    """Return the list in which the certificates of these numbers have their bit, signed.

    Asks the database once. Raises credentials.NoKey.
    """
    address = settings.SITE_ADDRESS + reverse("badge_status", args=[which])
    document = {
        "@context": [contexts.CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": credentials.did(),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": credentials.REVOCATION,
            "encodedList": status_bits.packed(_places(which)),
            "ttl": KEPT_FOR * 1000,
        },
    }
    return credentials.signed(document, at=at or timezone.now())


def lists():
    """Return the numbers of all the lists that badges can name: the first, and those after it."""
    last = Certificate.objects.aggregate(last=Max("pk"))["last"] or 0
    return range(status_bits.place_of(last)[0] + 1)


def _places(which):
    first, last = (status_bits.numbers_in(which)[at] for at in (0, -1))
    withdrawn = Withdrawal.objects.filter(certificate__gte=first, certificate__lte=last)
    replaced = Certificate.objects.filter(replaces__gte=first, replaces__lte=last)
    gone = withdrawn.values_list("certificate").union(replaced.order_by().values_list("replaces"))
    return [status_bits.place_of(pk)[1] for (pk,) in gone]
