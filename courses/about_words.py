"""Who takes part, in words: a table for each question."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.about_counting import CHOSEN, ELSEWHERE, LANGUAGES, POSTCODE
from courses.models.about_you import NOT_SAID, Language
from courses.report_words import Section, number

TITLES = {
    "age": gettext_lazy("Who takes part: age"),
    "gender": gettext_lazy("Who takes part: gender"),
    "ethnic_group": gettext_lazy("Who takes part: ethnic group"),
    "disabled": gettext_lazy("Who takes part: people who think of themselves as disabled"),
    "carer": gettext_lazy("Who takes part: people who look after somebody"),
    LANGUAGES: gettext_lazy("Who takes part: languages"),
    POSTCODE: gettext_lazy("Who takes part: where people live"),
}


def sections(about):
    """Return what a report says of who takes part; `about` is AboutThem."""
    if about.answered is None and not about.questions:
        few = _("Fewer than %(small)s people have said something about themselves so far.")
        return [Section("about", _("Who takes part"), few % {"small": number(about.small)})]
    return [
        Section("about", _("Who takes part"), _how_many(about)),
        *(_question(question, answers) for question, answers in about.questions.items()),
    ]


def _how_many(about):
    said = _(
        "Of %(joined)s people who joined, %(answered)s said something about themselves. They were"
        " asked after joining, and could leave out all of it. It is about every year together."
    )
    return said % {"joined": number(about.joined), "answered": number(about.answered)}


def _question(question, answers):
    sentence = _("One person may use several languages.") if question == LANGUAGES else ""
    return Section(
        key=f"about-{question}",
        title=str(TITLES[question]),
        sentence=sentence or _("How many gave each answer."),
        head=(_("Answer"), _("People")),
        rows=tuple((_said(question, answer), number(people)) for answer, people in answers),
    )


def _said(question, answer):
    if answer == NOT_SAID:
        return _("would rather not say, or left it out")
    if answer == ELSEWHERE:
        return _("another language") if question == LANGUAGES else _("somewhere else")
    if question == POSTCODE:
        return answer
    labels = Language if question == LANGUAGES else CHOSEN[question]
    return str(labels(answer).label)
