"""Who else may read a plan. Only its owner shares it, and can take it back at any time.

Each sharing and each taking back adds a row. For one plan (in all its versions) and one audience
the latest row is in force, and what it names is exactly what can be read: that version of the
plan, and that word on how it went, or none. What the owner writes afterwards stays their own.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from courses.models.people import Role, RoleKind


class Audience(models.TextChoices):
    """With whom a plan can be shared."""

    GROUP = "group", _("my group")
    MENTOR = "mentor", _("my mentor")


class PlanSharingQuerySet(models.QuerySet):
    def newest(self):
        """The latest row for each plan and audience: shared, or taken back."""
        later = PlanSharing.objects.filter(
            plan__enrolment=OuterRef("plan__enrolment"),
            plan__exercise=OuterRef("plan__exercise"),
            audience=OuterRef("audience"),
            pk__gt=OuterRef("pk"),
        )
        return self.filter(~Exists(later))

    def in_force(self):
        """What can be read now: shared, by somebody who has not left, with their own mentor."""
        return self.newest().filter(
            Q(mentor=None) | Q(mentor=F("plan__enrolment__mentor")),
            is_shared=True,
            plan__enrolment__left_at=None,
        )

    def with_group(self, cohort):
        """What people of this cohort share with it now."""
        return self.in_force().filter(audience=Audience.GROUP, plan__enrolment__cohort=cohort)

    def with_mentor(self, person):
        """What is shared with this person as a mentor now, by those whom they still support."""
        return self.in_force().filter(
            plan__enrolment__cohort__organisation__in=Role.objects.held(person, RoleKind.MENTOR),
            audience=Audience.MENTOR,
            mentor=person,
        )

    def readable(self):
        """Bring along what a reader sees: the plan, its owner, and how it went if shared."""
        return self.select_related(
            "plan__enrolment__trainee", "plan__enrolment__cohort", "review"
        ).order_by("-pk")


class PlanSharing(models.Model):
    """A plan shared with an audience, or taken back from it, at one moment.

    `mentor` is the very person it was shared with: a mentor who comes after them reads nothing
    that was not shared with them.
    """

    plan = models.ForeignKey(
        "courses.ActionPlan", on_delete=models.PROTECT, related_name="sharings"
    )
    review = models.ForeignKey(
        "courses.ActionPlanReview", on_delete=models.PROTECT, related_name="+", null=True
    )
    audience = models.CharField(max_length=10, choices=Audience)
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    is_shared = models.BooleanField()
    key = models.UUIDField()
    at = models.DateTimeField()

    objects = PlanSharingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="plan_shared_once_by_key"),
            models.CheckConstraint(
                condition=Q(audience=Audience.GROUP, mentor=None)
                | Q(audience=Audience.MENTOR, mentor__isnull=False),
                name="plan_is_shared_with_a_group_or_a_mentor",
            ),
        ]

    def __str__(self):
        return f"{self.plan_id}: {self.audience}"
