"""A course in more than one language: the same pages, steps and exercises in other words."""

from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    Translation,
    TranslationSource,
)

from content.blocks.translating import same_in_every_language
from courses.actions.catalogue import open_to_writers
from courses.actions.translating import said_on, translation_of
from courses.models import (
    CatalogPage,
    CoursePage,
    HandoutPage,
    LessonPage,
    QuestionBankPage,
    SessionPage,
)


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
    """Return the translated pages that are published, but that an edition would leave out."""
    return [
        each
        for page in _in_an_edition(course)
        for each in _published_translations(page)
        if not _can_be_held(each, page)
    ]


def _in_an_edition(course):
    """Yield what an edition holds in several languages, in the order of the course."""
    yield course
    for session in SessionPage.objects.child_of(course).live().order_by("path"):
        yield session
        yield from LessonPage.objects.child_of(session).live().order_by("path")
    yield from QuestionBankPage.objects.child_of(course).live()
    yield from HandoutPage.objects.child_of(course).live().order_by("path")


def translations_of(page):
    """Return the published translations of a page that an edition can hold, by language.

    One that is not finished is left out, and one of a page that was changed since, when it is no
    longer the same in all but its words: then people get the page as it was written.
    """
    return [each for each in _published_translations(page) if _can_be_held(each, page)]


def _can_be_held(translated, page):
    if not _same_but_for_words(translated, page):
        return False
    found = translation_of(translated)
    return found is None or _is_whole(translated, found)  # without one, it is written by hand


def _is_whole(translated, translation):
    """True when every text is translated, and none is published in the words of its source.

    What translators wrote since, and no second reader has read, is not published. Words that are
    the same in both languages, like a name, were translated as themselves.
    """
    published = set(said_on(translated))
    texts = StringSegment.objects.filter(source=translation.source)
    texts = texts.select_related("string", "context").annotate_translation(
        translation.target_locale
    )
    return all(
        each.translation == each.string.data
        or (each.translation and (each.context.path, each.string.data) not in published)
        for each in texts
    )


def _published_translations(page):
    found = page.get_translations().filter(live=True, alias_of=None)
    return found.select_related("locale").order_by("locale__language_code")


def _same_but_for_words(one, other):
    """True when all that records and other blocks point at is in both, and works in the same way.

    So a question is marked alike, a talk goes the same ways, and a session takes as long.
    """
    name = {SessionPage: "plan", CoursePage: "done"}.get(type(one), "body")
    one, other = getattr(one, name), getattr(other, name)
    return same_in_every_language(one.stream_block, one) == same_in_every_language(
        other.stream_block, other
    )
