"""A scenario goes out as an H5P package of our own type, and nothing of it is lost."""

import json
import random
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from content.branching import LETTERS, Play, cards, play
from content.exercises import Choice, Ending, Scenario, ScenarioStep
from content.h5p import scenarios
from content.h5p.writing import TALK, write_talk_type
from content.scenario_words import ENDINGS, ROADBLOCKS, SKILLS
from tests.content.h5p.validator import asked, node
from tests.content.test_branching import well

# --- any scenario at all -----------------------------------------------------------------------

words = st.text(
    st.characters(exclude_categories=["C"], include_characters="\n"), min_size=1, max_size=20
).map(str.strip)
names = st.sampled_from(["1", "2a", "2b", "heard", "Étape", "a < b & c"])
some = {
    "skills": st.lists(st.sampled_from(sorted(SKILLS)), max_size=3, unique=True).map(tuple),
    "roadblocks": st.lists(st.sampled_from(sorted(ROADBLOCKS)), max_size=3, unique=True).map(
        tuple
    ),
}


@st.composite
def any_scenario(draw):
    """A scenario as it could stand in a draft, with its parts known by their places."""

    def choice(n, m):
        right = draw(st.sampled_from(["", "", "Say whom you will tell."]))
        return Choice(
            id=f"step-{n}-choice-{m}",
            **{name: draw(words) for name in ("say", "then", "feedback")},
            **{name: draw(each) for name, each in some.items()},
            kind=draw(st.booleans()),
            go="" if right else draw(names),
            safety_step=right,
        )

    def step(n):
        choices = tuple(choice(n, m) for m in range(1, draw(st.integers(1, 3)) + 1))
        return ScenarioStep(f"step-{n}", draw(names), draw(words), choices, draw(st.booleans()))

    def ending(n):
        return Ending(
            f"ending-{n}", draw(names), draw(st.sampled_from(sorted(ENDINGS))), draw(words)
        )

    return Scenario(
        id="",
        title=draw(words),
        setting=draw(words),
        steps=tuple(step(n) for n in range(1, draw(st.integers(1, 4)) + 1)),
        endings=tuple(ending(n) for n in range(1, draw(st.integers(1, 3)) + 1)),
        content_note=draw(words),
        safety=draw(st.booleans()),
        skills=draw(some["skills"]),
        debrief=draw(words),
    )


@given(any_scenario(), st.sampled_from(["en", "es"]))
def test_what_goes_out_comes_back_the_same(scenario, language):
    assert scenarios.scenario_of(scenarios.content(scenario, language)) == scenario


def test_our_type_plays_as_our_lessons_do():
    """Three hundred plays of a hundred scenarios, by our script and by our rule."""
    plays = [
        (talk, [rng.randrange(-1, 4) for _n in range(rng.randrange(6))])
        for rng in [random.Random(5)]
        for talk in [*_examples(any_scenario(), 100), well()]
        for _time in range(3)
    ]
    content = [(scenarios.content(talk, "en"), chosen) for talk, chosen in plays]

    told = node("plays.js", said=json.dumps(content))

    assert told == [_told(talk, chosen) for talk, chosen in plays]
    assert {each["fits"] for each in told} == {True, False}
    assert {each["at"] and each["at"][0] for each in told} >= {"step", "ending"}


def _examples(strategy, how_many):
    """The same examples each time, and quickly: what hypothesis draws by itself."""
    found = []

    @given(strategy)
    def draw(example):
        found.append(example)

    draw()
    return found[:how_many]


def _told(scenario, chosen):
    """What our own rule says of a play, in the words of plays.js."""
    ids, made, fits = [], play(scenario, ()), True
    for n in chosen:
        if 0 <= n < len(made.ways):
            ids.append(made.ways[n].choice.id)
        else:
            fits = False
        made: Play = play(scenario, ids)
    kind = "ending" if made.ending else "step"
    return {
        "at": made.at and [kind, _out(made.at.name)],
        "moves": [
            [_out(move.step.name), _place(move.way.letter), move.again] for move in made.moves
        ],
        "ways": [[_out(way.choice.say), way.to and _out(way.to.name)] for way in made.ways],
        "fits": fits,
    }


def _place(letter):
    return LETTERS.index(letter)


