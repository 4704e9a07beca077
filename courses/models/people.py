"""Who runs what: organisations, and the roles people hold in them."""

from datetime import time

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OrganisationQuerySet(models.QuerySet):
    def organised_by(self, person):
        """Organisations in which this person is an organiser."""
        return self.filter(pk__in=Role.objects.held(person, RoleKind.ORGANISER))


class Organisation(models.Model):
    """A charity or group that runs courses and issues certificates.

    It also says who to turn to: every page a trainee sees shows these contacts.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    emergency_number = models.CharField(_("emergency number"), max_length=20, default="999")
    named_person = models.CharField(
        _("named person"),
        max_length=120,
        help_text=_("Who people tell when they are worried about someone."),
    )
    named_person_phone = models.CharField(_("their phone number"), max_length=40, blank=True)
    named_person_email = models.EmailField(_("their e-mail address"), blank=True)
    other_help = models.TextField(
        _("other help"),
        blank=True,
        max_length=600,
        help_text=_("Local helplines or services, one to a line."),
    )
    holidays_of = models.CharField(
        _("whose public holidays"),
        max_length=12,
        blank=True,
        default="GB-ENG",
        help_text=_("No session is planned on these days. Leave it empty to plan on any day."),
    )
    quiet_from = models.TimeField(_("no reminders from"), default=time(20))
    quiet_until = models.TimeField(_("until"), default=time(9))
    small_number = models.PositiveSmallIntegerField(
        _("smallest number that reports show"),
        default=5,
        validators=[MinValueValidator(5)],
        help_text=_("Groups smaller than this are not shown in reports, so that nobody is known."),
    )
    practices_until_talk = models.PositiveSmallIntegerField(
        _("practices that end in “not yet” before you talk"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("Then somebody sits down with the person. They can always practise again."),
    )
    asks_about_you = models.BooleanField(
        _("ask people about themselves"),
        default=False,
        help_text=_(
            "Age, gender, ethnic group, and the like; never about health. People are asked after"
            " they have joined, and may leave out all of it. You see groups only."
        ),
    )
    confidence_target = models.PositiveSmallIntegerField(
        _("how sure of a plan is sure enough"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_(
            "From 0 to 10. Below it, a trainee is shown ways to make the plan easier. They can "
            "keep it as it is."
        ),
    )

    ready_for_months = models.PositiveSmallIntegerField(
        _("months that “ready to co-facilitate” counts"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_(
            "From the last day of training, and again from each renewal. What was issued keeps "
            "the number it was issued with."
        ),
    )

    invitation_days = models.PositiveSmallIntegerField(
        _("days that an invitation works"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Then its link is closed. You can send a new one."),
    )
    retention_months = models.PositiveSmallIntegerField(
        _("months after which we forget people who do not come back"),
        default=36,
        validators=[MinValueValidator(12), MaxValueValidator(120)],
        help_text=_("We write to them twice before. Whoever comes back stays."),
    )
    certificate_years = models.PositiveSmallIntegerField(
        _("years that a certificate keeps its name after that"),
        default=6,
        validators=[MaxValueValidator(50)],
        help_text=_("So that it can still be checked. Then the name goes, and the number stays."),
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(retention_months__gte=12), name="nobody_is_forgotten_in_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(small_number__gte=5), name="small_number_is_never_under_five"
            ),
            models.CheckConstraint(
                condition=models.Q(practices_until_talk__gte=1),
                name="a_talk_comes_after_practices",
            ),
            models.CheckConstraint(
                condition=models.Q(ready_for_months__gte=1, ready_for_months__lte=60),
                name="ready_counts_for_some_months",
            ),
            models.CheckConstraint(
                condition=models.Q(invitation_days__gte=1, invitation_days__lte=365),
                name="invitation_works_for_some_days",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence_target__gte=1, confidence_target__lte=10),
                name="confidence_target_is_from_1_to_10",
            ),
        ]

    def __str__(self):
        return self.name


class ClosedDays(models.Model):
    """Days on which an organisation holds no sessions, besides public holidays."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="closed_days"
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    name = models.CharField(_("what for"), max_length=80, blank=True)

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="closed_days_are_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.first_day} – {self.last_day}"


class RoleKind(models.TextChoices):
    """What a person does in an organisation. One person may hold several."""

    ORGANISER = "organiser", _("organiser")
    FACILITATOR = "facilitator", _("facilitator")
    OBSERVER = "observer", _("observer")
    MENTOR = "mentor", _("peer mentor")
    SAFEGUARDING_LEAD = "safeguarding_lead", _("safeguarding lead")
    PEER_EDUCATOR = "peer_educator", _("peer educator")


# Those who may lead sessions.
LEADERS = (RoleKind.FACILITATOR, RoleKind.ORGANISER)


class RoleQuerySet(models.QuerySet):
    def in_force(self):
        """Roles that were taken on, and that nobody has ended."""
        return self.filter(ended_at=None, accepted_at__isnull=False)

    def asked(self):
        """Roles that somebody was asked to take on, and has not answered."""
        return self.filter(ended_at=None, accepted_at=None)

    def held(self, person, *kinds):
        """The organisations, as values, in which this person holds one of these roles now.

        With no kinds named, any role will do.
        """
        roles = self.in_force().filter(person=person, kind__in=kinds or RoleKind.values)
        return roles.values("organisation")


class Role(models.Model):
    """A person's role in an organisation, from the day it was given to the day it ended.

    Somebody whom the organisation does not know yet is asked first: until they take the role on,
    it gives them nothing, and the organisation learns nothing of them, not even their name.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles"
    )
    kind = models.CharField(_("role"), max_length=20, choices=RoleKind)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    given_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "kind"],
                condition=models.Q(ended_at=None),
                name="role_held_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=RoleKind.values), name="role_is_a_known_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="role_is_ended_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_kind_display()}"
