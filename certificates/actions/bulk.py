"""Catching up: issuing and drawing many certificates, a chunk at a time.

Each chunk is kept before the next one begins, and what is missing is asked anew each time. So it
can be stopped at any moment, even by a power cut, and started again; and two at once do no harm.
"""

import hashlib
import logging
from dataclasses import dataclass
from functools import cache

from certificates import letterheads, pdf
from certificates.actions import issuing
from certificates.models import Certificate
from courses.models import Milestone

CHUNK = 50

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """What a chunk came to: how many were done, and how many could not be."""

    done: int
    left: int


def missing():
    """Milestones that have no certificate yet, with all that issuing one asks for."""
    return (
        Milestone.objects.exclude(pk__in=Certificate.objects.values("milestone"))
        .select_related("edition", "enrolment__trainee", "enrolment__cohort__organisation")
        .defer("edition__contents")
    )


def issue_missing(*, at):
    """Issue what is missing, undrawn, and yield a Done for each chunk.

    Those whose holders have not said what they are called yet are left, for another time.
    """
    for chunk in _in_chunks(missing()):
        snapshots, letterhead_of = [], cache(letterheads.frozen)
        for milestone in chunk:
            try:
                snapshots.append(issuing.snapshot(milestone, at, letterhead_of))
            except issuing.NameMissing:
                log.info("Milestone %s waits for a name.", milestone.pk)
        Certificate.objects.bulk_create(snapshots, ignore_conflicts=True)
        yield Done(done=len(snapshots), left=len(chunk) - len(snapshots))


def draw_undrawn():
    """Draw what has no PDF yet, and yield a Done for each chunk. The log says why any are left."""
    for chunk in _in_chunks(Certificate.objects.undrawn().for_drawing()):
        drawn = [each for each in chunk if _is_drawn_now(each)]
        # Whoever was a moment quicker has drawn the same; theirs stay.
        Certificate.objects.undrawn().bulk_update(drawn, ["pdf", "pdf_sha256"])
        yield Done(done=len(drawn), left=len(chunk) - len(drawn))


def _is_drawn_now(certificate):
    try:
        certificate.pdf = issuing.made_now(certificate)
    except pdf.CannotDraw:
        log.warning("Certificate %s is not drawn.", certificate, exc_info=True)
        return False
    certificate.pdf_sha256 = hashlib.sha256(certificate.pdf).hexdigest()
    return True


def _in_chunks(found):
    """Yield what is found in lists, by its key: what others add or do meanwhile is no matter."""
    after = 0
    while chunk := list(found.filter(pk__gt=after).order_by("pk")[:CHUNK]):
        after = chunk[-1].pk
        yield chunk
