"""A certificate of nobody, for the preview of how an organisation's will look."""

from django import template

from certificates import letter, letterheads
from courses.models import MilestoneKind

register = template.Library()


@register.simple_tag
def sample_letter(style, mode):
    """Return what the template of a letter needs, to show a style in one of its preview modes."""
    kind = MilestoneKind.READY if mode == "ready" else MilestoneKind.COMPLETION
    certificate = letterheads.sample(style, kind)
    design = letter.LARGE_PRINT if mode == "large" else letter.design_for(certificate.letterhead)
    return letter.context(certificate, design)
