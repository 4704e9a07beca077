"""The people taking a course together."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from courses.models.agreements import GroupAgreement
from courses.models.people import LEADERS, Role, RoleKind


class MeetingWay(models.TextChoices):
    """How a group meets."""

    IN_PERSON = "in_person", _("in person")
    VIDEO = "video", _("by video")
    PHONE = "phone", _("by phone")


class CohortQuerySet(models.QuerySet):
    def organised_by(self, person):
        """Cohorts of the organisations in which this person is an organiser."""
        return self.filter(organisation__in=Role.objects.held(person, RoleKind.ORGANISER))

    def led_by(self, person):
        """Cohorts whose sessions this person leads, as one of the pair."""
        return self.filter(
            Q(session_runs__facilitator=person) | Q(session_runs__co_facilitator=person)
        ).distinct()

    def seen_by(self, person):
        """Cohorts this person organises (then `organised` is true) or leads sessions of."""
        organised, led = Cohort.objects.organised_by(person), Cohort.objects.led_by(person)
        return (
            self.filter(Q(pk__in=organised.values("pk")) | Q(pk__in=led.values("pk")))
            .annotate(organised=Exists(organised.filter(pk=OuterRef("pk"))))
            .with_edition()
        )

    def of(self, person):
        """Cohorts that this person takes part in."""
        return self.filter(enrolments__trainee=person, enrolments__left_at=None)

    def open_to(self, person):
        """Cohorts whose course this person may read: as trainee, as one of a pair that leads
        them, or as somebody who leads or organises in their organisation."""
        here = OuterRef("pk")
        takes_part = Enrolment.objects.of(person).filter(cohort=here)
        led = Cohort.objects.led_by(person)
        helps = Q(organisation__in=Role.objects.held(person, *LEADERS))
        return self.filter(Exists(takes_part) | Q(pk__in=led.values("pk")) | helps)

    def with_edition(self):
        """Bring the edition and organisation along; not the edition's long contents."""
        return self.select_related("edition", "organisation").defer("edition__contents")

    def with_group_agreement(self):
        """Bring along what the group agreed on: `agreed`, the lines of it, or None."""
        return self.annotate(agreed=GroupAgreement.lines_of(OuterRef("pk")))


class Cohort(models.Model):
    """The people doing a course together. It follows one edition, whatever is published later."""

    organisation = models.ForeignKey(
        "courses.Organisation", on_delete=models.PROTECT, related_name="cohorts"
    )
    edition = models.ForeignKey(
        "courses.Edition", on_delete=models.PROTECT, related_name="cohorts"
    )
    name = models.CharField(_("name"), max_length=120)
    way = models.CharField(
        _("how you meet"), max_length=20, choices=MeetingWay, default=MeetingWay.IN_PERSON
    )
    place = models.CharField(
        _("place or link"), max_length=200, blank=True, help_text=_("Where people go, or dial in.")
    )
    capacity = models.PositiveSmallIntegerField(_("places"), default=16)
    join_code = models.CharField(max_length=12, unique=True)
    joining_open = models.BooleanField(_("people may join with the code"), default=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    started_at = models.DateTimeField()

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "pk"]

    def __str__(self):
        return self.name


class EnrolmentQuerySet(models.QuerySet):
    def not_left(self):
        """Those of people who are still in the cohort."""
        return self.filter(left_at=None)

    def of(self, person):
        """This person's own enrolments, in cohorts they have not left."""
        return self.not_left().filter(trainee=person)

    def mentored_by(self, person):
        """Those whom this person mentors now, in cohorts they have not left."""
        return self.not_left().filter(
            mentor=person,
            cohort__organisation__in=Role.objects.held(person, RoleKind.MENTOR),
        )

    def with_cohort(self):
        """Bring the cohort, edition and organisation along; not the edition's long contents."""
        return self.select_related("cohort__edition", "cohort__organisation").defer(
            "cohort__edition__contents"
        )

    def with_group_agreement(self):
        """Bring along what the group agreed on: `agreed`, the lines of it, or None."""
        return self.annotate(agreed=GroupAgreement.lines_of(OuterRef("cohort")))


class Enrolment(models.Model):
    """A trainee in a cohort, perhaps with a peer mentor.

    `last_lesson`, `last_step` and `last_active_at` say where they were, so that "Carry on" can
    bring them back. They are a copy for quick reading; the facts are the step events.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    trainee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments"
    )
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("peer mentor"),
    )
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    last_lesson = models.UUIDField(null=True, blank=True)
    last_step = models.UUIDField(null=True, blank=True)
    last_active_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "trainee"], name="enrolled_once"),
            models.CheckConstraint(
                condition=Q(mentor=None) | ~Q(mentor=F("trainee")), name="mentor_is_somebody_else"
            ),
        ]

    def __str__(self):
        return f"{self.trainee_id} in {self.cohort_id}"
