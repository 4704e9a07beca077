"""What a translator does in the CMS: begin, and keep what is translated as a draft.

wagtail-localize would publish at both, with nobody else having read it. Here neither changes what
people read: the draft goes to a second reader, like everything else.
"""

from django.db import transaction
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from content.blocks.translating import same_in_every_language
from courses.actions.review import waiting


@transaction.atomic
def begin(*, page, locale, by):
    """Let a page be translated into a language, and return its place there.

    What people read there stays as it is: the page as it was written, until a translation of it
    is published.
    """
    source, _made = TranslationSource.get_or_create_from_instance(page)
    Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    there = page.get_translation_or_none(locale)
    if there is None:
        return page.copy_for_translation(locale, copy_parents=True)
    if there.alias_of_id:
        there.alias_of, there.owner = None, by
        there.save(clean=False)
        as_it_is = there.save_revision(changed=False, log_action=False, clean=False)
        if there.live:
            Page.objects.filter(pk=there.pk).update(live_revision=as_it_is)
    return there


def translation_of(page):
    """Return the Translation that a page is made from; None for one that is written by hand."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
        )
        .select_related("source", "target_locale")
        .first()
    )


def said_on(page):
    """Return (where it stands, words) of every text on a page that can be translated."""
    return [
        (segment.path, segment.string.data)
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    ]


def so_far(translation):
    """Return the page with what is translated so far; the rest is as it was written."""
    return translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )


def left_to_translate(translation):
    """Return how many texts are not translated yet."""
    all_of_them, done = translation.get_progress()
    return all_of_them - done


@transaction.atomic
def keep_draft(*, translation, by):
    """Keep what is translated so far as the page's draft, and return the page.

    What is published stays as it is. While a second reader has it, nothing is kept over it.
    """
    page = translation.get_target_instance()
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if waiting(page):
        return page
    words, latest = so_far(translation), page.get_latest_revision_as_object()
    if _words_of(words) != _words_of(latest):
        words.save_revision(user=by, clean=False)
    return words


def _words_of(page):
    """Return all that a translation says and holds, however its HTML is written."""
    held = [
        same_in_every_language(field.stream_block, field.value_from_object(page))
        for field in page._meta.get_fields()
        if isinstance(field, StreamField)
    ]
    return said_on(page), held
