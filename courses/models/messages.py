"""What the site writes to people. A message is a row before it is an e-mail.

The row is written in the transaction of what it tells of, so neither comes without the other; its
`key` says what it is about, so nothing is told twice. Subjects and texts name no condition, plan,
reflection or reason for being away.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.people import Role, RoleKind


class MessageKind(models.TextChoices):
    """What a message is for. The last two are reminders, which people can turn off."""

    INVITATION = "invitation", _("invitation")
    WELCOME = "welcome", _("welcome")
    PLACE_FREE = "place_free", _("a place is free")
    SESSION_MOVED = "session_moved", _("session moved")
    SESSION_CANCELLED = "session_cancelled", _("session cancelled")
    PRACTICE = "practice", _("about a practice")
    NOTE = "note", _("a note from an organiser")
    CERTIFICATE_ENDS = "certificate_ends", _("a certificate ends soon")
    ERASURE = "erasure", _("being forgotten")
    NOT_HEARD = "not_heard", _("we have not heard from you")
    SESSION_TOMORROW = "session_tomorrow", _("session tomorrow")
    STEP_LEFT = "step_left", _("one step left")


REMINDERS = (MessageKind.SESSION_TOMORROW, MessageKind.STEP_LEFT)


# Sending one message takes a few seconds. After so long nobody is still at it.
INTERRUPTED_AFTER = timedelta(minutes=15)


class Problem(models.TextChoices):
    """Why a message has not been sent, as an organiser reads it."""

    NO_SERVER = "no_server", _("The mail server of this site could not be reached.")
    OUR_ADDRESS = (
        "our_address",
        _("The mail server does not let this site send. Tell who looks after the site."),
    )
    NOT_NOW = "not_now", _("Their mail server asked us to try again later.")
    NO_SUCH_ADDRESS = (
        "no_such_address",
        _("Their mail server takes no mail for this address. See if it is typed right."),
    )
    NOT_TAKEN = "not_taken", _("Their mail server did not take this message.")
    CUT_OFF = (
        "cut_off",
        _("The connection broke while it was being sent. It may have arrived."),
    )
    TOO_LATE = "too_late", _("It could not be sent in time.")
    NOT_TRUE_ANY_MORE = "not_true_any_more", _("It was not true any more, so it was not sent.")


class MessageQuerySet(models.QuerySet):
    def organised_by(self, person):
        """Messages of the organisations in which this person is an organiser."""
        return self.filter(organisation__in=Role.objects.held(person, RoleKind.ORGANISER))

    def waiting(self):
        """Messages that nobody has begun to send."""
        return self.filter(sent_at=None, given_up_at=None, claimed_at=None)

    def sent(self):
        """Messages that a mail server has taken."""
        return self.filter(sent_at__isnull=False)

    def stuck(self, at):
        """Messages about which somebody has to decide: given up, or interrupted half-way."""
        given_up = Q(given_up_at__isnull=False)
        interrupted = Q(given_up_at=None, claimed_at__lte=at - INTERRUPTED_AFTER)
        return self.filter(given_up | interrupted, sent_at=None, let_be_at=None)


class Message(models.Model):
    """One message to one person, and how far it has come.

    `claimed_at` is when somebody began to send it. A row that was claimed and neither sent nor
    given up was interrupted: it may have gone, so it is not sent again by itself. `not_after` is
    when it would come too late. `by` is whose name it is from, when a person wrote it.
    """

    kind = models.CharField(max_length=20, choices=MessageKind)
    key = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    address = models.EmailField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    from_name = models.CharField(max_length=250, blank=True)
    reply_to = models.EmailField(blank=True)
    organisation = models.ForeignKey(
        "courses.Organisation", on_delete=models.PROTECT, related_name="+", null=True
    )
    cohort = models.ForeignKey(
        "courses.Cohort", on_delete=models.PROTECT, related_name="+", null=True
    )
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)  # taken out again some weeks later
    made_at = models.DateTimeField()
    send_after = models.DateTimeField()
    not_after = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=20, choices=Problem, blank=True)
    again_at = models.DateTimeField(null=True)
    again_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    let_be_at = models.DateTimeField(null=True)
    let_be_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["send_after"],
                condition=Q(sent_at=None, given_up_at=None, claimed_at=None),
                name="messages_to_send",
            ),
            # What an organiser has to look at is little, among much that has been sent.
            models.Index(
                fields=["organisation"],
                condition=Q(sent_at=None, let_be_at=None),
                name="messages_not_sent",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MessageKind.values), name="message_is_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None),
                name="message_is_sent_or_given_up",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(claimed_at__isnull=False),
                name="message_is_claimed_before_it_is_sent",
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.key}"

    @property
    def is_reminder(self):
        return self.kind in REMINDERS

    @property
    def why_stuck(self):
        """Why it has not been sent, in words. A process that was stopped could say nothing."""
        if self.problem:
            return self.get_problem_display()
        return _("Something stopped us while it was being sent. It may have arrived.")

    @property
    def can_go_again(self):
        """Tell whether there is still something to send."""
        return bool(self.text) and self.problem != Problem.TOO_LATE


class ReminderChoiceQuerySet(models.QuerySet):
    def latest(self):
        """What each person last said of each kind of reminder."""
        said = self.order_by().values("person", "kind").annotate(last=models.Max("pk"))
        return self.filter(pk__in=said.values("last"))


class ReminderChoice(models.Model):
    """Whether somebody wants a kind of reminder, as they said at one moment. The latest holds."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminder_choices"
    )
    kind = models.CharField(max_length=20, choices=MessageKind)
    wanted = models.BooleanField()
    at = models.DateTimeField()

    objects = ReminderChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=REMINDERS), name="only_reminders_are_chosen"
            ),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.kind} {self.wanted}"
