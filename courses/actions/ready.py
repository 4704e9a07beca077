"""An organiser's word that somebody is ready to co-facilitate, and what is waived for access.

What keeps people safe is never waived: `courses.completion.WAIVABLE` says what can be.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.actions.keys import key_for
from courses.actions.milestones import ready_standing_of, settle
from courses.completion import WAIVABLE
from courses.models import Enrolment, Organisation, ReadySignOff, Waiver

WHY_NEVER = {
    "session_attended": gettext_lazy(
        "The session about safety is never waived. Arrange a catch-up instead."
    ),
    "final_check": gettext_lazy(
        "The check at the end is never waived, as it asks about safety. People can take it as "
        "often as they like, and on paper."
    ),
    "practice_ready": gettext_lazy(
        "What was seen in practice is never waived: it keeps the people of a group safe. Practice "
        "can be held in another way, or at another place."
    ),
    "agreements_signed": gettext_lazy(
        "The agreements are never waived. Somebody can read them out, and help with signing."
    ),
    "sign_off": gettext_lazy("The sign-off is your own word, so there is nothing to waive."),
    "completion": gettext_lazy(
        "Completing the course is not waived as a whole. Its sessions and its lessons can be, one "
        "by one."
    ),
}


class CannotSignOff(Exception):
    """This person cannot be signed off now, or not by this organiser; `str()` says why."""


class CannotWaive(Exception):
    """This cannot be waived, or not by this organiser; `str()` says why."""


@transaction.atomic
def sign_off(*, enrolment, by, at):
    """Record an organiser's word that a trainee is ready to co-facilitate, and settle.

    Only once all else is met, by an organiser of that organisation, and never for oneself. Twice
    is once: who comes later gets the first one. Raises CannotSignOff.
    """
    locked = _locked(enrolment)
    _refuse_unless_organiser(locked, by, CannotSignOff)
    if locked.trainee_id == by.pk:
        raise CannotSignOff(_("Nobody signs off themselves. Please ask another organiser."))
    given = ReadySignOff.objects.filter(enrolment=locked).first()
    if given:
        return given
    where = ready_standing_of(locked)
    if where is None:
        raise CannotSignOff(_("This course does not lead to “ready to co-facilitate”."))
    if not where.waits_for_sign_off:
        raise CannotSignOff(
            _("Something is still left to do. Once all of it is met, you can sign off.")
        )
    given = ReadySignOff.objects.create(enrolment=locked, by=by, at=at)
    settle(enrolment=locked, at=at)
    return given


@transaction.atomic
def waive(*, enrolment, kind, reason, instead, by, key, at):
    """Waive a requirement for one person, for an access reason, and settle. Return the Waiver.

    What is waived already stays as it is, with the reason that was given first. Raises
    CannotWaive.
    """
    locked = _locked(enrolment)
    _refuse_unless_organiser(locked, by, CannotWaive)
    if locked.trainee_id == by.pk:
        raise CannotWaive(_("Nobody waives something for themselves. Ask another organiser."))
    edition = locked.cohort.edition
    asked = {each.kind for each in (*edition.asked(), *edition.ready_asked())}
    if kind not in WAIVABLE:
        raise CannotWaive(WHY_NEVER.get(kind) or _("This is not something that can be waived."))
    if kind not in asked:
        raise CannotWaive(_("The course does not ask for this, so there is nothing to waive."))
    if not reason.strip():
        raise CannotWaive(_("Say why, in a few words."))
    known = Waiver.objects.filter(enrolment=locked)
    own_key = key_for(key, locked.pk, kind)
    given = (
        known.filter(key=own_key).first() or known.filter(kind=kind, taken_back_at=None).first()
    )
    if given is None:
        given = Waiver.objects.create(
            enrolment=locked, kind=kind, reason=reason, instead=instead, by=by, at=at, key=own_key
        )
        settle(enrolment=locked, at=at)
    return given


@transaction.atomic
def take_back(*, waiver, by, at):
    """Take a waiver back. It is kept, with who took it back and when; twice is once.

    What was reached while it held stays reached. Raises CannotWaive.
    """
    locked = _locked(waiver.enrolment)
    _refuse_unless_organiser(locked, by, CannotWaive)
    if locked.trainee_id == by.pk:
        raise CannotWaive(_("Nobody decides this for themselves. Ask another organiser."))
    in_force = Waiver.objects.filter(pk=waiver.pk, taken_back_at=None)
    in_force.update(taken_back_by=by, taken_back_at=at)
    return Waiver.objects.get(pk=waiver.pk)


def _locked(enrolment):
    """Lock an enrolment, and return it as it is now, with its cohort and edition."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    return Enrolment.objects.with_cohort().get(pk=enrolment.pk)


def _refuse_unless_organiser(enrolment, by, refusal):
    organised = Organisation.objects.organised_by(by)
    if not organised.filter(pk=enrolment.cohort.organisation_id).exists():
        raise refusal(_("Only an organiser of this organisation can do this."))
