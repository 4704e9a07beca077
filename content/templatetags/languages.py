"""For templates that name a language: `{{ lesson.locale.language_code|language_name }}`."""

from django import template

from content.language_names import language_name

register = template.Library()
register.filter(language_name)
