"""Contacts with somebody who is ready to co-facilitate, after one month, three and six.

A contact says when and how, and what came of it as a choice. What was said stays between the two.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Enrolment
from courses.models.milestones import MilestoneKind
from courses.models.people import Role, RoleKind
from courses.support import MONTHS


class ContactWay(models.TextChoices):
    """How the two were in contact."""

    PHONE = "phone", _("By phone")
    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("By video")
    MESSAGE = "message", _("By message")


class CameOfIt(models.TextChoices):
    """What came of a contact. Never what was said, and never how somebody's health is."""

    WELL = "well", _("All is well")
    AGREED = "agreed", _("We agreed on something")
    AGAIN = "again", _("We talk again")


def supported_by(person):
    """Enrolments of those who are ready, and whom this person supports: whom they mentor, or
    organise."""
    organised = Q(cohort__organisation__in=Role.objects.held(person, RoleKind.ORGANISER))
    mentored = Q(pk__in=Enrolment.objects.mentored_by(person).values("pk"))
    return Enrolment.objects.filter(
        organised | mentored, milestones__kind=MilestoneKind.READY, left_at=None
    ).exclude(trainee=person)


class SupportContact(models.Model):
    """One contact: the one after how many months, on which day, how, and what came of it."""

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="support_contacts"
    )
    month = models.PositiveSmallIntegerField(_("which contact"))
    day = models.DateField(_("day"))
    how = models.CharField(_("how"), max_length=10, choices=ContactWay)
    came_of_it = models.CharField(_("what came of it"), max_length=10, choices=CameOfIt)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "key"], name="support_contact_once_by_key"
            ),
            models.CheckConstraint(
                condition=Q(month__in=MONTHS), name="support_contact_is_one_of_three"
            ),
            models.CheckConstraint(
                condition=Q(how__in=ContactWay.values), name="support_contact_way_is_known"
            ),
            models.CheckConstraint(
                condition=Q(came_of_it__in=CameOfIt.values),
                name="support_contact_outcome_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.month}, {self.day}"
