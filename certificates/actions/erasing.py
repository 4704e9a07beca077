"""Taking what is about a person out of their certificates: the one thing that may go from them."""

from django.db import transaction

from certificates.guard import GONE
from certificates.models import Certificate, Erased, PauseTurn, Renewal, Withdrawal
from certificates.models import PauseReason as Why


@transaction.atomic
def erase(*, holder, at, keeps_name):
    """Take out what was noted about a holder and, unless they keep it, their name. Twice is once.

    The serial, the hash of the bytes and the letterhead stay. Rows beside the certificates let
    the database's own guard know that this was asked for.
    """
    mine = Certificate.objects.filter(holder=holder)
    keys = list(mine.values_list("pk", flat=True))
    rows = [Erased(certificate_id=pk, keeps_name=keeps_name, at=at) for pk in keys]
    Erased.objects.bulk_create(rows, ignore_conflicts=True)
    mine.exclude(replaced_note="").update(replaced_note="")
    beside = {"milestone__enrolment__trainee": holder}
    Withdrawal.objects.filter(certificate__in=keys).exclude(note=GONE).update(note=GONE)
    Renewal.objects.filter(**beside).exclude(note="").update(note="")
    paused = PauseTurn.objects.filter(is_paused=True, milestone__in=mine.values("milestone"))
    paused.exclude(reason=Why.OTHER).update(reason=Why.OTHER)
    if not keeps_name:
        mine.exclude(pdf=None).update(pdf=None, name="")
        mine.exclude(name="").update(name="")
