"""For templates that show a scenario: its codes in plain words, its steps with their ways on."""

from django import template

from content import branching, scenario_words

register = template.Library()
register.filter("cards", branching.cards)


@register.filter
def skill_name(code):
    """“reflect” → “Say it back”."""
    return scenario_words.SKILLS.get(code, code)


@register.filter
def roadblock_name(code):
    """“reassure” → “Reassuring too soon”."""
    return scenario_words.ROADBLOCKS.get(code, code)


@register.filter
def ending_name(kind):
    """“heard” → “They felt heard”."""
    return scenario_words.ENDINGS.get(kind, kind)


@register.filter
def is_ending(place):
    """Tell an ending from a step."""
    return hasattr(place, "kind")
