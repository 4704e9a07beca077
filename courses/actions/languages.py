"""A course in more than one language: the same pages, steps and exercises in other words."""

from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource

from courses.actions.catalogue import let_peer_educators_write
from courses.models import CatalogPage, LessonPage


@transaction.atomic
def open_language(code):
    """Open the site's pages to another language, once, and return its Locale.

    Every page then has a place in that language. Until someone translates it, the place shows the
    page as it is.
    """
    locale, made = Locale.objects.get_or_create(language_code=code)
    if made:
        LocaleSynchronization.objects.create(locale=locale, sync_from=Locale.get_default())
    for catalogue in CatalogPage.objects.filter(locale=locale):
        let_peer_educators_write(catalogue)
    return locale


@transaction.atomic
def translate(page, *, locale, messages):
    """Publish a page in another language, from translated messages (a polib.POFile).

    What has no translation in them stays in the page's own language. Returns the translated page.
    """
    source, _made = TranslationSource.get_or_create_from_instance(page)
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=locale)
    # Messages that were taken from another site name its translation: they fit here all the same.
    messages.metadata["X-WagtailLocalize-TranslationID"] = str(translation.uuid)
    translation.import_po(messages, delete=True)
    translation.save_target(publish=True)
    return page.get_translation(locale)


def translations_of(page):
    """Return the published translations of a page that an edition can hold, by language.

    A lesson that was changed since it was translated is left out when its steps or exercises are
    no longer the same: then trainees get the lesson as it was written.
    """
    found = page.get_translations().filter(live=True, alias_of=None).select_related("locale")
    found = found.order_by("locale__language_code")
    if isinstance(page, LessonPage):
        return [each for each in found if _shape(each) == _shape(page)]
    return list(found)


def _shape(lesson):
    """What records point at in a lesson: its steps and exercises, in order, with all their ids."""
    return [(step.id, [_ids(exercise) for exercise in step.exercises]) for step in lesson.steps]


def _ids(exercise):
    """Every id in an exercise."""
    inner = [getattr(each, "id", None) for each in getattr(exercise, "options", ())]
    return [exercise.kind, exercise.id, *inner]
