"""How often one visitor may guess: at numbers that are not known, and at names that are hidden."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils import timezone

from certificates.tally import tally

GUESSES = 40
MINUTES = 10


def has_guessed_enough(request):
    """Tell whether this visitor has to wait a little; at most MINUTES."""
    return cache.get(_key(request), 0) >= GUESSES


def count(request):
    """Count one guess that missed."""
    tally(_key(request), seconds=60 * MINUTES)


def _key(request):
    window = int(timezone.now().timestamp()) // (60 * MINUTES)
    return f"certificate-guesses:{window}:{get_adapter().get_client_ip(request)}"
