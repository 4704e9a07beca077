"""What the editor's own templates ask about the page that is open in it."""

from django import template
from django.utils import timezone

from courses.actions.languages import is_source
from courses.actions.review import sent_back, waiting
from courses.actions.translating import left_to_translate
from courses.affected import course_of
from courses.finding_words import told
from courses.findings import findings_of
from courses.models import LessonPage

register = template.Library()


@register.simple_tag
def found_in(page):
    """Return what there is to look at in a page, in words."""
    return [told(each) for each in findings_of(page, timezone.localdate())] if page.pk else []


@register.simple_tag
def standing_of_page(page):
    """Return where a page stands between its writer, its second reader and its trainees."""
    course = course_of(page)
    return {
        "waiting": waiting(page),
        "sent_back": sent_back(page),
        "course": course,
        "is_lesson": isinstance(page, LessonPage),
        "latest": course.editions.first() if course else None,
    }


@register.filter
def is_a_translation(page):
    """Tell whether a page was written first in another language."""
    return not is_source(page)


@register.simple_tag
def standing_of_translation(translation, page):
    """Return where a translation stands between its translator and its second reader."""
    return {
        "waiting": waiting(page),
        "sent_back": sent_back(page),
        "left": left_to_translate(translation),
    }
