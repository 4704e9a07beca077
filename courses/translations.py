"""A course's translations as a folder of messages, one file of them for each page.

    translations/es/course.po
    translations/es/starting-together.po
    translations/es/starting-together/keeping-confidence.po

The files are gettext's own (.po), so that translators can use the tools they know.
"""

import polib
from django.conf import settings
from wagtail_localize.models import Translation, TranslationSource

from courses.actions.languages import open_language, translate


def load_translations(folder, places):
    """Publish the translations in `folder`, in the languages that this site offers.

    `places` are the pages by where their messages are. A page that is translated already stays as
    it is. A message whose words have changed since it was translated is left out. Returns these
    by the path of their file.
    """
    left_out = {}
    for language in sorted(path for path in folder.glob("*") if path.is_dir()):
        if language.name not in dict(settings.LANGUAGES):
            continue
        locale = open_language(language.name)
        for place, page in places.items():
            path = language / place
            if path.exists() and not _is_translated(page, locale):
                messages = polib.pofile(str(path))
                left_out[path] = _take_out_what_is_not_asked(messages, page, locale)
                if messages:
                    translate(page, locale=locale, messages=messages)
    return {path: messages for path, messages in left_out.items() if messages}


def _is_translated(page, locale):
    return page.locale_id == locale.pk or (
        page.get_translations().filter(locale=locale, alias_of=None).exists()
    )


def _take_out_what_is_not_asked(messages, page, locale):
    """Take out of these messages what the page does not say. Return those it says anew.

    What has no place on the page any longer is passed over.
    """
    asked = {(each.msgctxt, each.msgid) for each in messages_of(page, locale=locale)}
    places = {place for place, _words in asked}
    others = [each for each in messages if (each.msgctxt, each.msgid) not in asked]
    for each in others:
        messages.remove(each)
    return [each for each in others if each.msgctxt in places]


def messages_of(page, *, locale):
    """Return a page's messages with what is translated of them so far, as a polib.POFile."""
    source, _made = TranslationSource.update_or_create_from_instance(page)
    found = Translation.objects.filter(source=source, target_locale=locale).first()
    messages = (found or Translation(source=source, target_locale=locale)).export_po()
    messages.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Language": locale.language_code,
    }
    for message in [each for each in messages if each.msgctxt == "slug" or each.obsolete]:
        messages.remove(message)  # a page has one address in every language
    return messages


def places_of(course):
    """Return {where its messages are, below the folder of their language: page}, for a course.

    The pages are the course itself and every published page below it, each as its own type.
    """
    below = course.get_descendants().live().specific().order_by("path")
    return {"course.po": course, **{f"{_way(page, course)}.po": page for page in below}}


def _way(page, course):
    return page.url_path.removeprefix(course.url_path).strip("/")
