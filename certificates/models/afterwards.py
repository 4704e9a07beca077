"""What happens to a certificate after it was issued: each is a row beside it, never rewritten."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.models.certificates import Certificate, Kept, Stays
from courses.models import Milestone, MilestoneKind


class WithdrawalReason(models.TextChoices):
    """Why a certificate no longer counts. Kept inside the organisation."""

    MISTAKE = "mistake", _("It was issued by mistake")
    HOLDER_ASKED = "holder_asked", _("The holder asked for it")
    SAFETY = "safety", _("A concern about safety")
    OTHER = "other", _("Another reason")


def reasons_for(kind):
    """Return the WithdrawalReasons that are open for a kind of milestone.

    What somebody completed is not taken from them for how they are or what they did later: only
    where they never did it, or want it themselves.
    """
    if kind == MilestoneKind.READY:
        return list(WithdrawalReason)
    return [WithdrawalReason.MISTAKE, WithdrawalReason.HOLDER_ASKED]


class Withdrawal(Stays, models.Model):
    """The end of a certificate: when, by whom and why. The public learns only when."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.CharField(_("reason"), max_length=20, choices=WithdrawalReason)
    note = models.TextField(
        _("what happened"),
        max_length=1000,
        help_text=_(
            "A sentence or two for your own organisation. It is never shown on the check page. "
            "Leave out anything about health."
        ),
    )
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = Kept.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=WithdrawalReason.values),
                name="withdrawn_for_a_known_reason",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="withdrawn_with_a_note"),
        ]

    def __str__(self):
        return f"{self.certificate_id}: {self.reason}"


class RenewalKind(models.TextChoices):
    """What somebody did, by which “ready to co-facilitate” counts anew."""

    SERIES = "series", _("led a whole series as one of a pair, with a fidelity check")
    REFRESHER = "refresher", _("went through the part about safety again, and was observed")


class Renewal(Stays, models.Model):
    """The day from which “ready to co-facilitate” counts anew, and by what it does.

    It belongs to what was reached, so that a certificate with another name on it has it too.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("what they did"), max_length=10, choices=RenewalKind)
    day = models.DateField(_("on which day"))
    note = models.CharField(_("anything to note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Kept.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "kind", "day"], name="renewed_once_by_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RenewalKind.values), name="renewed_by_something_known"
            ),
        ]

    def __str__(self):
        return f"{self.milestone_id}: {self.kind} {self.day}"


class PauseReason(models.TextChoices):
    """Why the clock stands still. Never which illness, and never whom somebody cares for."""

    ILL = "ill", _("They are not well")
    CARING = "caring", _("They care for somebody")
    OTHER = "other", _("Another reason")


class PauseTurn(Stays, models.Model):
    """From this day the clock of “ready to co-facilitate” stands still, or runs again.

    The latest turn for a day counts. `reason` is empty where it runs again.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("from which day"))
    is_paused = models.BooleanField()
    reason = models.CharField(_("why"), max_length=10, choices=PauseReason, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Kept.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_paused=True, reason__in=PauseReason.values)
                | Q(is_paused=False, reason=""),
                name="paused_for_a_known_reason",
            ),
        ]

    def __str__(self):
        return f"{self.milestone_id}: {self.day} {self.is_paused}"


class NameTurn(Stays, models.Model):
    """The holder's choice of what the check page does with their name; the latest one counts.

    Hidden: whoever checks types the name they see, and is told whether it is the one.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="+")
    is_hidden = models.BooleanField()
    at = models.DateTimeField()

    objects = Kept.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.milestone_id}: {self.is_hidden}"


class Erased(Stays, models.Model):
    """The holder asked to be forgotten: what was noted about them is gone.

    So are the name and the bytes, unless `keeps_name` says that they stay for those who check.
    Added, never changed: a name that stayed for some years goes by another row.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="erased")
    keeps_name = models.BooleanField()
    at = models.DateTimeField()

    objects = Kept.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "keeps_name"], name="certificate_is_erased_once"
            ),
        ]

    def __str__(self):
        return f"{self.certificate_id}: {self.at:%Y-%m-%d}"
