"""Who takes part, told by themselves and reported in groups only.

Three tables, so that no row holds both a person and what they said: that they agreed; the code
under which their answers lie, the only way from a person to them; and the answers, which know
nothing but that code and the month.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# The words that people agree to, on the page. When they change, so does this.
CONSENT = "2026-11"
NOT_SAID = "not_said"
RATHER_NOT = _("I would rather not say")


class AgeBand(models.TextChoices):
    """Ten years at a time, which is all a report needs."""

    UNDER_25 = "under_25", _("under 25")
    FROM_25 = "25_to_34", _("25 to 34")
    FROM_35 = "35_to_44", _("35 to 44")
    FROM_45 = "45_to_54", _("45 to 54")
    FROM_55 = "55_to_64", _("55 to 64")
    FROM_65 = "65_to_74", _("65 to 74")
    FROM_75 = "75_and_over", _("75 and over")
    NOT_SAID = NOT_SAID, RATHER_NOT


class Gender(models.TextChoices):
    """As people call it themselves."""

    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    NON_BINARY = "non_binary", _("non-binary")
    ANOTHER = "another", _("another word")
    NOT_SAID = NOT_SAID, RATHER_NOT


class EthnicGroup(models.TextChoices):
    """The five large groups of the census, so that figures can be put beside it."""

    ASIAN = "asian", _("Asian or Asian British")
    BLACK = "black", _("Black, Black British, Caribbean or African")
    MIXED = "mixed", _("mixed or several ethnic groups")
    WHITE = "white", _("White")
    ANOTHER = "another", _("another ethnic group")
    NOT_SAID = NOT_SAID, RATHER_NOT


class YesNo(models.TextChoices):
    """Yes, no, or neither."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_SAID = NOT_SAID, RATHER_NOT


class Language(models.TextChoices):
    """Languages that many people use in England and Wales."""

    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    BENGALI = "bn", _("Bengali")
    BSL = "bfi", _("British Sign Language")
    CHINESE = "zh", _("Chinese")
    FRENCH = "fr", _("French")
    GUJARATI = "gu", _("Gujarati")
    ITALIAN = "it", _("Italian")
    POLISH = "pl", _("Polish")
    PORTUGUESE = "pt", _("Portuguese")
    PUNJABI = "pa", _("Punjabi")
    ROMANIAN = "ro", _("Romanian")
    SOMALI = "so", _("Somali")
    SPANISH = "es", _("Spanish")
    TAMIL = "ta", _("Tamil")
    TURKISH = "tr", _("Turkish")
    URDU = "ur", _("Urdu")
    WELSH = "cy", _("Welsh")
    ANOTHER = "another", _("another language")
    NOT_SAID = NOT_SAID, RATHER_NOT


class AboutYouConsent(models.Model):
    """That somebody agreed to say something about themselves, to which words, and until when."""

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="about_you_consents"
    )
    version = models.CharField(max_length=10)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(withdrawn_on=None),
                name="agreed_to_about_you_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                name="about_you_is_withdrawn_after_it_was_given",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.given_on}"


class AboutYouCode(models.Model):
    """The random code under which somebody's answers lie. Only a report that groups follows it."""

    enrolment = models.OneToOneField(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="about_you_code"
    )
    code = models.UUIDField(default=uuid.uuid4, unique=True)

    def __str__(self):
        return f"{self.enrolment_id}: a code"


class AboutYouAnswers(models.Model):
    """What somebody said about themselves. Nothing in it leads to them, not even an exact day."""

    code = models.UUIDField(primary_key=True)
    month = models.PositiveIntegerField()  # like 202611: there is no room for a day
    age = models.CharField(max_length=20, choices=AgeBand, blank=True)
    gender = models.CharField(max_length=20, choices=Gender, blank=True)
    ethnic_group = models.CharField(max_length=20, choices=EthnicGroup, blank=True)
    disabled = models.CharField(max_length=20, choices=YesNo, blank=True)
    carer = models.CharField(max_length=20, choices=YesNo, blank=True)
    languages = models.JSONField(default=list)
    postcode_area = models.CharField(max_length=8, blank=True)

    class Meta:
        verbose_name_plural = "about you answers"
        constraints = [
            models.CheckConstraint(
                condition=Q(month__gte=190_001, month__lte=999_912),
                name="about_you_keeps_only_the_month",
            ),
        ]

    def __str__(self):
        return f"{self.month}"
