"""Beginning a lesson from a kit, or from a copy of another lesson."""

from django.db import transaction
from django.utils.translation import gettext as _

from content.copying import with_new_ids
from content.kits import body_of
from courses.actions.languages import give_places
from courses.models import LessonPage


@transaction.atomic
def start_from_kit(*, session, kit, by):
    """Begin a lesson with a kit's words in it, as a draft, and return it."""
    return _begin(
        session,
        by,
        title=kit.title,
        summary=kit.summary,
        minutes=kit.minutes,
        body=body_of(kit),
    )


@transaction.atomic
def copy_lesson(*, lesson, session, by):
    """Begin a lesson as a copy of another one's draft, and return it.

    The copy has a key and ids of its own. What needed a sign-off needs it again.
    """
    draft = lesson.get_latest_revision_as_object()
    return _begin(
        session,
        by,
        title=_("%(title)s (a copy)") % {"title": draft.title[:240]},
        summary=draft.summary,
        minutes=draft.minutes,
        required=draft.required,
        sources=with_new_ids(list(draft.sources.raw_data)),
        sign_off_needed=draft.sign_off_needed,
        body=list(draft.body.raw_data),
    )


def _begin(session, by, body, **about):
    page = LessonPage(
        owner=by,
        live=False,
        has_unpublished_changes=True,
        locale=session.locale,
        body=with_new_ids(body),
        **about,
    )
    session.add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    give_places(page)
    return page


@transaction.atomic
def renew_copies(*, page, by):
    """Give every lesson in a copied part of the tree ids and a history of its own."""
    for lesson in LessonPage.objects.descendant_of(page, inclusive=True):
        draft = lesson.get_latest_revision_as_object()
        draft.body = with_new_ids(list(draft.body.raw_data))
        draft.sources = with_new_ids(list(draft.sources.raw_data))
        revision = draft.save_revision(user=by, log_action=False, clean=False)
        if lesson.live:
            revision.publish(user=by, skip_permission_checks=True, log_action=False)
        else:
            LessonPage.objects.filter(pk=lesson.pk).update(body=draft.body, sources=draft.sources)
        lesson.revisions.exclude(pk=revision.pk).delete()
    give_places(page)
