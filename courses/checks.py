"""`manage.py check`: what would otherwise be noticed only when a trainee meets it."""

from django.apps import apps
from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from content.blocks.lesson import EXERCISES, LessonBody


@register()
def every_exercise_can_be_asked(app_configs, **kwargs):
    """Each exercise block hands out its question as plain data, to be shown and marked."""
    children = LessonBody().child_blocks
    return [
        Error(
            f"The exercise block “{name}” cannot say what it asks.",
            hint="Give its value class an `exercise(block_id)` method.",
            id="courses.E001",
        )
        for name in EXERCISES
        if not hasattr(children[name].meta.value_class, "exercise")
    ]


@register()
def every_page_type_has_its_template(app_configs, **kwargs):
    """A page type without a template is a fault that only a visitor would find."""
    from wagtail.models import Page

    missing = []
    for model in apps.get_models():
        if issubclass(model, Page) and model is not Page:
            try:
                get_template(model.template)
            except TemplateDoesNotExist:
                missing.append(
                    Error(
                        f"{model.__name__} has no template at {model.template}.",
                        obj=model,
                        id="courses.E002",
                    )
                )
    return missing
