"""What helps somebody take part. It is about needs, never about conditions, and it is theirs.

What is said can be changed and taken away at any time, so it is the one record of people that is
not added to: what was there before is gone. A row of its own says only that something changed.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort
from courses.models.people import Role, RoleKind


class Need(models.TextChoices):
    """What is asked for most, so that nobody has to find words for it."""

    LARGE_PRINT = "large_print", _("large print")
    BREAKS = "breaks", _("a break every 20 minutes")
    STEP_FREE = "step_free", _("a way in without steps")
    CAPTIONS = "captions", _("captions, or words on a screen")
    HEARING_LOOP = "hearing_loop", _("a hearing loop, or a place near whoever speaks")
    QUIET = "quiet", _("a quiet place to go to for a while")
    COMPANY = "company", _("somebody to sit with")


class AccessNeedsQuerySet(models.QuerySet):
    def told_in(self, cohort, person):
        """What people of a cohort share with this person, who organises it or leads it."""
        here = Cohort.objects.filter(pk=OuterRef("enrolment__cohort"))
        as_organiser = Q(Exists(here.organised_by(person)), with_organisers=True)
        as_facilitator = Q(Exists(here.led_by(person)), with_facilitators=True)
        return self._of_those_who_stay().filter(
            as_organiser | as_facilitator, enrolment__cohort=cohort
        )

    def told_to_observer(self, practices):
        """What the people who practise share with those who come to watch."""
        practising = {practice.enrolment_id for practice in practices}
        return self._of_those_who_stay().filter(enrolment__in=practising, with_observers=True)

    def told_to_mentor(self, person):
        """What is shared with this very person as a mentor, by those whom they still support."""
        return self._of_those_who_stay().filter(
            enrolment__cohort__organisation__in=Role.objects.held(person, RoleKind.MENTOR),
            enrolment__mentor=person,
            mentor=person,
        )

    def _of_those_who_stay(self):
        return (
            self.filter(enrolment__left_at=None)
            .select_related("enrolment__trainee")
            .order_by("enrolment__trainee__name", "pk")
        )


class AccessNeeds(models.Model):
    """What helps one person take part, and with whom they share it: with nobody until they say so.

    `mentor` is the very person it is shared with: a mentor who comes after them is asked for anew.
    """

    enrolment = models.OneToOneField(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="access_needs"
    )
    needs = models.JSONField(default=list)
    own_words = models.CharField(max_length=200, blank=True)
    with_organisers = models.BooleanField(default=False)
    with_facilitators = models.BooleanField(default=False)
    with_observers = models.BooleanField(default=False)
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    objects = AccessNeedsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "access needs"

    def __str__(self):
        return f"{self.enrolment_id}: what helps"

    @property
    def lines(self):
        """What helps, in words: what was chosen in the order of the list, then their own words."""
        chosen = [need.label for need in Need if need.value in self.needs]
        return [*chosen, self.own_words] if self.own_words else chosen

    @property
    def is_shared(self):
        """Whether anybody besides its owner can read it."""
        everybody = (self.with_organisers, self.with_facilitators, self.with_observers)
        return any(everybody) or self.mentor_id is not None


class AccessNeedsChange(models.Model):
    """That somebody said, changed or took away what helps them. Never what it was."""

    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="access_needs_changes"
    )
    is_taken_away = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.enrolment_id}: {self.at}"
