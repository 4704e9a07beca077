"""What Wagtail and Django say to people who write lessons is said in our words."""

from pathlib import Path

import django
import polib
import pytest
import wagtail
from django.utils.translation import gettext, override

from lms.settings import BASE_DIR

WAGTAIL, DJANGO = (Path(each.__file__).parent for each in (wagtail, django))
OURS = polib.pofile(str(BASE_DIR / "lms/locale/en_GB/LC_MESSAGES/django.po"))
THEIRS = [
    *(WAGTAIL / part / "locale/en/LC_MESSAGES/django.po" for part in ("", "admin", "images")),
    DJANGO / "conf/locale/en/LC_MESSAGES/django.po",
]


def test_a_page_that_is_not_ready_is_told_of_in_plain_words():
    with override("en-gb"):
        said = gettext("The page could not be saved due to validation errors.")

    assert said == "There is something to mend first. What you wrote is here."


@pytest.mark.parametrize("sentence", [entry.msgid for entry in OURS])
def test_every_sentence_that_we_say_otherwise_is_still_one_of_theirs(sentence):
    """One that they change would be said in their words again, and nobody would notice."""
    theirs = {entry.msgid for path in THEIRS for entry in polib.pofile(str(path))}

    assert sentence in theirs
