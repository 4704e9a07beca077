"""What a group agreed together, and what each trainee signed. Added, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Subquery
from django.utils.translation import gettext_lazy as _


class GroupAgreement(models.Model):
    """What a cohort agreed on, as written down at one moment. The latest one holds."""

    cohort = models.ForeignKey(
        "courses.Cohort", on_delete=models.PROTECT, related_name="agreements"
    )
    lines = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    key = models.UUIDField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "key"], name="group_agreement_made_once"),
        ]

    def __str__(self):
        return f"{self.cohort_id}: {len(self.lines)}"

    @classmethod
    def lines_of(cls, cohort):
        """An expression for the lines that hold for this cohort, such as an OuterRef."""
        latest = cls.objects.filter(cohort=cohort).order_by("-pk")
        return Subquery(latest.values("lines")[:1])


class AgreementKind(models.TextChoices):
    """What a trainee signs before they are ready to co-facilitate."""

    ROLE = "role", _("role agreement")
    CONFIDENTIALITY = "confidentiality", _("confidentiality agreement")


class Signature(models.Model):
    """A trainee's name under an agreement, with the very words that they signed.

    `revision` is the page revision that held the words; `fingerprint` is made from them, so that
    one can tell whether the words of today are those that were signed.
    """

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="signatures"
    )
    lesson = models.UUIDField()
    exercise = models.UUIDField()
    which = models.CharField(max_length=20, choices=AgreementKind)
    revision = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    words = models.TextField()
    fingerprint = models.CharField(max_length=64)
    name = models.CharField(_("Your name"), max_length=120)
    key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "exercise", "fingerprint"], name="words_signed_once"
            ),
            models.CheckConstraint(
                condition=Q(which__in=AgreementKind.values), name="agreement_is_a_known_kind"
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.which}"
