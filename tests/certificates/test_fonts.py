from certificates.fonts import name_problem


def test_a_name_that_can_be_printed_is_no_problem():
    assert name_problem("Rhiannon Ŵyn Prŷs") is None


def test_a_picture_is_named_in_a_plain_sentence():
    assert name_problem("Sam 🙂") == (
        "We cannot print the character “🙂” on a certificate. "
        "Please leave it out or write it another way."
    )


def test_several_characters_are_each_named_once():
    assert name_problem("🙂🌻 Lee 🙂⛺") == (
        "We cannot print the characters “🙂”, “🌻” and “⛺” on a certificate. "
        "Please leave them out or write them another way."
    )


def test_a_hidden_turn_of_direction_is_told_by_its_name():
    assert name_problem("Ann\u202enhoJ") == (
        "We cannot print the character “right-to-left override” on a certificate. "
        "Please leave it out or write it another way."
    )


def test_a_tab_is_told_by_its_number():
    assert name_problem("Ann\tLee") == (
        "We cannot print the character “U+0009” on a certificate. "
        "Please leave it out or write it another way."
    )


def test_a_mark_without_its_letter_is_shown_on_a_circle():
    assert "“◌\u0360”" in name_problem("q\u0360")
