"""Two people read what trainees will read: the second reading, sign-offs, and who may do what."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import PagePermissionTester, Revision, Task, TaskState
from wagtail_localize.models import StringTranslation

from courses.findings import what_stops

GOOD, SEND_BACK = "approve", "reject"  # Wagtail's own names for the two answers


def authors_of_changes(page):
    """Return the ids of everyone who wrote or translated on this page since it was published."""
    revisions = Revision.objects.filter(
        base_content_type=page.get_base_content_type(), object_id=str(page.pk)
    )
    if page.live_revision_id:
        revisions = revisions.filter(pk__gt=page.live_revision_id)
    began = set() if page.live_revision_id else {page.owner_id}
    writers = set(revisions.values_list("user_id", flat=True))
    return (began | writers | _translators_of(page)) - {None}


def _translators_of(page):
    """Return the ids of who translated words of this page since it was last published."""
    said = StringTranslation.objects.filter(
        context__object_id=page.translation_key, locale=page.locale_id
    )
    if page.live_revision_id:
        said = said.filter(updated_at__gt=page.live_revision.created_at)
    return {*said.values_list("last_translated_by", flat=True)}


def may_read_second(page, person):
    """Tell whether this person may write here, and had no part in what is to be published."""
    return page.permissions_for_user(person).can_edit() and person.pk not in authors_of_changes(
        page
    )


class WritersTester(PagePermissionTester):
    """Who may do what with a page of a course.

    Putting words before trainees takes two people: nobody but a technical administrator publishes
    alone. Taking them away takes one, as something harmful has to be gone at once. Groups that
    have begun keep their edition in either case.
    """

    def can_unpublish(self):
        return self.page.live and not self.page_locked() and self.can_edit()

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) or (self.page.is_leaf() and self.can_edit())

    def can_reorder_children(self):
        return self.can_edit()


class WrittenByTwo:
    """Pages that two people read before trainees do."""

    def permissions_for_user(self, user):
        return WritersTester(user, self)


class SecondReadingLock(WorkflowLock):
    """Nobody changes what is being read, so that what was read is what is published."""

    def get_message(self, user):
        return _(
            "This is waiting for a second reader, so nobody can change it now. "
            "To change it, take it back first."
        )

    def get_locked_by(self, user, can_lock=False):
        return _("Waiting for a second reader")

    def get_description(self, user, can_lock=False):
        return _("Nobody can change it while it is being read.")


class SendBackForm(forms.Form):
    """Why something is sent back. It cannot be left out."""

    comment = forms.CharField(
        label=_("What should change, and why?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=_("Begin with what is good. The writer reads this above the lesson."),
        error_messages={"required": _("Say what should change, so that the writer can mend it.")},
    )


class SecondReading(Task):
    """Somebody who did not write it reads it, and publishes it or sends it back with a reason."""

    lock_class = SecondReadingLock

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")

    @classmethod
    def get_description(cls):
        return _("Somebody who did not write the changes reads them, and publishes them.")

    def locked_for_user(self, obj, user):
        return True

    def get_actions(self, obj, user):
        if not may_read_second(obj, user):
            return []
        return [
            (GOOD, _("It’s good: publish it"), False),
            (SEND_BACK, _("Send back, and say why"), True),
        ]

    def get_form_for_action(self, action):
        return SendBackForm if action == SEND_BACK else super().get_form_for_action(action)

    def on_action(self, task_state, user, action_name, **kwargs):
        page = task_state.workflow_state.content_object
        if not may_read_second(page, user):
            raise PermissionDenied
        if action_name == SEND_BACK and not kwargs.get("comment", "").strip():
            raise PermissionDenied(_("Say what should change, and why."))
        draft = page.get_latest_revision_as_object()
        if action_name == GOOD and what_stops(draft, timezone.localdate()):
            raise PermissionDenied(_("There is something to mend before it can be published."))
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        theirs = [
            state.pk
            for state in waiting.select_related("workflow_state")
            if may_read_second(state.workflow_state.content_object, user)
        ]
        return TaskState.objects.filter(pk__in=theirs)


class SignOff(models.Model):
    """Somebody with the right knowledge said that a lesson may be published as it stands.

    It is for these words only: `words` is the digest of what they read. Sign-offs are added, never
    changed; when the lesson changes, it needs another one.
    """

    page = models.ForeignKey(
        "courses.LessonPage", on_delete=models.PROTECT, related_name="sign_offs"
    )
    needed = models.CharField(max_length=200)
    name = models.CharField(
        _("who signed it off"),
        max_length=120,
        help_text=_("Their name, and what they are, like “Dr Ama Boateng, psychologist”."),
    )
    words = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="sign_off_has_a_name"),
        ]

    def __str__(self):
        return f"{self.page_id}: {self.name}"
