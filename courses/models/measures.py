"""Measures that an organisation asks people before a course and after it, and their answers."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from courses import measures


class LicenceStatus(models.TextChoices):
    """On what terms a measure may be used."""

    OWN = measures.OWN, _("our own")
    FREE = measures.FREE, _("free to use")
    REGISTERED = measures.FREE_WITH_REGISTRATION, _("free to use once registered")
    LICENSED = measures.LICENSED, _("used under a licence")


class Scoring(models.TextChoices):
    """What comes of the answers."""

    MEAN = measures.MEAN, _("the mean of all questions")
    APART = measures.APART, _("each question by itself")


class Moment(models.TextChoices):
    """When somebody is asked."""

    BEFORE = measures.BEFORE, _("before the course")
    AFTER = measures.AFTER, _("after the course")


class InstrumentQuerySet(models.QuerySet):
    def asked_in(self, cohort):
        """Those that are switched on for a cohort: named for it, or for every group."""
        named = Instrument.cohorts.through.objects.filter(instrument=OuterRef("pk"))
        here = Exists(named.filter(cohort=cohort.pk))
        return self.filter(here | ~Exists(named), organisation=cohort.organisation_id, is_on=True)

    def to_ask(self, enrolment, moment):
        """Those to ask somebody about at this moment: not twice, and after only who was asked
        before, as otherwise there is nothing to compare."""
        own = MeasureAnswer.objects.filter(instrument=OuterRef("pk"), enrolment=enrolment)
        found = self.asked_in(enrolment.cohort).filter(~Exists(own.filter(moment=moment)))
        if moment == measures.AFTER:
            before = own.filter(moment=measures.BEFORE, is_skipped=False)
            found = found.filter(Exists(before))
        return found.order_by("title", "pk")


class Instrument(models.Model):
    """A measure as one organisation uses it: its questions, its scoring, and by what right.

    What is neither our own nor free is off until somebody has named the licence and answers for
    it; the database itself says so.
    """

    organisation = models.ForeignKey(
        "courses.Organisation", on_delete=models.PROTECT, related_name="instruments"
    )
    code = models.SlugField(max_length=40)
    title = models.CharField(_("name"), max_length=120)
    version = models.CharField(_("version"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    lead = models.CharField(_("what stands above the questions"), max_length=300, blank=True)
    questions = models.JSONField(default=list)
    lower_is_better = models.JSONField(default=list)  # their places, counted from 1
    lowest = models.PositiveSmallIntegerField(_("lowest number"), default=0)
    highest = models.PositiveSmallIntegerField(
        _("highest number"), default=10, validators=[MaxValueValidator(100)]
    )
    lowest_words = models.CharField(_("what the lowest means"), max_length=80, blank=True)
    highest_words = models.CharField(_("what the highest means"), max_length=80, blank=True)
    scoring = models.CharField(_("what is reported"), max_length=10, choices=Scoring)
    missing_at_most = models.PositiveSmallIntegerField(
        _("questions that may be left out of a mean"), default=0
    )
    source = models.CharField(_("where it comes from"), max_length=400, blank=True)
    licence_status = models.CharField(_("terms"), max_length=30, choices=LicenceStatus)
    licence_reference = models.CharField(_("licence"), max_length=200, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    responsible_at = models.DateTimeField(null=True)
    is_on = models.BooleanField(default=False)
    cohorts = models.ManyToManyField("courses.Cohort", related_name="+", blank=True)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code", "version", "language"],
                name="instrument_added_once",
            ),
            models.CheckConstraint(
                condition=Q(is_on=False)
                | Q(licence_status__in=[LicenceStatus.OWN, LicenceStatus.FREE])
                | (
                    ~Q(licence_reference="")
                    & Q(responsible__isnull=False, responsible_at__isnull=False)
                ),
                name="instrument_is_on_with_its_licence",
            ),
            models.CheckConstraint(
                condition=Q(highest__gt=F("lowest")), name="instrument_has_a_scale"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def scale(self):
        return measures.Scale(self.lowest, self.highest, self.scoring, self.missing_at_most)


class MeasureAnswer(models.Model):
    """What one person answered at one moment, or that they would rather not. It is theirs."""

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="measure_answers"
    )
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="answers")
    moment = models.CharField(max_length=10, choices=Moment)
    numbers = models.JSONField(default=list)
    is_skipped = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "instrument", "moment"], name="measure_asked_once"
            ),
        ]

    def __str__(self):
        return f"{self.instrument_id}, {self.moment}"


class MeasureTotal(models.Model):
    """What an organisation measured itself, under its own licence: totals, and no question."""

    organisation = models.ForeignKey(
        "courses.Organisation", on_delete=models.PROTECT, related_name="measure_totals"
    )
    cohort = models.ForeignKey(
        "courses.Cohort",
        on_delete=models.PROTECT,
        related_name="measure_totals",
        null=True,
        blank=True,
        verbose_name=_("group"),
    )
    title = models.CharField(_("name of the measure"), max_length=120)
    licence_reference = models.CharField(_("licence"), max_length=200)
    on = models.DateField(_("day"))
    people = models.PositiveSmallIntegerField(
        _("people who answered both times"), validators=[MinValueValidator(5)]
    )
    before = models.DecimalField(_("mean before"), max_digits=6, decimal_places=2)
    after = models.DecimalField(_("mean after"), max_digits=6, decimal_places=2)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gte=5), name="totals_are_of_five_people_or_more"
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.on}"