def _out(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# --- the package -------------------------------------------------------------------------------


def packed(scenario=None, language="en"):
    file = BytesIO()
    scenarios.write(scenario or well(), language, file)
    return file.getvalue()


def said_in(package, name):
    return json.loads(ZipFile(BytesIO(package)).read(name))


def test_a_package_holds_the_talk_and_our_type_and_nothing_else():
    ours = sorted(
        f"Alongside.Talk-1.0/{path.relative_to(TALK).as_posix()}"
        for path in TALK.rglob("*")
        if path.is_file()
    )

    assert ZipFile(BytesIO(packed())).namelist() == ["h5p.json", "content/content.json", *ours]


def test_the_same_scenario_always_gives_the_same_bytes():
    with override("es"):  # whoever asks may read another language
        again = packed()

    assert packed() == again


def test_h5p_json_names_our_type_and_the_language():
    assert said_in(packed(language="es"), "h5p.json") == {
        "title": "News from the clinic",
        "language": "es",
        "defaultLanguage": "es",
        "mainLibrary": "Alongside.Talk",
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [
            {"machineName": "Alongside.Talk", "majorVersion": 1, "minorVersion": 0}
        ],
    }


@pytest.mark.parametrize(
    ("language", "code"), [("en-gb", "en-gb"), ("es-419", "es"), ("zh-hans", "zh-hans")]
)
def test_h5p_takes_letters_for_a_language(language, code):
    assert scenarios.metadata(well(), language)["language"] == code


@pytest.mark.parametrize(
    ("language", "begin", "skill"),
    [
        ("en", "Begin", "Leave room"),
        ("es", "Empezar", "Dejar espacio"),
        ("es-419", "Empezar", "Dejar espacio"),
        ("cy", "Begin", "Leave room"),
    ],
)
def test_the_words_around_a_talk_are_in_its_language(language, begin, skill):
    with override(language):
        skill = str(SKILLS["silence"])

    content = scenarios.content(well(), language)

    assert content["l10n"]["begin"] == begin
    assert content["steps"][1]["choices"][0]["skills"] == [skill]


def test_a_choice_names_the_very_place_it_leads_to():
    content = scenarios.content(well(), "en")

    assert content["steps"][2]["choices"][0]["go"] == "2a"  # the author wrote “ 2A ”


def test_signs_are_written_out_as_h5p_editors_do():
    talk = replace(well(), title="<b>Tea</b> & rest")

    assert scenarios.content(talk, "en")["title"] == "&lt;b&gt;Tea&lt;/b&gt; &amp; rest"


def test_a_talk_about_safety_says_whom_to_turn_to():
    safe, other = (
        scenarios.content(replace(well(), safety=about), "en")["help"] for about in (True, False)
    )

    assert (safe, other) == (
        "Tell the named person the same day. "
        "If somebody is in danger now, call the emergency number first.",
        "",
    )


# --- the type ----------------------------------------------------------------------------------


def type_says(name):
    return json.loads((TALK / name).read_text(encoding="utf-8"))


def fields_of(fields, way=""):
    """Yield (way, field) of every field, however deep."""
    for field in fields:
        here = f"{way}/{field.get('name', '')}"
        yield here, field
        yield from fields_of(field.get("fields", []), here)
        yield from fields_of([field["field"]] if "field" in field else [], here)


def shape(field):
    """What of a field is words, and how it goes on inside."""
    words = {name for name in ("label", "description", "entity") if name in field}
    inner = field.get("fields", []) + ([field["field"]] if "field" in field else [])
    if isinstance(field.get("default"), str):
        words.add("default")
    return sorted(words), len(field.get("widgets", [])), [shape(each) for each in inner]


@pytest.mark.parametrize("path", sorted(TALK.glob("language/*.json")), ids=lambda path: path.stem)
def test_a_language_file_says_all_that_the_form_says(path):
    theirs = json.loads(path.read_text(encoding="utf-8"))["semantics"]

    assert [shape(each) for each in theirs] == [
        shape(each) for each in type_says("semantics.json")
    ]


@pytest.mark.parametrize("path", sorted(TALK.glob("language/*.json")), ids=lambda path: path.stem)
def test_a_language_file_says_it_in_its_own_words(path):
    ours = dict(fields_of(type_says("semantics.json")))
    theirs = [field for _way, field in fields_of(json.loads(path.read_text())["semantics"])]

    same = [
        way
        for (way, field), other in zip(ours.items(), theirs, strict=True)
        if field["label"] == other["label"]
    ]

    assert same == []


def test_the_script_has_words_for_all_it_shows():
    script = (TALK / "talk.js").read_text(encoding="utf-8")
    words = [field["name"] for field in type_says("semantics.json")[-1]["fields"]]

    assert [name for name in words if f"'{name}'" not in script] == []


def test_our_type_needs_nobody():
    library = type_says("library.json")

    assert [name for name in library if name.endswith("Dependencies")] == []
    script = (TALK / "talk.js").read_text(encoding="utf-8")
    assert [
        never for never in ("innerHTML", "jQuery", "fetch(", "import ", "eval") if never in script
    ] == []


@pytest.mark.parametrize("called", [SKILLS, ROADBLOCKS, ENDINGS])
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_a_code_is_called_tells_it_from_the_others(called, language):
    with override(language):
        words = [str(name) for name in called.values()]

    assert len(set(words)) == len(words)


# --- what others make of it --------------------------------------------------------------------


def test_an_independent_h5p_server_opens_our_packages_and_keeps_every_word(tmp_path):
    made = {}
    for language in ("en", "es"):
        made[language] = tmp_path / f"{language}.h5p"
        made[language].write_bytes(packed(language=language))

    told = asked(*made.values())

    assert told == {
        str(path): {"fault": "", "content": said_in(path.read_bytes(), "content/content.json")}
        for path in made.values()
    }


def test_that_server_does_refuse_what_is_amiss(tmp_path):
    whole, broken = ZipFile(BytesIO(packed())), tmp_path / "broken.h5p"
    with ZipFile(broken, "w") as file:
        for name in whole.namelist():
            if not name.endswith("talk.js"):
                file.writestr(name, whole.read(name))

    told = asked(broken)

    assert told == {
        str(broken): {
            "fault": 'library-file-missing {"filename":"talk.js","library":"Alongside.Talk-1.0"}'
        }
    }


def test_our_type_alone_can_be_handed_on():
    file = BytesIO()

    write_talk_type(file)

    assert {name.split("/")[0] for name in ZipFile(file).namelist()} == {"Alongside.Talk-1.0"}


def test_every_card_of_a_scenario_is_a_step_of_the_package():
    content = scenarios.content(well(), "en")

    assert [step["name"] for step in content["steps"]] == [
        card.step.name for card in cards(well())
    ]
