"""`manage.py check`: what would otherwise be noticed only when a trainee meets it."""

from django.apps import apps
from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from content.blocks.lesson import EXERCISES, LessonBody
from content.models import InfoPage
from courses.models import CatalogPage


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
def every_page_of_a_course_goes_into_its_bundle(app_configs, **kwargs):
    """What the table of bundles does not name would be lost on the way to another site."""
    from wagtail.models import Page

    from courses.bundle.forms import FORMS

    known = {form.model: {form.body, *(part.field for part in form.parts)} for form in FORMS}
    known |= dict.fromkeys((CatalogPage, InfoPage))  # no part of a course
    missing = []
    for model in apps.get_models():
        if not issubclass(model, Page) or model is Page or known.get(model, ()) is None:
            continue
        own = [field for field in model._meta.local_fields if not field.remote_field]
        lost = {field.name for field in own} - known.get(model, set())
        missing += [
            Error(
                f"{model.__name__}.{name} does not go into a course's bundle.",
                hint="Add a line for it in courses/bundle/forms.py.",
                obj=model,
                id="courses.E003",
            )
            for name in sorted(lost)
        ]
    return missing


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
