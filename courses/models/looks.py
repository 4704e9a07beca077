"""Who looked at what is kept about whom. It is there for the person it is about."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LookRole(models.TextChoices):
    """As what somebody looked."""

    ORGANISER = "organiser", _("organiser")
    FACILITATOR = "facilitator", _("facilitator")
    MENTOR = "mentor", _("peer mentor")
    OBSERVER = "observer", _("observer")


class Looked(models.TextChoices):
    """What was looked at."""

    DONE = "done", _("what you have done")
    GROUP = "group", _("the list of your group, with how far each person is")
    PRACTICE = "practice", _("a practice of yours, and what was seen in it")
    ATTENDANCE = "attendance", _("when you were there")
    READY = "ready", _("what is left until you are ready")
    CERTIFICATE = "certificate", _("a certificate of yours")
    WAYS_TO_REACH = "reach", _("how to reach you")
    CALLS = "calls", _("how your own group goes")


class LookQuerySet(models.QuerySet):
    def at(self, person):
        """What others looked at of this person: by itself, or among those of a group."""
        in_groups = Q(cohort__enrolments__trainee=person)
        return self.filter(Q(person=person) | in_groups).exclude(by=person).distinct()


class Look(models.Model):
    """Somebody opened what is kept about a person, or about all of a cohort, on a day.

    However often they opened it that day: it is one row. One of `person` and `cohort` is empty.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    cohort = models.ForeignKey(
        "courses.Cohort", on_delete=models.PROTECT, related_name="+", null=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    as_role = models.CharField(max_length=20, choices=LookRole)
    what = models.CharField(max_length=20, choices=Looked)
    day = models.DateField()

    objects = LookQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, cohort__isnull=False)
                | Q(person__isnull=False, cohort=None),
                name="look_is_at_somebody_or_a_group",
            ),
            models.UniqueConstraint(
                fields=["person", "by", "what", "day"],
                condition=Q(cohort=None),
                name="look_at_a_person_noted_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["cohort", "by", "what", "day"],
                condition=Q(person=None),
                name="look_at_a_group_noted_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(as_role__in=LookRole.values), name="look_is_as_a_known_role"
            ),
            models.CheckConstraint(
                condition=Q(what__in=Looked.values), name="look_is_at_something_known"
            ),
        ]

    def __str__(self):
        return f"{self.by_id}: {self.what} {self.day}"
