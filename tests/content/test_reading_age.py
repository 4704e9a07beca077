"""The reading age agrees with a library that is made for it, and says when it cannot tell."""

import pytest
import textstat
from hypothesis import given
from hypothesis import strategies as st

from content.reading_age import ENOUGH_WORDS, grade, reading_age, syllables, words_of
from tests.content.test_starter_course import LESSONS, name, prose_of

HARD = (
    "Self-management interventions demonstrably facilitate psychological adaptation, "
    "notwithstanding considerable heterogeneity in methodological characteristics. "
    "Participants experiencing multiple co-occurring conditions nevertheless consistently "
    "reported statistically significant improvements in perceived self-efficacy and "
    "healthcare utilisation."
)


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_it_agrees_with_textstat_to_half_a_year(path):
    prose = prose_of(path)

    assert grade(prose) == pytest.approx(textstat.flesch_kincaid_grade(prose), abs=0.5)


def test_a_hard_text_is_far_over_the_target_for_both():
    assert grade(HARD) == pytest.approx(textstat.flesch_kincaid_grade(HARD), rel=0.1)
    assert reading_age(HARD) == 18


@pytest.mark.parametrize(
    ("word", "how_many"),
    [
        ("hope", 1),
        ("hoped", 1),
        ("wanted", 2),
        ("boxes", 2),
        ("someone", 2),
        ("idea", 3),
        ("easier", 3),
        ("isn’t", 2),
        ("listening", 3),
        ("table", 2),
        ("lonely", 2),
        ("mm", 1),
    ],
)
def test_syllables_are_counted_as_people_say_them(word, how_many):
    assert syllables(word) == how_many


def test_of_a_few_words_nothing_is_said():
    assert reading_age("Leave room. Wait. " * 2) is None
    assert reading_age("") is None


@given(st.text(max_size=400))
def test_any_text_has_an_age_or_none(text):
    age = reading_age(text)

    assert (age is None) == (len(words_of(text)) < ENOUGH_WORDS)
    assert age is None or 5 <= age <= 18
