"""What an organisation has set for its certificates, in the CMS."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin

from certificates.blocks import SignatoryBlock
from certificates.colours import is_colour, is_readable_on_white
from certificates.models.letterheads import OUR_COLOUR, Layout, Paper
from courses.models import Organisation

SIGNED_BY_AT_MOST = 3


def languages():
    """Return the languages of the site. Another one is no change of the table."""
    return settings.LANGUAGES


def a_colour_to_read(colour):
    """Refuse a colour in which words cannot be read on white."""
    if not is_colour(colour):
        raise ValidationError(_("Write the colour as # and six figures or letters: #0d5c5b."))
    if not is_readable_on_white(colour):
        raise ValidationError(
            _("Words in this colour are hard to read on white paper. Please choose a darker one.")
        )


class CertificateStyle(PreviewableMixin, models.Model):
    """How the certificates of an organisation look from now on, with its words in one language.

    What was issued keeps its look: see `Letterhead`.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=languages,
        default=settings.LANGUAGE_CODE,
        help_text=_("Your words are printed on certificates in this language. On others, ours."),
    )
    layout = models.CharField(_("design"), max_length=10, choices=Layout, default=Layout.CENTRED)
    paper = models.CharField(_("paper"), max_length=10, choices=Paper, default=Paper.A4)
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default=OUR_COLOUR,
        validators=[a_colour_to_read],
        help_text=_("Choose one that is dark enough to read on white paper."),
    )
    logo = models.ForeignKey(
        "content.Picture",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Best is a picture that is 700 pixels wide or more, on white or on nothing."),
    )
    opening = models.CharField(
        _("first words"),
        max_length=200,
        blank=True,
        help_text=_("They stand above the name. Leave it empty for: This is to say that"),
    )
    closing = models.CharField(
        _("last words"),
        max_length=300,
        blank=True,
        help_text=_("They stand above the names of those who sign. You can leave this empty."),
    )
    signatories = StreamField(
        [("signatory", SignatoryBlock())],
        blank=True,
        max_num=SIGNED_BY_AT_MOST,
        verbose_name=_("who signs"),
        help_text=_("Up to three people. Their names are printed below a line to sign on."),
    )

    class Meta:
        ordering = ["organisation__name", "language"]
        verbose_name = _("look of certificates")
        verbose_name_plural = _("looks of certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "language"],
                name="style_set_once_for_each_language",
                violation_error_message=_(
                    "This organisation has a look for this language already. Change that one."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.get_language_display()}"

    @property
    def preview_modes(self):
        return [
            ("completion", _("Completing a course")),
            ("ready", _("Ready to co-facilitate")),
            ("large", _("In large print")),
        ]

    def get_preview_template(self, request, mode_name):
        return "certificates/preview.html"
