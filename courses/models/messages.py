"""What the site writes to people. A message is a row before it is an e-mail.

The row is written in the transaction of what it tells of, so neither comes without the other; its
`key` says what it is about, so nothing is told twice. Subjects and texts name no condition, plan,
reflection or reason for being away.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    """What a message is for. The last two are reminders, which people can turn off."""

    INVITATION = "invitation", _("invitation")
    WELCOME = "welcome", _("welcome")
    PLACE_FREE = "place_free", _("a place is free")
    SESSION_MOVED = "session_moved", _("session moved")
    SESSION_CANCELLED = "session_cancelled", _("session cancelled")
    PRACTICE = "practice", _("about a practice")
    NOTE = "note", _("a note from an organiser")
    SESSION_TOMORROW = "session_tomorrow", _("session tomorrow")
    STEP_LEFT = "step_left", _("one step left")


REMINDERS = (MessageKind.SESSION_TOMORROW, MessageKind.STEP_LEFT)


class Message(models.Model):
    """One message to one person, and how far it has come.

    `claimed_at` is when somebody began to send it. A row that was claimed and neither sent nor
    given up was interrupted: it may have gone, so it is not sent again by itself.
    """

    kind = models.CharField(max_length=20, choices=MessageKind)
    key = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    address = models.EmailField()
    organisation = models.ForeignKey(
        "courses.Organisation", on_delete=models.PROTECT, related_name="+", null=True
    )
    cohort = models.ForeignKey(
        "courses.Cohort", on_delete=models.PROTECT, related_name="+", null=True
    )
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    made_at = models.DateTimeField()
    send_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["send_after"],
                condition=Q(sent_at=None, given_up_at=None, claimed_at=None),
                name="messages_to_send",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MessageKind.values), name="message_is_a_known_kind"
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.key}"


class ReminderChoice(models.Model):
    """Whether somebody wants a kind of reminder, as they said at one moment. The latest holds."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminder_choices"
    )
    kind = models.CharField(max_length=20, choices=MessageKind)
    wanted = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=REMINDERS), name="only_reminders_are_chosen"
            ),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.kind} {self.wanted}"
