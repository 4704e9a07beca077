"""The sample practices that observers compare themselves with."""

import pytest

from content.reading_age import reading_age
from content.samples import FOLDER, sample_called, samples

CODES = [f"PF{number}" for number in range(1, 11)]
SLUGS = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def words(sample):
    return " ".join(line.words for line in sample.lines).split()


def test_there_are_two_samples_to_begin_with():
    assert SLUGS == ["the-kettle-and-the-phone", "the-long-corridor"]
    assert [each.title for each in samples()] == ["The kettle and the phone", "The long corridor"]


@pytest.mark.parametrize("slug", SLUGS)
def test_each_criterion_has_a_level_or_none_and_a_reason(slug):
    sample = sample_called(slug)

    assert list(sample.ratings) == CODES
    assert {each.level for each in sample.ratings.values()} <= {None, 1, 2, 3, 4}
    assert all(each.why.endswith((".", "”")) for each in sample.ratings.values())


@pytest.mark.parametrize("slug", SLUGS)
def test_a_sample_is_read_in_a_few_minutes_in_plain_words(slug):
    sample = sample_called(slug)

    assert 250 <= len(words(sample)) <= 420
    assert reading_age(" ".join(words(sample))) <= 11


def test_together_the_samples_show_every_side():
    levels = {each.level for sample in samples() for each in sample.ratings.values()}

    assert levels == {None, 1, 2, 3, 4}


def test_a_line_without_a_speaker_says_what_happened():
    line = next(line for line in sample_called("the-long-corridor").lines if not line.speaker)

    assert line.words.startswith("She turns to him")


def test_a_sample_that_is_not_there_is_none():
    assert sample_called("../secrets") is None
