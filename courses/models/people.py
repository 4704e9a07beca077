"""Who runs what: organisations, and the roles people hold in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationQuerySet(models.QuerySet):
    def organised_by(self, person):
        """Organisations in which this person is an organiser."""
        return self.filter(roles__person=person, roles__kind=RoleKind.ORGANISER)


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

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class RoleKind(models.TextChoices):
    """What a person does in an organisation. One person may hold several."""

    ORGANISER = "organiser", _("organiser")
    FACILITATOR = "facilitator", _("facilitator")
    OBSERVER = "observer", _("observer")
    MENTOR = "mentor", _("peer mentor")
    PEER_EDUCATOR = "peer_educator", _("peer educator")


# Those who may lead sessions.
LEADERS = (RoleKind.FACILITATOR, RoleKind.ORGANISER)


class Role(models.Model):
    """A person's role in an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles"
    )
    kind = models.CharField(_("role"), max_length=20, choices=RoleKind)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "kind"], name="role_held_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=RoleKind.values), name="role_is_a_known_kind"
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_kind_display()}"
