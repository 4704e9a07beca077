"""Printed cards: a code that signs in somebody who has no e-mail address, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from courses import codes
from courses.models import RoleKind
from lms.models import SignInCard, User

LENGTH = 12  # in fours on the card: 26^12 of them, so that guessing leads nowhere
GOOD_FOR = timedelta(days=30)
# Who can see what others did, or change it, signs in with a code by e-mail.
NEVER_BY_CARD = (RoleKind.ORGANISER, RoleKind.SAFEGUARDING_LEAD)


@dataclass(frozen=True)
class Made:
    """A card as it is printed. Its code is known at this moment only: its hash is kept."""

    person: User
    code: str
    expires_at: datetime

    @property
    def in_fours(self):
        return codes.in_fours(self.code)


@transaction.atomic
def make(*, people, by, at):
    """Make a card for each of these people; the cards they had before no longer work.

    Only people without an address get one: others could be signed in by whoever holds it.
    """
    ids = [person.pk for person in people]
    found = list(User.objects.select_for_update().filter(pk__in=ids, email=None, is_active=True))
    SignInCard.objects.usable(at).filter(person__in=found).update(cancelled_at=at)
    made = [Made(person, codes.new(LENGTH), at + GOOD_FOR) for person in found]
    SignInCard.objects.bulk_create(
        SignInCard(
            person=each.person,
            code_hash=hashed(each.code),
            made_by=by,
            made_at=at,
            expires_at=each.expires_at,
        )
        for each in made
    )
    return made


@transaction.atomic
def use(*, code, at):
    """Use a card up and return whose it is; None when it is wrong, used, or too old."""
    usable = SignInCard.objects.usable(at).filter(code_hash=hashed(codes.read(code)))
    card = usable.select_related("person").first()
    if card is None or not _may_come_in(card.person):
        return None
    # Of two who use it at the same moment, one comes in.
    return card.person if usable.filter(pk=card.pk).update(used_at=at) else None


def hashed(code):
    """Return what is kept of a code. Without the site's own key nobody can work it out."""
    return salted_hmac("lms.cards", code, algorithm="sha256").hexdigest()


def _may_come_in(person):
    is_staff = person.is_staff or person.is_superuser
    holds = person.roles.in_force().filter(kind__in=NEVER_BY_CARD)
    return person.is_active and not person.email and not is_staff and not holds.exists()
