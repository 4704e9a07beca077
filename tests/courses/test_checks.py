"""What `manage.py check` notices before a trainee would."""

from courses import checks
from courses.bundle import forms


def test_everything_of_a_course_goes_into_its_bundle():
    assert checks.every_page_of_a_course_goes_into_its_bundle(None) == []


def test_a_field_that_would_be_lost_on_the_way_is_named(monkeypatch):
    lesson = forms.LESSON._replace(
        parts=tuple(part for part in forms.LESSON.parts if part.name != "minutes")
    )
    others = tuple(form for form in forms.FORMS if form is not forms.LESSON)
    monkeypatch.setattr(forms, "FORMS", (*others, lesson))

    [found] = checks.every_page_of_a_course_goes_into_its_bundle(None)

    assert found.msg == "LessonPage.minutes does not go into a course's bundle."
