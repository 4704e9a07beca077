"""A certificate: what was earned, as it stood that day, and the very bytes that were handed over.

Nothing here is ever rewritten. The database itself refuses it: see `certificates.guard`. What can
change about a certificate is another row: see `afterwards`.
"""

from datetime import date

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates import numbers
from certificates.life import Life, Standing, active_until, pauses_of, standing_on
from courses.dates import after_months
from courses.joined import read, rows_of
from courses.models import MilestoneKind, Role, RoleKind


class NeverDeleted(Exception):
    """Certificates and withdrawals stay. A certificate that should not count is withdrawn."""


class Stays:
    """A row that is never deleted."""

    def delete(self, *args, **kwargs):
        raise NeverDeleted(str(self))


class Kept(models.QuerySet):
    """Rows that are never deleted."""

    def delete(self):
        raise NeverDeleted(self.model._meta.label)


class ReplacedBecause(models.TextChoices):
    """Why somebody was handed a new certificate for an old one."""

    NAME = "name", _("The name on it is another one now")
    CORRECTION = "correction", _("Something on it was wrong")


def _rows_beside(model, **fields):
    """What was written about the milestone of a certificate, in one column of its own."""
    rows = apps.get_model("certificates", model).objects.all()
    return rows_of(rows, "milestone", "milestone", **fields)


def _latest_name_turn():
    """Whether the holder wants their name left out of the check page; nothing where not asked."""
    turns = apps.get_model("certificates", "NameTurn").objects
    mine = turns.filter(milestone=OuterRef("milestone")).order_by("-pk")
    return Subquery(mine.values("is_hidden")[:1])


class CertificateQuerySet(Kept):
    def of(self, person):
        """This person's own as they stand now, the latest first; without their bytes."""
        return self.current().filter(holder=person).for_reading()

    def issued_by(self, organisation):
        """All that this organisation has issued, the latest first; without their bytes."""
        return self.current().filter(organisation=organisation).for_reading()

    def current(self):
        """Those that no other one replaces."""
        return self.filter(replacement=None)

    def readable_by(self, person):
        """Their own, and those of the organisations in which they are an organiser.

        Of those without a name nobody reads more than the check page says.
        """
        organised = Role.objects.held(person, RoleKind.ORGANISER)
        return self.filter(Q(holder=person) | Q(organisation__in=organised)).exclude(name="")

    def withdrawable_by(self, person):
        """Those of the organisations in which this person is an organiser."""
        organised = Role.objects.held(person, RoleKind.ORGANISER)
        return self.filter(organisation__in=organised).exclude(name="")

    def for_reading(self):
        """Bring along all that happened since, and leave the bytes where they are."""
        found = self.select_related("withdrawal", "replacement", "milestone", "letterhead")
        return found.defer("pdf", "replacement__pdf", "letterhead__logo").annotate(
            told_renewals=_rows_beside("Renewal", day="day", kind="kind"),
            told_pauses=_rows_beside("PauseTurn", pk="pk", day="day", is_paused="is_paused"),
            name_is_hidden=Coalesce(_latest_name_turn(), False),
        )

    def for_drawing(self):
        """Bring along also the logo that it is printed with."""
        return self.for_reading().defer(None).defer("pdf", "replacement__pdf")

    def undrawn(self):
        """Those whose PDF could not be made yet."""
        return self.filter(pdf=None).exclude(name="")


class Certificate(Stays, models.Model):
    """The certificate of a milestone: a snapshot, and its PDF once it is drawn.

    A milestone has one that replaces none, and where the name on it or a fact was changed later,
    a chain of others, each of which `replaces` the one before.

    `done` is what the person did, and `competencies` what they showed, one line each. `months`
    is how long it counts from the `training_day`; empty where it has no end. `design` names the
    letter it is drawn as (`templates/certificates/letter-1.html`), so that a later design leaves
    old ones alone; `letterhead` is empty where it is without one. `issued_by` is empty where it
    came by itself. `pdf` is empty until drawn, then written once.
    """

    milestone = models.ForeignKey("courses.Milestone", on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="replacement", null=True
    )
    replaced_because = models.CharField(max_length=10, choices=ReplacedBecause, blank=True)
    replaced_note = models.CharField(max_length=300, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
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
    training_day = models.DateField()
    months = models.PositiveSmallIntegerField(null=True)
    done = models.JSONField()
    competencies = models.JSONField(default=list)
    language = models.CharField(max_length=10)
    design = models.CharField(max_length=20)
    letterhead = models.ForeignKey(
        "certificates.Letterhead", on_delete=models.PROTECT, related_name="+", null=True
    )
    issued_at = models.DateTimeField()
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(replaces=None),
                name="milestone_has_one_first_certificate",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, replaced_because="")
                | Q(replaces__isnull=False, replaced_because__in=ReplacedBecause.values),
                name="certificate_replaces_for_a_known_reason",
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(pdf=None), name="no_bytes_without_a_name_on_them"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")),
                name="certificate_days_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(pdf=None, pdf_sha256="")
                | (Q(pdf__isnull=False) & ~Q(pdf_sha256=""))
                | Q(pdf=None, name=""),
                name="pdf_and_its_hash_come_together",
            ),
        ]

    def __str__(self):
        return self.shown_serial

    def get_absolute_url(self):
        """Where the holder reads it."""
        return reverse("certificate", args=[self.shown_serial])

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
        return bool(self.pdf_sha256 and self.name)

    @property
    def printed_until(self):
        """The last day on which it counts, as it is printed; None where it has no end.

        A renewal or a pause moves that day: the check page says so, and the paper stays.
        """
        return after_months(self.training_day, self.months) if self.months else None

    def standing(self, day=None) -> Standing:
        """Return how it stands on a day, or today.

        It comes from `for_reading`; the answer asks the database nothing.
        """
        return standing_on(self._life(), day or timezone.localdate())

    def active_until(self, day=None):
        """Return until when its holder is an active facilitator, or None when they are not.

        It comes from `for_reading`, like `standing`.
        """
        led = [
            date.fromisoformat(row["day"])
            for row in read(self.told_renewals)
            if row["kind"] == "series"
        ]
        pauses = pauses_of(_turns(read(self.told_pauses)))
        return active_until(led, pauses, day or timezone.localdate(), self.months or 0)

    @property
    def state(self):
        """What it is worth today, as a `certificates.life.State`."""
        return self.standing().state

    def _one(self, name):
        """Return the row beside this one, or None where there is none."""
        return getattr(self, name, None)

    def _life(self):
        withdrawal, replacement = self._one("withdrawal"), self._one("replacement")
        return Life(
            training_day=self.training_day,
            months=self.months,
            renewals=tuple(date.fromisoformat(row["day"]) for row in read(self.told_renewals)),
            pauses=pauses_of(_turns(read(self.told_pauses))),
            replaced_on=replacement and timezone.localdate(replacement.issued_at),
            withdrawn_on=withdrawal and timezone.localdate(withdrawal.withdrawn_at),
            is_nameless=not self.name,
        )


def _turns(rows):
    """Return the turns of a pause in the order of their writing."""
    for row in sorted(rows, key=lambda row: row["pk"]):
        yield date.fromisoformat(row["day"]), bool(row["is_paused"])
