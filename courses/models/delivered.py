"""Groups that people lead after their training: days, the pair, sessions held, and head counts.

Nothing here can say who came, or anything about them (A7): the only words in it are a group's
name. All of it is added, never changed: of several rows about one session the latest counts.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.fidelity import ITEMS
from courses.models.fidelity import FilledInBy
from courses.models.people import Organisation, Role, RoleKind

MOST_SESSIONS, MOST_PEOPLE = 30, 200


class Alone(models.TextChoices):
    """Why only one led. A choice and no words, so that it says nothing of anybody's health."""

    AWAY = "away", _("The other one could not be there")
    NOBODY = "nobody", _("There is nobody yet to lead with")
    OTHER = "other", _("Another reason")


def _person(verbose_name, **more):
    """Somebody who leads. Nobody finds their groups by a way back: `led_by` is the way."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=verbose_name,
        **more,
    )


def _alone():
    return models.CharField(_("why only one"), max_length=10, choices=Alone, blank=True)


PAIR_IS_TWO = Q(co_facilitator=None) | ~Q(facilitator=F("co_facilitator"))
PAIR_OR_REASON = Q(co_facilitator__isnull=False, alone_because="") | Q(
    co_facilitator=None, alone_because__in=Alone.values
)


class DeliveredGroupQuerySet(models.QuerySet):
    def led_by(self, person):
        """Groups that this person leads, as one of the pair, or led a session of."""
        led = Q(facilitator=person) | Q(co_facilitator=person)
        return self.filter(led | Q(pk__in=DeliveredSession.objects.filter(led).values("group")))

    def organised_by(self, person):
        """Groups of the organisations in which this person is an organiser."""
        return self.filter(organisation__in=Role.objects.held(person, RoleKind.ORGANISER))

    def written_by(self, person):
        """Groups whose sessions this person writes down: those who lead them, and organisers."""
        organised = Q(organisation__in=Role.objects.held(person, RoleKind.ORGANISER))
        return self.filter(
            organised | Q(pk__in=DeliveredGroup.objects.led_by(person).values("pk"))
        )

    def checked_by(self, person):
        """Groups that this person may fill in a checklist for: these, and observers."""
        watched = Q(organisation__in=Role.objects.held(person, RoleKind.OBSERVER))
        return self.filter(
            watched | Q(pk__in=DeliveredGroup.objects.written_by(person).values("pk"))
        )

    def with_people(self):
        """Bring along what a page about a group shows around it."""
        found = self.select_related("organisation", "facilitator", "co_facilitator", "end")
        return found.select_related("edition").defer("edition__contents")


class DeliveredGroup(models.Model):
    """A group that two people lead, both ready to co-facilitate. One alone only with a reason."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(_("name of the group"), max_length=80)
    edition = models.ForeignKey(
        "courses.Edition",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("course"),
    )
    facilitator = _person(_("facilitator"))
    co_facilitator = _person(_("co-facilitator"), null=True, blank=True)
    alone_because = _alone()
    sessions_planned = models.PositiveSmallIntegerField(
        _("sessions planned"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SESSIONS)],
    )
    by = _person(_("written down by"))
    at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    objects = DeliveredGroupQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(label=""), name="delivered_group_has_a_name"),
            models.CheckConstraint(condition=PAIR_IS_TWO, name="delivered_pair_is_two_people"),
            models.CheckConstraint(
                condition=PAIR_OR_REASON, name="delivered_group_has_a_pair_or_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(sessions_planned__range=(1, MOST_SESSIONS)),
                name="delivered_group_has_sessions",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def pair(self):
        """The two who lead, or the one."""
        return [each for each in (self.facilitator, self.co_facilitator) if each]


class DeliveredEnd(models.Model):
    """That a group stopped before all its sessions were held. Said once."""

    group = models.OneToOneField(DeliveredGroup, on_delete=models.PROTECT, related_name="end")
    by = _person(_("written down by"))
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.group_id}: {self.at:%Y-%m-%d}"


class DeliveredSession(models.Model):
    """One session of a group: on which day, led by whom, and how many came, as a number.

    Without a day it was not held after all, and then nobody led it and nobody came.
    """

    group = models.ForeignKey(DeliveredGroup, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("number"))
    held_on = models.DateField(_("day"), null=True)
    came = models.PositiveSmallIntegerField(
        _("how many came"), null=True, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    facilitator = _person(_("facilitator"), null=True)
    co_facilitator = _person(_("co-facilitator"), null=True)
    alone_because = _alone()
    by = _person(_("written down by"))
    at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "key"], name="delivered_session_once_by_key"),
            models.CheckConstraint(
                condition=Q(number__range=(1, MOST_SESSIONS)),
                name="delivered_session_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(held_on=None, came=None, facilitator=None, co_facilitator=None)
                | Q(held_on__isnull=False, facilitator__isnull=False, came__lte=MOST_PEOPLE),
                name="held_session_has_a_day_a_count_and_somebody_who_led",
            ),
            models.CheckConstraint(
                condition=PAIR_IS_TWO, name="delivered_session_is_led_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(held_on=None, alone_because="")
                | Q(held_on__isnull=False) & PAIR_OR_REASON,
                name="delivered_session_has_a_pair_or_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.group_id}.{self.number}: {self.held_on}"


def _item():
    """Happened, did not, or left open."""
    return models.BooleanField(null=True)


class DeliveredFidelity(models.Model):
    """The checklist of one session of a group, as `courses.fidelity` has it.

    Each item is a column of its own: there is no room for words, and so none for names.
    """

    group = models.ForeignKey(DeliveredGroup, on_delete=models.PROTECT, related_name="checks")
    number = models.PositiveSmallIntegerField(_("session"))
    filled_in_by = models.CharField(max_length=10, choices=FilledInBy)
    two_led = _item()
    plan_on_show = _item()
    agreement_on_show = _item()
    feedback_opened = _item()
    brainstorm_open = _item()
    plans_made = _item()
    break_taken = _item()
    ended_on_time = _item()
    by = _person(_("filled in by"))
    at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "key"], name="delivered_checked_once_by_key"),
            models.CheckConstraint(
                condition=Q(number__range=(1, MOST_SESSIONS)), name="delivered_check_is_numbered"
            ),
            models.CheckConstraint(
                condition=Q(filled_in_by__in=FilledInBy.values),
                name="delivered_is_checked_by_somebody_known",
            ),
            models.CheckConstraint(
                condition=~Q(**dict.fromkeys((f"{item}__isnull" for item in ITEMS), True)),
                name="delivered_check_says_something",
            ),
        ]

    def __str__(self):
        return f"{self.group_id}.{self.number}: {self.filled_in_by}"

    @property
    def answers(self):
        """{item: true or false}; what was left open is not in it."""
        said = {item: getattr(self, item) for item in ITEMS}
        return {item: answer for item, answer in said.items() if answer is not None}
