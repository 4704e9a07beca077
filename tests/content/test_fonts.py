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
    "欧阳娜娜",
    "陳大文",
    "山田 さくら",
    "김민준",
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


def test_a_text_in_usual_letters_needs_no_numbered_part():
    assert fonts.parts_for("Rhiannon Ŵyn Prŷs\nआ آ") == ()


@pytest.mark.parametrize(
    ("text", "language", "families"),
    [
        ("王美", "en-gb", ["noto-sans-sc"]),
        ("王美", "ja", ["noto-sans-jp"]),
        ("王 さくら", "en-gb", ["noto-sans-jp"]),
        ("김 王", "en-gb", ["noto-sans-kr"]),
    ],
)
def test_letters_that_three_languages_share_are_drawn_as_theirs_does(text, language, families):
    found = fonts.parts_for(text, language)

    assert sorted({face.family for face in found}) == families


def test_only_the_parts_that_a_text_needs_are_opened():
    assert len(fonts.parts_for("王")) == 1


def test_a_part_is_known_by_the_name_it_has_in_a_stylesheet():
    (part,) = fonts.parts_for("王")

    assert fonts.part_named(part.css_name) == part
    assert fonts.part_named("alongside-noto-sans-sc-latin") is None


def test_what_the_list_of_parts_names_but_its_file_lacks_is_named():
    assert undrawable("\U0001f300") == ["\U0001f300"]


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
