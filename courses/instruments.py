"""The measures that come with the program, for an organisation to add. Pure.

Only measures that are free to use are here. The wording of a validated measure is never ours to
write: where more than one is about, the organisation types in the form that it uses.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from courses.measures import APART, FREE, MEAN


@dataclass(frozen=True)
class Definition:
    """A measure as it can be added. `questions` is empty where the published form has to be
    copied; `how_many` says how many there are."""

    code: str
    title: str
    version: str
    how_many: int
    lowest: int
    highest: int
    scoring: str
    missing_at_most: int
    source: str
    lead: str = ""
    lowest_words: str = ""
    highest_words: str = ""
    questions: tuple[str, ...] = ()
    lower_is_better: tuple[int, ...] = ()  # the places of those questions, counted from 1
    licence_status: str = FREE
    language: str = "en"


ONS4 = Definition(
    code="ons4",
    title="Personal wellbeing (ONS4)",
    version="2018",
    how_many=4,
    lowest=0,
    highest=10,
    scoring=APART,
    missing_at_most=0,
    lead="There are no right or wrong answers.",
    lowest_words="not at all",
    highest_words="completely",
    questions=(
        "Overall, how satisfied are you with your life nowadays?",
        "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
        "Overall, how happy did you feel yesterday?",
        "Overall, how anxious did you feel yesterday?",
    ),
    lower_is_better=(4,),
    source=(
        "Office for National Statistics, four personal wellbeing questions. Contains public"
        " sector information licensed under the Open Government Licence v3.0."
    ),
)

SEMCD6 = Definition(
    code="semcd6",
    title="Confidence in managing from day to day (SEMCD-6)",
    version="6 items",
    how_many=6,
    lowest=1,
    highest=10,
    scoring=MEAN,
    missing_at_most=2,
    source=(
        "Self-Management Resource Center, Self-Efficacy for Managing Chronic Disease 6-Item"
        " Scale. Printed as free to use without permission."
    ),
)

SHIPPED: Mapping[str, Definition] = {each.code: each for each in (ONS4, SEMCD6)}
