"""The address under which a person's own calendar fetches their sessions."""

import uuid

from django.conf import settings
from django.db import models


class CalendarAddress(models.Model):
    """What a calendar address stands for, until the person asks for another one.

    The address itself is signed with the site's own key, so it cannot be worked out from here.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_addresses"
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_at=None),
                name="one_calendar_address_in_force",
            ),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.made_at:%Y-%m-%d}"
