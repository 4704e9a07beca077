"""A certificate: what was earned, as it stood that day, and the very bytes that were handed over.

Nothing here is ever rewritten. The database itself refuses it: see migration 0002. What can
change about a certificate is another row, its withdrawal.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates import numbers
from courses.models import MilestoneKind, Role, RoleKind


class NeverDeleted(Exception):
    """Certificates and withdrawals stay. A certificate that should not count is withdrawn."""


class CertificateQuerySet(models.QuerySet):
    def of(self, person):
        """This person's own, the latest first; without their bytes."""
        return self.filter(holder=person).for_reading()

    def issued_by(self, organisation):
        """All that this organisation has issued, the latest first; without their bytes."""
        return self.filter(organisation=organisation).for_reading()

    def readable_by(self, person):
        """Their own, and those of the organisations in which they are an organiser."""
        organised = Role.objects.held(person, RoleKind.ORGANISER)
        return self.filter(Q(holder=person) | Q(organisation__in=organised))

    def withdrawable_by(self, person):
        """Those of the organisations in which this person is an organiser."""
        return self.filter(organisation__in=Role.objects.held(person, RoleKind.ORGANISER))

    def for_reading(self):
        """Bring the withdrawal and what it is for along, and leave the bytes where they are."""
        return self.select_related("withdrawal", "milestone").defer("pdf")

    def undrawn(self):
        """Those whose PDF could not be made yet."""
        return self.filter(pdf=None)

    def delete(self):
        raise NeverDeleted(self.model._meta.label)


class Certificate(models.Model):
    """One certificate for one milestone: a snapshot, and its PDF once it is drawn.

    `done` is what the person did, one line each. `design` names the letter it is drawn as
    (`templates/certificates/letter-1.html`), so that a later design leaves old ones alone.
    `pdf` is empty until drawn, then written once.
    """

    milestone = models.OneToOneField(
        "courses.Milestone", on_delete=models.PROTECT, related_name="+"
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "courses.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    serial = models.CharField(max_length=numbers.LENGTH, unique=True)
    name = models.CharField(max_length=120)
    course_title = models.CharField(max_length=255)
    edition_number = models.PositiveIntegerField()
    organisation_name = models.CharField(max_length=120)
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    first_day = models.DateField()
    last_day = models.DateField()
    done = models.JSONField()
    language = models.CharField(max_length=10)
    design = models.CharField(max_length=20)
    issued_at = models.DateTimeField()
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="certificate_has_a_name_on_it"),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")),
                name="certificate_days_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(pdf=None, pdf_sha256="") | (Q(pdf__isnull=False) & ~Q(pdf_sha256="")),
                name="pdf_and_its_hash_come_together",
            ),
        ]

    def __str__(self):
        return self.shown_serial

    def get_absolute_url(self):
        """Where the holder reads it."""
        return reverse("certificate", args=[self.shown_serial])

    def delete(self, *args, **kwargs):
        raise NeverDeleted(self.shown_serial)

    @property
    def shown_serial(self):
        return numbers.shown(self.serial)

    @property
    def is_of_ready(self):
        """True when it says that somebody is ready to co-facilitate, and not that they completed
        a course."""
        return self.milestone.kind == MilestoneKind.READY

    @property
    def check_url(self):
        """The address that anyone can check it at, as printed."""
        return settings.SITE_ADDRESS + reverse("check", args=[self.shown_serial])

    @property
    def is_drawn(self):
        """True when there are bytes to hand over. Asks the hash, so that they stay put."""
        return bool(self.pdf_sha256)

    @property
    def state(self):
        """ "valid" or "withdrawn"."""
        return "withdrawn" if getattr(self, "withdrawal", None) else "valid"


class WithdrawalReason(models.TextChoices):
    """Why a certificate no longer counts. Kept inside the organisation."""

    MISTAKE = "mistake", _("It was issued by mistake")
    HOLDER_ASKED = "holder_asked", _("The holder asked for it")
    SAFETY = "safety", _("A concern about safety")
    OTHER = "other", _("Another reason")


class WithdrawalQuerySet(models.QuerySet):
    def delete(self):
        raise NeverDeleted(self.model._meta.label)


class Withdrawal(models.Model):
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

    objects = WithdrawalQuerySet.as_manager()

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

    def delete(self, *args, **kwargs):
        raise NeverDeleted(str(self))
