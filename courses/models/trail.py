"""What was changed of a record that keeps no history of its own: who, what, when and why.

Most records are facts that are added, with who and when in them. These few are rows that are
written over. Of what was changed only codes, numbers and “yes” are kept, never anybody's words:
an address that was corrected is not kept on by its trail.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Changed(models.TextChoices):
    """What was changed."""

    LEFT = "left", _("left the group")
    CAME_BACK = "came_back", _("came back to the group")
    MENTOR = "mentor", _("who their mentor is")
    CONTACTS = "contacts", _("the “Worried about someone?” contacts")
    SETTINGS = "settings", _("the organisation’s settings")
    CLOSED_DAYS = "closed_days", _("the days on which the organisation is closed")
    PERSON = "person", _("a person’s account")


class Why(models.TextChoices):
    """By which way it came about."""

    OWN = "own", _("they did it themselves")
    ORGANISER = "organiser", _("an organiser did it")
    CMS = "cms", _("an administrator did it in the CMS")
    SITE = "site", _("the site did it by itself")


class Change(models.Model):
    """One change. Added, never changed: see `courses.guard`.

    It is about a person, or about an organisation. `column` says what of it, `before` and `after`
    what stood there where that is a code, a number or “yes”; else they are empty.
    """

    what = models.CharField(max_length=20, choices=Changed)
    why = models.CharField(max_length=20, choices=Why)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="+", null=True
    )
    organisation = models.ForeignKey(
        "courses.Organisation", on_delete=models.PROTECT, related_name="+", null=True
    )
    column = models.CharField(max_length=60, blank=True)
    before = models.CharField(max_length=80, blank=True)
    after = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(organisation=None),
                name="change_is_of_a_person_or_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(why="site"), name="change_says_who_made_it"
            ),
        ]

    def __str__(self):
        return f"{self.what} {self.column}".strip()
