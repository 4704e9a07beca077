"""For templates that show a code that is read or typed: `{{ code|in_fours }}`."""

from django import template

from courses import codes

register = template.Library()


@register.filter
def in_fours(code):
    return codes.in_fours(code)
