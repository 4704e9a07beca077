"""Forms from semantics: what is not touched stays as it was, whatever a stranger asks for."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.h5p.form_beginnings import Kind, World, begin
from content.h5p.form_faults import judge
from content.h5p.form_moves import moved
from content.h5p.form_tree import FILES, Tree
from content.h5p.semantics import ABSENT, MOST_FIELDS, Budget, fields_of
from content.h5p.translated import translated
from tests.factories.samples import opened, sample, sample_names


def made_of(kinds=(), file=None):
    known = {kind.name: kind for kind in kinds}
    return World(library=known.get, file=lambda kind, asked: file, new_id=lambda: "new-id")


def sent(tree):
    """Return what a browser sends of a form that nobody touched."""
    posted = {}
    for node in tree.walk():
        if node.kind == "list":
            posted[f"{node.path}.~"] = [" ".join(node.keys)]
        elif node.kind == "library":
            posted[f"{node.path}.library"] = [node.typed]
        elif node.kind == "choices":
            posted[node.path] = ["", *node.ticked]
        elif node.kind == "boolean":
            posted[node.path] = ["", "on"] if node.typed else [""]
        elif node.kind not in {"group", *FILES}:
            posted[node.path] = [node.typed.replace("\n", "\r\n")]
    return posted


def form(semantics, content, posted=None, *, world=None, came=True):
    return Tree(fields_of(semantics), content, world or made_of(), posted, came=came)


def written(semantics, content, **typed):
    """Return the tree after someone wrote in fields of the first level."""
    posted = sent(form(semantics, content))
    posted |= {f"h5p.{name}": [text] for name, text in typed.items()}
    return form(semantics, content, posted)


def faults(tree):
    return [(node.path, node.fault.code) for node in judge(tree)]


# --- nothing is lost -----------------------------------------------------------------------------


@pytest.mark.parametrize("sample_name", sample_names())
def test_saving_a_strangers_activity_untouched_keeps_it_to_the_letter(sample_name):
    metadata, content, libraries = opened(sample(sample_name))
    kinds = [
        Kind(name, about["title"], fields_of(semantics))
        for name, (about, semantics) in libraries.items()
    ]
    (main,) = [kind for kind in kinds if kind.name.split()[0] == metadata["mainLibrary"]]
    world = made_of(kinds)

    tree = Tree(main.fields, content, world, sent(Tree(main.fields, content, world)))

    assert json.dumps(tree.content) == json.dumps(content)
    assert faults(tree) == []


names = st.sampled_from(["text", "a.b", "~", "library", "params", "0", "x y", "ñ"])
labels = st.text(max_size=5) | st.just("<b>Bold</b>")
texts = st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"]), max_size=12)
jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names | texts, inner, max_size=3),
    max_leaves=8,
)
leaves = st.fixed_dictionaries(
    {
        "name": names,
        "type": st.sampled_from(
            ["text", "number", "boolean", "select", "image", "video", "file", "library", "new", 3]
        ),
        "label": labels,
    },
    optional={
        "widget": st.sampled_from(["html", "textarea", "colorSelector", "none", "unheard", 7]),
        "tags": st.lists(st.sampled_from(["strong", "p", "script", ""]), max_size=3) | jsons,
        "default": jsons,
        "optional": jsons,
        "common": st.booleans(),
        "min": jsons,
        "max": jsons,
        "decimals": jsons,
        "regexp": jsons,
        "multiple": st.booleans(),
        "showWhen": jsons,
        "options": st.lists(st.fixed_dictionaries({"value": jsons, "label": labels}), max_size=3)
        | jsons,
    },
)
fields = st.recursive(
    leaves,
    lambda inner: (
        st.fixed_dictionaries(
            {
                "name": names,
                "type": st.just("group"),
                "fields": st.lists(inner, max_size=3),
            },
            optional={"isSubContent": st.booleans(), "label": labels},
        )
        | st.fixed_dictionaries(
            {"name": names, "type": st.just("list"), "field": inner},
            optional={"min": st.integers(0, 3), "defaultNum": st.integers(0, 3)},
        )
    ),
    max_leaves=6,
)


def contents(field):
    """Return a strategy for what a field may hold: what it should be, or anything."""
    kind = field.get("type")
    if kind == "group":
        return contents_of(field["fields"]) | jsons
    if kind == "list":
        return st.lists(contents(field["field"]), max_size=3) | jsons
    return {"text": texts, "number": st.integers(), "boolean": st.booleans()}.get(
        kind, jsons
    ) | jsons


def contents_of(semantics):
    found = {field["name"]: contents(field) for field in semantics}
    return st.fixed_dictionaries({}, optional=found)


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_saving_untouched_keeps_any_content_of_any_semantics(data):
    semantics = data.draw(st.lists(fields, max_size=4))
    content = data.draw(contents_of(semantics))

    tree = form(semantics, content, sent(form(semantics, content)))

    assert tree.content == content
    assert faults(tree) == []


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_whatever_is_posted_there_is_a_form_again(data):
    semantics = data.draw(st.lists(fields, max_size=4))
    content = data.draw(contents_of(semantics))
    posted = sent(form(semantics, content))
    odd = data.draw(
        st.dictionaries(st.sampled_from([*posted, "h5p.text"]), st.lists(st.text(), max_size=2))
    )

    tree = form(semantics, content, posted | odd)

    judge(tree)
    assert isinstance(tree.content, dict)


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_a_new_activity_of_any_semantics_can_be_begun_and_written_in(data):
    semantics = data.draw(st.lists(fields, max_size=4))
    base = begin(fields_of(semantics), made_of())

    tree = form(semantics, base, sent(form(semantics, base, came=False)), came=False)

    judge(tree)
    assert tree.content == base


def test_a_field_that_was_not_sent_stays_as_it_was():
    semantics = [{"name": "a", "type": "text"}, {"name": "b", "type": "boolean"}]
    content = {"a": "one", "b": True, "c": "unheard of"}

    assert form(semantics, content, {"h5p.a": ["two"]}).content == {**content, "a": "two"}


def test_what_came_with_a_package_and_was_not_touched_is_no_reason_not_to_save():
    semantics = [
        {"name": "must", "type": "text"},
        {"name": "n", "type": "number", "max": 5},
        {"name": "other", "type": "text"},
    ]

    assert faults(written(semantics, {"must": "", "n": 99, "other": "x"}, other="y")) == []


# --- each kind of field --------------------------------------------------------------------------


def test_plain_words_are_kept_as_h5p_keeps_them_and_shown_as_one_writes_them():
    semantics = [{"name": "a", "type": "text"}]
    content = {"a": "Brighton &amp; Hove"}

    shown = form(semantics, content).children[0].typed
    kept = written(semantics, content, a="Salt & <b>pepper</b>").content

    assert shown == "Brighton & Hove"
    assert kept == {"a": "Salt &amp; &lt;b&gt;pepper&lt;/b&gt;"}


def test_words_with_marks_keep_the_tags_that_are_allowed_and_no_script():
    semantics = [{"name": "a", "type": "text", "widget": "html", "tags": ["strong"]}]

    kept = written(
        semantics, {}, a='<p onclick="x()">A <strong>b</strong> <u>c</u><script>d()</script></p>'
    )

    assert kept.content == {"a": "<p>A <strong>b</strong> c</p>"}


@pytest.mark.parametrize(
    ("asked", "typed", "kept", "code"),
    [
        ({"type": "number"}, "7", 7, None),
        ({"type": "number"}, "7,5", 7.5, "decimals"),
        ({"type": "number", "decimals": 1}, "7,5", 7.5, None),
        ({"type": "number", "min": 3}, "2", 2, "min"),
        ({"type": "number", "max": 3}, "4", 4, "max"),
        ({"type": "number", "min": 0, "step": 5}, "7", 7, "steps"),
        ({"type": "number"}, "some", ABSENT, "number"),
        ({"type": "number"}, "", ABSENT, "blank"),
        ({"type": "text"}, "  ", "", "blank"),
        ({"type": "text", "optional": True}, "", ABSENT, None),
        ({"type": "text", "maxLength": 3}, "four", "four", "maxLength"),
        ({"type": "text", "regexp": {"pattern": "^[a-z]+$", "modifiers": "i"}}, "A", "A", None),
        ({"type": "text", "regexp": {"pattern": "^[a-z]+$"}}, "4", "4", "regexp"),
        ({"type": "text", "widget": "colorSelector"}, "#0d5c5b", "#0d5c5b", None),
        ({"type": "text", "widget": "colorSelector"}, "a red one", "a red one", "colour"),
        ({"type": "select", "options": [{"value": 2, "label": "Two"}]}, "2", 2, None),
        ({"type": "select", "options": [{"value": 2, "label": "Two"}]}, "3", ABSENT, "choice"),
        ({"type": "boolean"}, "on", True, None),
    ],
)
def test_what_is_typed_becomes_what_is_kept_or_is_told(asked, typed, kept, code):
    before = {"text": {"a": "before"}, "number": {"a": 1}}.get(asked["type"], {})

    tree = written([{"name": "a", **asked}], before, a=typed)

    assert faults(tree) == ([("h5p.a", code)] if code else [])
    assert tree.content.get("a", ABSENT) == kept


def test_what_was_typed_wrongly_still_stands_in_the_field():
    tree = written([{"name": "a", "type": "number"}], {"a": 5}, a="a few")

    assert tree.children[0].typed == "a few"


def test_several_choices_are_kept_in_the_order_they_are_offered():
    options = [{"value": value, "label": value} for value in "abc"]
    semantics = [{"name": "a", "type": "select", "multiple": True, "options": options}]

    tree = form(semantics, {"a": ["b"]}, {"h5p.a": ["", "c", "a"]})

    assert tree.content == {"a": ["a", "c"]}


def test_a_group_of_one_field_is_kept_as_that_field_alone():
    group = {"name": "tip", "type": "group", "fields": [{"name": "text", "type": "text"}]}

    assert written([group], {"tip": "Look up"}, tip="Look down").content == {"tip": "Look down"}


def test_a_group_of_one_field_that_was_kept_whole_stays_whole():
    group = {"name": "tip", "type": "group", "fields": [{"name": "text", "type": "text"}]}
    content = {"tip": {"text": "Look up"}}

    tree = form([group], content, {"h5p.tip.text": ["Look down"]})

    assert tree.content == {"tip": {"text": "Look down"}}


CARDS = [
    {
        "name": "cards",
        "type": "list",
        "min": 1,
        "max": 3,
        "defaultNum": 1,
        "field": {
            "name": "card",
            "type": "group",
            "fields": [
                {"name": "front", "type": "text"},
                {"name": "back", "type": "text", "default": "?"},
            ],
        },
    }
]
TWO = {"cards": [{"front": "A", "back": "a", "own": 1}, {"front": "B", "back": "b"}]}


def after(*moves, content=TWO, **typed):
    posted = sent(form(CARDS, content)) | {path: [text] for path, text in typed.items()}
    for move in moves:
        posted = moved(posted, move).posted
        posted = posted | sent(form(CARDS, content, posted))
    return form(CARDS, content, posted)


def test_items_are_added_moved_and_taken_away_and_the_others_stay_whole():
    first, second = TWO["cards"]

    assert after("add h5p.cards").content["cards"] == [first, second, {"back": "?"}]
    assert after("up h5p.cards 1").content["cards"] == [second, first]
    assert after("down h5p.cards 0").content["cards"] == [second, first]
    assert after("remove h5p.cards 0").content["cards"] == [second]
    assert after("up h5p.cards 0", "down h5p.cards 1", "nonsense").content == TWO


def test_what_was_typed_goes_along_with_its_item():
    tree = after("up h5p.cards 1", **{"h5p.cards.1.front": "Bee"})

    assert [card["front"] for card in tree.content["cards"]] == ["Bee", "A"]


def test_a_list_with_too_few_or_too_many_is_told():
    assert faults(after("remove h5p.cards 0", "remove h5p.cards 1")) == [("h5p.cards", "minItems")]
    more = after("add h5p.cards", "add h5p.cards")
    assert faults(more) == [
        ("h5p.cards", "maxItems"),
        ("h5p.cards.n0.front", "blank"),
        ("h5p.cards.n1.front", "blank"),
    ]


def test_after_a_move_one_goes_on_from_what_was_moved_or_its_neighbour():
    posted = {"h5p.cards.~": ["0 1 2"]}

    went_on = [moved(posted, move).at for move in ("add h5p.cards", "up h5p.cards 2")]
    took = [moved({"h5p.cards.~": [keys]}, "remove h5p.cards 1").at for keys in ("0 1 2", "1")]

    assert went_on == ["h5p.cards.n0", "h5p.cards.2"]
    assert took == ["h5p.cards.2", "h5p.cards"]


TEXT = Kind("H5P.Text 1.1", "Text", fields_of([{"name": "words", "type": "text"}]))
SOUND = Kind("H5P.Sound 2.0", "Sound", fields_of([{"name": "loud", "type": "boolean"}]))
PART = [{"name": "part", "type": "library", "options": [TEXT.name, "H5P.Gone 1.0", SOUND.name]}]
KEPT = {
    "library": TEXT.name,
    "params": {"words": "Hello", "own": 1},
    "subContentId": "its-id",
    "metadata": {"title": "Greeting", "license": "CC BY"},
}


def test_a_part_keeps_its_id_and_all_that_is_said_of_it():
    world = made_of([TEXT, SOUND])

    tree = form(PART, {"part": KEPT}, {"h5p.part.params.words": ["Good day"]}, world=world)

    assert tree.content == {"part": {**KEPT, "params": {"words": "Good day", "own": 1}}}


def test_only_types_that_are_here_are_offered_and_the_others_are_named():
    node = form(PART, {}, world=made_of([TEXT, SOUND])).children[0]

    assert [kind.title for kind in node.kinds] == ["Text", "Sound"]
    assert node.missing == ("H5P.Gone 1.0",)


def test_a_part_of_another_type_begins_anew():
    posted = {"h5p.part.library": [SOUND.name], "h5p.part.params.words": ["Hello"]}

    tree = form(PART, {"part": KEPT}, posted, world=made_of([TEXT, SOUND]))

    about = {"contentType": "Sound", "license": "U", "title": "Sound"}
    assert tree.content == {
        "part": {
            "library": SOUND.name,
            "params": {"loud": False},
            "subContentId": "new-id",
            "metadata": about,
        }
    }


def test_a_type_that_is_not_offered_cannot_be_chosen():
    posted = {"h5p.part.library": ["H5P.Anything 1.0"]}

    assert form(PART, {"part": KEPT}, posted, world=made_of([TEXT])).content == {"part": KEPT}


def test_a_picture_is_kept_taken_away_or_another_one():
    semantics = [{"name": "a", "type": "image", "optional": True}]
    old, new = ({"path": f"images/{name}.png", "mime": "image/png"} for name in ("old", "new"))

    def kept(**asked):
        posted = {f"h5p.a.~{name}": [value] for name, value in asked.items()}
        return form(semantics, {"a": old}, posted, world=made_of(file=new)).content

    assert kept(new="") == {"a": old}
    assert kept(new="", take="on") == {}
    assert kept(new="12") == {"a": new}


def test_a_file_that_may_not_be_chosen_changes_nothing_and_is_told():
    tree = form([{"name": "a", "type": "image"}], {}, {"h5p.a.~new": ["12"]})

    assert faults(tree) == [("h5p.a", "file")]
    assert tree.content.get("a", ABSENT) is ABSENT


def test_a_field_that_is_shown_for_another_answer_need_not_be_filled_in():
    rules = {"rules": [{"field": "../mode", "equals": "long"}]}
    semantics = [
        {"name": "mode", "type": "text", "optional": True},
        {
            "name": "more",
            "type": "group",
            "fields": [
                {"name": "n", "type": "number", "showWhen": rules},
                {"name": "other", "type": "text", "optional": True},
            ],
        },
    ]

    def asked_for(mode):
        base = {"mode": mode, "more": {}}
        tree = form(semantics, base, sent(form(semantics, base)), came=False)
        return faults(tree)

    assert asked_for("short") == []
    assert asked_for("long") == [("h5p.more.n", "blank")]


def test_a_list_that_may_be_left_out_need_not_be_filled_in_until_it_is_begun():
    track = [{"name": "label", "type": "text"}, {"name": "file", "type": "file"}]
    item = {"name": "track", "type": "group", "fields": track}
    semantics = [{"name": "tracks", "type": "list", "optional": True, "field": item}]
    base = {"tracks": [{"label": "Subtitles"}]}

    def asked_for(**written):
        posted = {f"h5p.tracks.{path}": [value] for path, value in written.items()}
        return faults(form(semantics, base, posted, came=False))

    assert asked_for() == []
    assert asked_for(**{"0.label": "Words"}) == [("h5p.tracks.0.file", "blank")]
    assert asked_for(**{"~": "0 n0"}) == [
        ("h5p.tracks.0.file", "blank"),
        ("h5p.tracks.n0.label", "blank"),
        ("h5p.tracks.n0.file", "blank"),
    ]


# --- what strangers may ask for ------------------------------------------------------------------


def test_labels_are_words_alone():
    (field,) = fields_of(
        [{"name": "a", "type": "text", "label": "<img src=x onerror=y>Salt &amp; <b>pepper</b>"}]
    )

    assert field.label == "Salt & pepper"


def test_a_field_without_a_label_is_called_by_its_name():
    (field,) = fields_of([{"name": "showScorePoints", "type": "boolean"}])

    assert field.label == "Show score points"


def test_a_hundred_thousand_fields_are_cut_off_and_what_has_no_field_stays():
    many = [{"name": f"f{n}", "type": "text"} for n in range(100_000)]
    content = {f"f{n}": "x" for n in range(100_000)}
    began = time.perf_counter()
    budget = Budget()

    tree = Tree(fields_of(many, budget=budget), content, made_of(), {"h5p.f0": ["y"]})

    assert budget.spent
    assert sum(1 for _ in tree.walk()) == MOST_FIELDS
    assert tree.content == {**content, "f0": "y"}
    assert time.perf_counter() - began < 5


def test_lists_in_lists_that_would_make_a_million_fields_are_cut_off():
    field = {"name": "a", "type": "text", "default": "x"}
    for _ in range(8):
        field = {"name": "a", "type": "list", "defaultNum": 20, "field": field}

    base = begin(fields_of([field]), made_of())

    assert len(json.dumps(base)) < 100_000


def test_semantics_without_a_bottom_have_an_end():
    field = {"name": "a", "type": "text"}
    for _ in range(500):
        field = {"name": "a", "type": "group", "fields": [field, {"name": "b", "type": "text"}]}

    tree = form([field], {})

    assert tree.content == {}


def test_a_type_that_holds_itself_is_not_begun_for_ever():
    asked = [{"name": "again", "type": "library", "options": ["H5P.Self 1.0"]}]
    self_holding = Kind("H5P.Self 1.0", "Self", fields_of(asked))

    base = begin(self_holding.fields, made_of([self_holding]))

    assert len(json.dumps(base)) < 10_000


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)*$", "a*a*a*a*a*b", "(", "[a-z]{1,9999999}"])
def test_a_pattern_that_could_take_years_is_not_asked(pattern):
    (field,) = fields_of([{"name": "a", "type": "text", "regexp": {"pattern": pattern}}])
    began = time.perf_counter()

    written([{"name": "a", "type": "text", "regexp": {"pattern": pattern}}], {}, a="a" * 250)

    assert time.perf_counter() - began < 1
    assert field.pattern in {"", pattern}


# --- words in another language -------------------------------------------------------------------


def test_a_form_takes_the_words_of_a_language_file_where_it_has_some():
    words = {"semantics": [{"label": "Tarjetas", "field": {"fields": [{"label": "Frente"}]}}]}

    (cards,) = fields_of(translated(CARDS, words))

    assert cards.label == "Tarjetas"
    assert [field.label for field in cards.item.fields] == ["Frente", "Back"]


@given(jsons)
def test_a_language_file_may_be_anything(words):
    assert len(fields_of(translated(CARDS, {"semantics": words}))) == 1
    assert len(fields_of(translated(CARDS, words))) == 1


def test_what_a_field_begins_with_is_taken_from_the_language_of_the_activity():
    semantics = [{"name": "next", "type": "text", "label": "Next", "default": "Next"}]
    words = {"semantics": [{"label": "Siguiente", "default": "Continuar"}]}

    (field,) = fields_of(translated(semantics, words, take=("default",)))

    assert (field.label, field.default) == ("Next", "Continuar")
