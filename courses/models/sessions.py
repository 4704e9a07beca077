"""Sessions as a cohort holds them: when, led by whom, who took part, and how it went."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.cohorts import Cohort, Enrolment, MeetingWay
from courses.models.people import Role, RoleKind


class SessionRunQuerySet(models.QuerySet):
    def marked_by(self, person):
        """Sessions whose attendance this person may mark: organisers, and the pair who lead."""
        return self.filter(
            Q(cohort__organisation__in=Role.objects.held(person, RoleKind.ORGANISER))
            | Q(facilitator=person)
            | Q(co_facilitator=person)
        )

    def checked_by(self, person):
        """Sessions that this person may fill in a fidelity checklist for: organisers and
        observers of the organisation, and the pair who lead."""
        watched = Q(cohort__organisation__in=Role.objects.held(person, RoleKind.OBSERVER))
        return self.filter(watched | Q(pk__in=SessionRun.objects.marked_by(person).values("pk")))


class SessionRun(models.Model):
    """One session as this cohort holds it: when, and led by which pair.

    `way` and `place` are empty where they are those of the cohort.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="session_runs")
    session = models.UUIDField()  # the session's key in the edition
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=255)
    counted = models.BooleanField(default=True)
    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=150)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("facilitator"),
    )
    co_facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("co-facilitator"),
    )
    one_facilitator_reason = models.CharField(
        _("why only one"),
        max_length=200,
        blank=True,
        help_text=_("Sessions are led by two. If only one can be there, say why."),
    )

    way = models.CharField(_("how you meet"), max_length=20, choices=MeetingWay, blank=True)
    place = models.CharField(_("place or link"), max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = SessionRunQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "number"]
        indexes = [models.Index(fields=["starts_at"], name="sessions_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "session"], name="session_held_once"),
            models.CheckConstraint(
                condition=Q(facilitator=None)
                | Q(co_facilitator=None)
                | ~Q(facilitator=F("co_facilitator")),
                name="pair_is_two_people",
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"


class SessionChangeKind(models.TextChoices):
    """What was changed about a session that was planned."""

    MOVED = "moved", _("moved")
    PLACE = "place", _("place or way of meeting changed")
    PAIR = "pair", _("pair changed")
    CANCELLED = "cancelled", _("cancelled")
    BROUGHT_BACK = "brought_back", _("on again")


class SessionChange(models.Model):
    """One change to a session that was planned: what it was before, and what it became."""

    session_run = models.ForeignKey(SessionRun, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=SessionChangeKind)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SessionChangeKind.values),
                name="session_change_is_a_known_kind",
            ),
        ]

    def __str__(self):
        return f"{self.session_run_id}: {self.kind}"


class AttendanceMark(models.TextChoices):
    """How a trainee took part in a session. Excused is a reason for the record, not a presence."""

    PRESENT = "present", _("Here")
    LATE = "late", _("Came late")
    LEFT_EARLY = "left_early", _("Left early")
    MADE_UP = "made_up", _("Made up")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Away")


COUNTS_AS_ATTENDED = frozenset(
    {
        AttendanceMark.PRESENT,
        AttendanceMark.LATE,
        AttendanceMark.LEFT_EARLY,
        AttendanceMark.MADE_UP,
    }
)


class Attendance(models.Model):
    """A mark of one trainee at one session. Marks are added, never changed: the latest counts.

    `way` is how they took part, where it was another way than the session's own; `reason` is a
    short word on why or where, never about health.
    """

    session_run = models.ForeignKey(
        SessionRun, on_delete=models.PROTECT, related_name="attendances"
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")
    mark = models.CharField(_("attendance"), max_length=10, choices=AttendanceMark)
    way = models.CharField(_("how they took part"), max_length=20, choices=MeetingWay, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    key = models.UUIDField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session_run", "enrolment", "key"], name="attendance_marked_once_by_key"
            ),
            models.CheckConstraint(
                condition=Q(mark__in=AttendanceMark.values), name="attendance_mark_is_known"
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.mark}"


class ActivityHow(models.TextChoices):
    """How an activity of the plan went on the day."""

    AS_PLANNED = "as_planned", _("As planned")
    CHANGED = "changed", _("Changed")
    LEFT_OUT = "left_out", _("Left out")


class ActivityMark(models.Model):
    """How one activity of a session's plan went. Marks are added: the latest counts.

    `place` is the activity's place in the plan, from 1; `title` is what stood there that day.
    """

    session_run = models.ForeignKey(
        SessionRun, on_delete=models.PROTECT, related_name="activity_marks"
    )
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=255)
    how = models.CharField(max_length=10, choices=ActivityHow)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session_run", "place", "key"], name="activity_marked_once_by_key"
            ),
            models.CheckConstraint(
                condition=Q(how__in=ActivityHow.values), name="activity_mark_is_known"
            ),
            models.CheckConstraint(
                condition=Q(how=ActivityHow.AS_PLANNED) | ~Q(reason=""),
                name="what_was_not_as_planned_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.session_run_id}.{self.place}: {self.how}"
