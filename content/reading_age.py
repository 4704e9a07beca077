"""How old a reader has to be for a text, by Flesch and Kincaid's grade. Pure: no word list.

The formula counts words in a sentence and syllables in a word, and is made for English. It says
nothing about whether a text is kind, true or well ordered. It is a hint, and no more than that.
"""

import re

TARGET = 11  # the oldest reader we write for: reading age 9 to 11
FIRST_GRADE_AGE, GROWN_UP = 5, 18
ENOUGH_WORDS = 30  # of fewer words the formula says nothing

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[”’\"')\]]*(?:\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
# hope, hoped, hopes, lonely; but not table, wanted, boxes
_SILENT = re.compile(
    r"([^aeiouyl]|[aeiouy]l)e$|[^aeiouytd]ed$|([^aeiouyscgxzhl]|[aeiouy]l)es$|[^aeiouyl]e(ly|ful)$"
)
# two vowels side by side that are said apart: idea, easier, experience, being, react, video
_APART = re.compile(r"ia(?!l\b|n\b)|dea|ie[rs]t?(?=$|i)|ience|[aeiouy]ing|rea(?=ct)|eo(?!p)|uous")


def syllables(word: str) -> int:
    """Guess how many syllables an English word has: its groups of vowels, less the silent e."""
    letters = re.sub(r"[^a-z]", "", word.lower().replace("n’t", "net").replace("n't", "net"))
    letters = re.sub(r"^(some|any|every|there|where)(?=[a-z]{3})", _without_silent_e, letters)
    groups = len(_VOWELS.findall(letters))
    if _SILENT.search(letters):
        groups -= 1
    return max(1, groups + len(_APART.findall(letters)))


def _without_silent_e(found: re.Match[str]) -> str:
    return found[0].rstrip("e")


def words_of(text: str) -> list[str]:
    """Return the words of a text; numbers are not counted."""
    return _WORD.findall(text)


def reading_age(text: str) -> int | None:
    """Return the age, 5 to 18, at which most read this with ease; None for too few words."""
    words = words_of(text)
    if len(words) < ENOUGH_WORDS:
        return None
    return min(GROWN_UP, max(FIRST_GRADE_AGE, round(grade(text) + FIRST_GRADE_AGE)))


def grade(text: str) -> float:
    """Return Flesch and Kincaid's grade of a text that has at least one word."""
    sentences = [part for part in _SENTENCE_END.split(text) if words_of(part)]
    words = words_of(text)
    said = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * said / len(words) - 15.59
