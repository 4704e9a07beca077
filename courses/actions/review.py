"""Two people before trainees read it: ask a second reader, publish or send back, sign off."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_notification
from wagtail.log_actions import log
from wagtail.models import Page, WorkflowState
from wagtail.permissions import policy_registry

from courses.findings import what_stops, words_of
from courses.models import RoleKind, SignOff
from courses.models.review import GOOD, SEND_BACK, authors_of_changes, may_read_second

ALONE = "alongside.published_alone"  # in the page's history


class NotYet(Exception):
    """It cannot be done yet; `str()` says why and what to do, in plain words."""


def second_readers(page):
    """Return the people who may be the second reader of this page's changes."""
    writers = policy_registry.get(page).users_with_permission_for_instance(
        "change", page, include_superusers=False
    )
    return writers.filter(is_active=True).exclude(pk__in=authors_of_changes(page))


def waiting(page):
    """Return the state of a page that waits for its second reader, or None."""
    state = page.current_workflow_state
    return state if state and state.status == WorkflowState.STATUS_IN_PROGRESS else None


def sent_back(page):
    """Return the TaskState that says who sent a page back, when and why, or None."""
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return state.current_task_state
    return None


@transaction.atomic
def ask(*, page, by, at):
    """Ask for a second reader of the page's draft. Asked twice is asked once.

    The draft is kept as a revision of its own, which no open editor can write over.
    Raises NotYet when something has to be mended first, or when nobody could read it.
    """
    page = _locked(page)
    state = waiting(page)
    if state:
        return state
    draft = page.get_latest_revision_as_object()
    if what_stops(draft, timezone.localdate(at)):
        raise NotYet(_("There is something to mend first. It is listed here."))
    if not page.has_unpublished_changes and page.live:
        raise NotYet(_("Everything here is published already."))
    draft.save_revision(user=by, log_action=False, clean=False)
    readers = second_readers(page)
    if not readers.exists():
        raise NotYet(
            _(
                "Nobody else can read it yet. An organiser can give someone the role "
                "“peer educator”. Your draft is kept until then."
            )
        )
    state = page.current_workflow_state
    if state:
        state.resume(by)
    else:
        state = page.get_workflow().start(page, by)
    transaction.on_commit(lambda: _tell_readers(page, by, list(readers)))
    return state


def _tell_readers(page, asker, readers):
    send_notification(
        [reader for reader in readers if reader != asker],
        "submitted",
        {"page": page, "asker": asker, "path": reverse("second_reading", args=[page.pk])},
    )


@transaction.atomic
def publish(*, page, by, at):
    """The second reader says that it is good, and it is published.

    Raises NotYet when it does not wait for them, or when something has to be mended first.
    """
    page = _locked(page)
    task_state = _theirs(page, by)
    if what_stops(page.get_latest_revision_as_object(), timezone.localdate(at)):
        raise NotYet(_("There is something to mend first. Send it back, and say what."))
    task_state.task.specific.on_action(task_state, by, GOOD)


@transaction.atomic
def send_back(*, page, by, why):
    """The second reader sends it back. The writer is told why. Raises NotYet."""
    task_state = _theirs(_locked(page), by)
    task_state.task.specific.on_action(task_state, by, SEND_BACK, comment=why)


def _theirs(page, reader):
    task_state = page.current_workflow_task_state
    if task_state is None:
        raise NotYet(_("This does not wait for a second reader now. Somebody has seen to it."))
    if not may_read_second(page, reader):
        raise NotYet(
            _("You wrote some of this, so somebody else reads it before it is published.")
        )
    return task_state


def may_publish_alone(page, person):
    """Tell whether this person may publish without a second reader, giving a reason.

    They look after people and write lessons too, so they carry both sides. A lesson that somebody
    must sign off is never published by one person.
    """
    if getattr(page, "sign_off_needed", "") or not page.permissions_for_user(person).can_edit():
        return False
    kinds = set(person.roles.in_force().values_list("kind", flat=True))
    return {RoleKind.ORGANISER, RoleKind.PEER_EDUCATOR} <= kinds


@transaction.atomic
def publish_alone(*, page, by, why, at):
    """Publish without a second reader. Who did it and why is kept in the page's history.

    Raises NotYet when they may not, or when something has to be mended first.
    """
    page = _locked(page)
    draft = page.get_latest_revision_as_object()
    if not may_publish_alone(draft, by):
        raise NotYet(_("A second reader has to read this before it is published."))
    if not why.strip():
        raise NotYet(_("Say why it cannot wait for a second reader."))
    if what_stops(draft, timezone.localdate(at)):
        raise NotYet(_("There is something to mend first. It is listed here."))
    state = page.current_workflow_state
    if state:
        state.cancel(user=by)
    revision = draft.save_revision(user=by, log_action=False, clean=False)
    revision.publish(user=by, skip_permission_checks=True)
    log(instance=draft, action=ALONE, user=by, revision=revision, data={"why": why.strip()})


@transaction.atomic
def sign_off(*, page, name, by, at):
    """Record that somebody agreed to this lesson's words as they stand in its draft."""
    draft = _locked(page).get_latest_revision_as_object()
    return SignOff.objects.create(
        page=draft,
        needed=draft.sign_off_needed,
        name=name,
        words=words_of(draft),
        by=by,
        at=at,
    )


def _locked(page):
    """Take the page for this transaction, so that two people's answers come one by one."""
    return Page.objects.select_for_update().get(pk=page.pk).specific
