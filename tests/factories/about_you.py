"""What people say about themselves, for tests of what a report may say of it."""

from datetime import date

from courses.actions import about_you

NOTHING = {
    "age": "",
    "gender": "",
    "ethnic_group": "",
    "disabled": "",
    "carer": "",
    "languages": [],
    "postcode_area": "",
}


def say_about_you(enrolment, *, on=date(2026, 9, 17), **answers):
    """Somebody answers these questions, and leaves out the others."""
    about_you.answer(enrolment=enrolment, answers=NOTHING | answers, on=on)
