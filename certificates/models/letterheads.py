"""How an organisation's certificates look: what it sets, and each state of it that was printed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.models.certificates import Kept, Stays
from courses.models import Organisation

OUR_COLOUR = "#0d5c5b"


class Paper(models.TextChoices):
    """The size of the sheet."""

    A4 = "a4", _("A4 (most countries)")
    LETTER = "letter", _("Letter (North America)")


class Layout(models.TextChoices):
    """How the sheet is laid out. Each has versions: see `certificates.letter`."""

    CENTRED = "letter", _("Letter: quiet, in the middle of the page")
    BAND = "band", _("Band: a band of colour on top")
    FRAME = "frame", _("Frame: a thin frame all round")


class Letterhead(Stays, models.Model):
    """One state of an organisation's letterhead. A change of it is another row.

    `logo` is the picture as it was given (PNG or JPEG), or empty. `opening` and `closing` are its
    own words, in `language`; empty: ours. `signatories` are {"name": …, "role": …}, three at most.
    `fingerprint` is the SHA-256 of all of it, so that the same state is there once.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    layout = models.CharField(max_length=10, choices=Layout)
    paper = models.CharField(max_length=10, choices=Paper)
    colour = models.CharField(max_length=7)
    logo = models.BinaryField(blank=True)
    logo_type = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10)
    opening = models.CharField(max_length=200, blank=True)
    closing = models.CharField(max_length=300, blank=True)
    signatories = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = Kept.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fingerprint"], name="letterhead_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(layout__in=Layout.values) & Q(paper__in=Paper.values),
                name="letterhead_is_laid_out",
            ),
        ]

    def __str__(self):
        return f"{self.organisation_id}: {self.layout}"
