from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from certificates import badges, checks
from certificates.badges import keys
from certificates.badges.credentials import did_document

OLD = keys.new(at=datetime(2026, 1, 5, tzinfo=UTC))
NEW = keys.new(at=datetime(2026, 7, 1, tzinfo=UTC))


@pytest.fixture
def file(settings, tmp_path):
    """Where the keys of a real site would be: there are none yet, and none comes by itself."""
    settings.BADGE_KEY_BY_ITSELF = False
    settings.BADGE_KEYS_FILE = tmp_path / "keys" / "badge_keys"
    return settings.BADGE_KEYS_FILE


def ran(*arguments):
    out = StringIO()
    call_command("badge_key", *arguments, stdout=out)
    return out.getvalue()


def test_without_a_key_there_are_no_badges_and_the_check_says_what_to_do(file):
    said = [(each.id, each.hint) for each in checks.badges_can_be_signed(None)]

    assert badges.is_on() is False
    assert said == [("certificates.I001", "Make one with `manage.py badge_key new`.")]


def test_a_demo_makes_a_key_by_itself_and_keeps_it(file, settings):
    settings.BADGE_KEY_BY_ITSELF = True

    first, again = keys.known(), keys.known()

    assert [key.public for key in first] == [key.public for key in again]
    assert badges.is_on() is True
    assert checks.badges_can_be_signed(None) == []


def test_nobody_else_may_read_the_file(file):
    keys.add(NEW)

    assert file.stat().st_mode & 0o777 == 0o600


def test_the_newest_key_signs_and_the_older_one_can_still_be_checked_by(file):
    keys.add(NEW)
    keys.add(OLD)

    assert keys.known() == [NEW, OLD]
    assert [each["publicKeyMultibase"] for each in did_document()["verificationMethod"]] == [
        NEW.public,
        OLD.public,
    ]


def test_a_key_in_the_environment_goes_before_the_file(file, settings):
    keys.add(OLD)

    settings.BADGE_KEY = NEW.line

    assert keys.known() == [NEW]


def test_lines_that_are_notes_are_left_alone(settings):
    settings.BADGE_KEY = f"# made by Ana\n\n{OLD.line}"

    assert keys.known() == [OLD]


@pytest.mark.parametrize(
    "amiss",
    [
        "nonsense",
        f"2026-01-05T00:00:00Z {OLD.public}",
        OLD.line.replace("2026-01", "2026-13"),
        OLD.line[:-5],
    ],
    ids=["no key at all", "a public key", "no such month", "cut short"],
)
def test_what_cannot_be_read_is_told_without_showing_it_and_badges_rest(settings, amiss, caplog):
    settings.BADGE_KEY = f"{NEW.line}{amiss}"

    with pytest.raises(keys.KeysUnreadable) as told:
        keys.known()

    said = "Key 2 in BADGE_KEY, or the file of badge keys cannot be read. "
    said += "`manage.py badge_key new` writes them."
    assert str(told.value) == said
    assert badges.is_on() is False
    assert caplog.messages == [f"There are no badges: {said}"]
    assert [each.msg for each in checks.badges_can_be_signed(None)] == [said]


def test_a_key_does_not_show_its_secret():
    assert OLD.line.split()[1] not in repr(OLD)
    assert str(OLD.secret) not in repr(OLD)


@override_settings(NODE_MODULES="/nowhere")
def test_without_what_npm_brings_there_are_no_badges(file):
    keys.add(NEW)

    assert badges.is_on() is False
    assert [each.id for each in checks.badges_can_be_signed(None)] == ["certificates.I002"]


# --- the command -----------------------------------------------------------------------------


def test_the_command_makes_a_key_that_signs_from_then_on(file):
    keys.add(OLD)

    said = ran("new")

    newest = keys.known()[0]
    assert said == (
        f"From now on badges are signed with {newest.public}.\n"
        f"It is in {file}. Keep a copy in a safe place.\n"
    )
    assert keys.known()[1:] == [OLD]


def test_the_command_lists_keys_and_shows_no_secret(file):
    keys.add(OLD)
    keys.add(NEW)

    assert ran() == (
        f"01.07.2026 00:00 UTC  {NEW.public}  signs\n"
        f"05.01.2026 00:00 UTC  {OLD.public}  checks older badges\n"
    )


def test_the_command_says_when_there_is_no_key(file):
    assert ran("list") == "There is no key, and so no badges. `badge_key new` makes one.\n"


def test_a_new_key_for_the_environment_is_shown_as_a_line_for_it(settings, file):
    settings.BADGE_KEY = OLD.line

    line = ran("new").splitlines()[-1]
    settings.BADGE_KEY = f"{OLD.line}{line}\n"

    assert len(keys.known()) == 2
    assert not file.exists()


def test_nothing_is_added_to_a_file_that_cannot_be_read(file):
    file.parent.mkdir()
    file.write_text("nonsense\n")

    with pytest.raises(CommandError, match="Key 1 in BADGE_KEY, or the file"):
        ran("new")

    assert file.read_text() == "nonsense\n"


def test_a_key_begins_a_line_of_its_own_whoever_wrote_the_one_before(file):
    file.parent.mkdir()
    file.write_text(OLD.line.strip())

    keys.add(NEW)

    assert keys.known() == [NEW, OLD]


def test_a_file_that_cannot_be_opened_is_told(file):
    file.mkdir(parents=True)  # a folder of that name

    with pytest.raises(keys.KeysUnreadable, match="The file of badge keys cannot be opened"):
        keys.known()
