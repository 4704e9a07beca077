"""A course in more than one language: the same pages, steps and exercises in other words."""

from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource

from courses.actions.catalogue import open_to_writers
from courses.models import CatalogPage, CoursePage, LessonPage


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
        open_to_writers(catalogue)
    return locale


@transaction.atomic
def give_places(page):
    """Give a new page, and all below it, a place in every language that is open.

    The CMS does so for a page that is made in its own form; a page that is made in another way
    would be missing for those who read in another language.
    """
    followers = LocaleSynchronization.objects.filter(sync_from=page.locale)
    for locale in Locale.objects.filter(pk__in=followers.values("locale")):
        for each in page.get_descendants(inclusive=True).order_by("path").specific():
            if not each.has_translation(locale):
                each.copy_for_translation(locale, copy_parents=True, alias=True)


def course_called(slug):
    """Return the course with this address as it was first written, or None.

    Its translations have the same address.
    """
    return CoursePage.objects.filter(slug=slug).order_by("pk").first()


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
    # It would publish only once all is committed: an edition made until then would miss it.
    translation.save_target(publish=False)
    translated = page.get_translation(locale)
    translated.get_latest_revision().publish()
    return page.get_translation(locale)


def is_source(page):
    """True for the page that was written first, of all those that are one page in many languages.

    Editions are made of it, and its translations go in with it.
    """
    same = type(page).objects.filter(translation_key=page.translation_key)
    return not same.filter(pk__lt=page.pk).exists()


def behind(course):
    """Return the translated lessons that are published, but that an edition would leave out."""
    lessons = LessonPage.objects.descendant_of(course).live().order_by("path")
    return [
        each
        for lesson in lessons
        for each in _published_translations(lesson)
        if not _can_be_held(each, lesson)
    ]


def translations_of(page):
    """Return the published translations of a page that an edition can hold, by language.

    One that is not finished is left out, and a lesson that was changed since when its steps or
    exercises are no longer the same: then trainees get the page as it was written.
    """
    return [each for each in _published_translations(page) if _can_be_held(each, page)]


def _can_be_held(translated, page):
    if isinstance(page, LessonPage) and not _same_shape(translated, page):
        return False
    found = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=translated.locale, enabled=True
    ).first()
    if found is None:
        return True  # written by hand
    all_of_them, done = found.get_progress()
    return done == all_of_them


def _published_translations(page):
    found = page.get_translations().filter(live=True, alias_of=None)
    return found.select_related("locale").order_by("locale__language_code")


def _same_shape(one, other):
    """True when all that records point at is in both lessons: steps, exercises, their parts."""
    return _ids(one.body.get_prep_value()) == _ids(other.body.get_prep_value())


def _ids(data):
    """Return the ids in a stream's data, with the kinds of its blocks, as they are nested."""
    if isinstance(data, dict):
        here = (data.get("type"), data.get("id"))
        inside = [_ids(value) for value in data.values() if isinstance(value, dict | list)]
        return [here, *inside]
    return [_ids(each) for each in data if isinstance(each, dict | list)]
