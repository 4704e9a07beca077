"""Who takes part, as an organisation may know it: groups only, in one query.

This is the one place where answers are joined to where people are, and nothing leaves it but
counts that `courses.disclosure` lets be shown. There is one report, of every year together: two
reports of parts would say by subtraction what neither of them shows.
"""

from collections import Counter
from dataclasses import dataclass

from courses.disclosure import Figure, hidden, total
from courses.models import AboutYouAnswers, AboutYouCode
from courses.models.about_you import NOT_SAID, AgeBand, EthnicGroup, Gender, Language, YesNo

JOINED, ANSWERED, ELSEWHERE = "joined", "answered", "elsewhere"
# Each answer of these is one of a few; together they are everybody who answered.
CHOSEN = {
    "age": AgeBand,
    "gender": Gender,
    "ethnic_group": EthnicGroup,
    "disabled": YesNo,
    "carer": YesNo,
}
LANGUAGES, POSTCODE = "languages", "postcode_area"


@dataclass(frozen=True)
class AboutThem:
    """What may be said of who takes part. A number is None where it is hidden.

    `answered` is None while fewer have answered than may be shown; then `questions` is empty.
    """

    joined: int | None
    answered: int | None
    small: int
    questions: dict[str, tuple[tuple[str, int | None], ...]]


def about_them(organisation, joined, *, joined_is_hidden):
    """Return AboutThem of an organisation in which so many joined, in every year together."""
    found = _answers(organisation)
    small = organisation.small_number
    shown_joined = None if joined_is_hidden else joined
    if len(found) < small:
        return AboutThem(shown_joined, None, small, {})
    counted = {
        **{question: _chosen(found, question) for question in CHOSEN},
        LANGUAGES: _languages(found, small),
        POSTCODE: _postcodes(found, small),
    }
    unseen = _unseen(counted, len(found), joined, joined_is_hidden, small)
    return AboutThem(
        joined=shown_joined,
        answered=None if ANSWERED in unseen else len(found),
        small=small,
        questions={
            question: tuple(
                (answer, None if (question, answer) in unseen else people)
                for answer, people in answers.items()
            )
            for question, answers in counted.items()
        },
    )


def _answers(organisation):
    codes = AboutYouCode.objects.filter(enrolment__cohort__organisation=organisation)
    asked = AboutYouAnswers.objects.filter(code__in=codes.values("code"))
    return list(asked.values(*CHOSEN, LANGUAGES, POSTCODE))


def _chosen(found, question):
    """Return {answer: people}; who left it out stands with who would rather not say."""
    given = Counter(each[question] or NOT_SAID for each in found)
    return {answer: given[answer] for answer in CHOSEN[question].values}


def _languages(found, small):
    """Return {language: people} of those that enough use; who uses any other is counted once.

    One person may use several, so they do not add up.
    """
    used = [set(each[LANGUAGES] or [NOT_SAID]) for each in found]
    given = Counter(language for each in used for language in each)
    named = [each for each in Language.values if each != NOT_SAID and given[each] >= small]
    others = sum(bool(each - {*named, NOT_SAID}) for each in used)
    return {**{each: given[each] for each in named}, ELSEWHERE: others, NOT_SAID: given[NOT_SAID]}


def _postcodes(found, small):
    """Return {first part: people} of where enough live; the others are elsewhere.

    An area with few people is not even named: its name alone would say that somebody lives there.
    """
    given = Counter(each[POSTCODE] or NOT_SAID for each in found)
    not_said = given.pop(NOT_SAID, 0)
    named = {area: people for area, people in sorted(given.items()) if people >= small}
    elsewhere = sum(given.values()) - sum(named.values())
    return {**named, ELSEWHERE: elsewhere, NOT_SAID: not_said}


def _unseen(counted, answered, joined, joined_is_hidden, small):
    """Return the names of what is hidden, so that nothing can be worked out by subtraction.

    Whether it is told how many answered is decided first, and then question by question: what
    ties the questions together is only that number.
    """
    around = [
        Figure(JOINED, joined),
        Figure(ANSWERED, answered, keep=10),
        Figure("silent", joined - answered, is_shown=False),
    ]
    tie = total(JOINED, [ANSWERED, "silent"])
    decided = {JOINED: joined_is_hidden}
    unseen = hidden(around, [tie], small=small, decided=decided)
    decided[ANSWERED] = ANSWERED in unseen
    for question, answers in counted.items():
        figures, sums = _ties(question, answers, answered)
        unseen |= hidden([*around, *figures], [tie, *sums], small=small, decided=decided)
    return unseen


def _ties(question, answers, answered):
    """Return the figures of a question, and how they add up to everybody who answered."""
    names = [(question, answer) for answer in answers]
    figures = [
        Figure(name, people, keep=0 if name[1] in (NOT_SAID, ELSEWHERE) else 1)
        for name, people in zip(names, answers.values(), strict=True)
    ]
    if question != LANGUAGES:
        return figures, [total(ANSWERED, names)]
    rests = {name: ("without", name) for name in names}
    figures += [
        Figure(rest, answered - answers[name[1]], is_shown=False) for name, rest in rests.items()
    ]
    return figures, [total(ANSWERED, [name, rest]) for name, rest in rests.items()]
