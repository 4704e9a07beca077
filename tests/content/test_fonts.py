import pytest

from content import fonts
from content.fonts import undrawable

NAMES = [
    "Amina Yusuf",
    "Zoë O’Brien-Núñez",
    "Rhiannon Ŵyn Prŷs",
    "Grzegorz Brzęczyszczykiewicz",
    "Nguyễn Thị Phương Thảo",
    "Αλέξανδρος Παπαδόπουλος",
    "Надія Вікторівна Щербаківська",
    "अनीता शर्मा",
    "Ọláolúwa Adébáyọ̀",
    "Şükrü Çağlar Öztürk",
    "Kahikāpū Ni\u02bbihau",
    "آمنة يوسف",
    "נועה לוי",
    "রহিমা খাতুন",
    "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "ભાવના પટેલ",
    "கவிதா செல்வம்",
    "สมหญิง ใจดี",
    "ሰላም ተስፋይ",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_many_languages_can_be_printed(name):
    assert undrawable(name) == []


def test_a_letter_typed_as_letter_and_mark_counts_as_the_one_letter():
    assert undrawable("W\u0302yn") == []


def test_joiners_and_marks_of_direction_are_no_reason_to_ask():
    assert undrawable("a\u200db\u200cc\u200ed\ufe0f") == []


def test_a_mark_that_no_font_has_is_named():
    assert undrawable("q\u0360") == ["\u0360"]


def test_latin_is_looked_for_first():
    first = fonts.stack("noto-serif")[:3]

    assert first == (
        "alongside-noto-serif-latin",
        "alongside-noto-serif-latin-ext",
        "alongside-noto-serif-vietnamese",
    )


def test_without_the_node_parts_the_systems_fonts_decide(settings, tmp_path):
    settings.NODE_MODULES = tmp_path

    assert fonts.faces() == ()
    assert fonts.stack("noto-serif") == fonts.SYSTEM_SERIF
    assert undrawable("Zoë") == []


def test_without_any_way_to_tell_only_hidden_characters_are_named(settings, tmp_path, monkeypatch):
    settings.NODE_MODULES = tmp_path
    monkeypatch.setenv("PATH", str(tmp_path))
    fonts._system_code_points.cache_clear()

    assert undrawable("陳\u202e") == ["\u202e"]

    fonts._system_code_points.cache_clear()
