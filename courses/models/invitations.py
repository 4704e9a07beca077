"""Asking people into a cohort by name, and those who wait for a place."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from courses.models.cohorts import Cohort


def new_token():
    """Return what an invitation's link ends in: nobody guesses it."""
    return secrets.token_urlsafe(24)


def some_days_on():
    """Return when an invitation ends for which nothing else was settled."""
    return timezone.now() + timedelta(days=60)


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those that nobody has answered or withdrawn."""
        return self.filter(enrolment=None, withdrawn_at=None)


class Invitation(models.Model):
    """Somebody asked into a cohort by name. With no address they get a card to sign in with.

    `person` is theirs once it is known who they are; `enrolment` once they are in.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="+", null=True
    )
    token = models.CharField(max_length=40, unique=True, default=new_token)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField(default=some_days_on)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "cohort",
                Lower("email"),
                condition=~Q(email="") & Q(withdrawn_at=None),
                name="address_invited_once",
            ),
            models.UniqueConstraint(
                "cohort",
                Lower("name"),
                condition=Q(email="", withdrawn_at=None),
                name="name_without_address_invited_once",
            ),
        ]

    def __str__(self):
        return self.name

    def has_run_out(self, at):
        """Tell whether its link is closed: too late, and nobody has come with it."""
        return self.person_id is None and self.expires_at <= at


class WaitingPlaceQuerySet(models.QuerySet):
    def waiting(self):
        """Those who still wait, who came first at the front."""
        return self.filter(let_in_at=None, left_at=None).order_by("asked_at", "pk")


class WaitingPlace(models.Model):
    """Somebody who wants to join a cohort that is full."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="waiting")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="waiting_places"
    )
    asked_at = models.DateTimeField()
    let_in_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    objects = WaitingPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=Q(let_in_at=None, left_at=None),
                name="waits_once",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} waits for {self.cohort_id}"
