"""A scenario as a graph: what is amiss is named, and what is well can be played to its end."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.branching import Fault, Play, cards, faults, play
from content.exercises import Choice, Ending, Scenario, ScenarioStep

# --- a scenario that is well -------------------------------------------------------------------


def choice(id, go="", **more):
    said = {"say": "“Hm.”", "then": "She looks up.", "feedback": "You made room."}
    return Choice(id=id, go=go, **{**said, "skills": ("silence",), **more})


def well():
    """Two steps and one to repair, two endings, and a choice that has to be made again."""
    return Scenario(
        id="s",
        title="News from the clinic",
        setting="At the tea break.",
        steps=(
            ScenarioStep(
                "one",
                "1",
                "“They told me on Monday.”",
                (
                    choice("1a", "2b", roadblocks=("reassure",), skills=(), kind=True),
                    choice("1b", "2a"),
                    choice("1c", safety_step="Say whom you will tell."),
                ),
            ),
            ScenarioStep("two-a", "2a", "“I haven’t told them.”", (choice("2a-a", "heard"),)),
            ScenarioStep(
                "two-b",
                "2b",
                "She has gone quiet.",
                (choice("2b-a", " 2A "), choice("2b-b", "closed"), choice("2b-c", "1")),
                repair=True,
            ),
        ),
        endings=(
            Ending("end-heard", "heard", "heard", "She breathes out."),
            Ending("end-closed", "closed", "closed", "She pockets the leaflet."),
        ),
    )


def changed(scenario, step=None, choice=None, **what):
    """The same scenario with one step, or one choice of it, said differently."""

    def of_choice(one):
        return replace(one, **what) if one.id == choice else one

    def of_step(one):
        if choice:
            return replace(one, choices=tuple(of_choice(each) for each in one.choices))
        return replace(one, **what) if one.id == step else one

    return replace(scenario, steps=tuple(of_step(each) for each in scenario.steps))


def test_a_scenario_that_is_well_has_no_faults():
    assert faults(well()) == ()


def test_cards_say_where_each_choice_leads():
    assert [
        (card.step.name, [(way.letter, way.to.name, way.again) for way in card.ways])
        for card in cards(well())
    ] == [
        ("1", [("A", "2b", False), ("B", "2a", False), ("C", "1", True)]),
        ("2a", [("A", "heard", False)]),
        ("2b", [("A", "2a", False), ("B", "closed", False), ("C", "1", False)]),
    ]


# --- what is amiss -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({"say": " "}, "no_say"),
        ({"then": ""}, "no_then"),
        ({"feedback": "\n"}, "no_feedback"),
        ({"skills": (), "roadblocks": ()}, "no_tag"),
        ({"go": ""}, "no_go"),
        ({"go": "5"}, "unknown_go"),
        ({"go": "1", "safety_step": "Tell the named person."}, "goes_and_stays"),
    ],
)
def test_what_a_choice_lacks_is_said_at_that_choice(what, reason):
    found = faults(changed(well(), choice="2b-a", **what))

    assert [fault for fault in found if fault.choice] == [Fault(reason, "two-b", "2b-a")]


def test_an_unsafe_choice_needs_all_that_others_need():
    found = faults(changed(well(), choice="1c", then="", feedback="", skills=()))

    assert found == tuple(
        Fault(reason, "one", "1c") for reason in ("no_then", "no_feedback", "no_tag")
    )


def test_a_step_that_nothing_leads_to_is_named():
    found = faults(changed(well(), choice="1a", go="2a"))

    assert found == (Fault("not_reached", "two-b"), Fault("not_reached", "end-closed"))


def test_a_circle_without_a_way_out_is_named_step_by_step():
    scenario = changed(changed(well(), choice="2b-a", go="2b"), choice="2b-b", go="2b")

    found = faults(changed(scenario, choice="2b-c", go="2b"))

    assert found == (Fault("no_way_out", "two-b"), Fault("not_reached", "end-closed"))


def test_choosing_again_is_no_way_out():
    alone = (choice("2a-a", safety_step="Tell the named person."),)

    found = faults(changed(well(), step="two-a", choices=alone))

    assert found == (Fault("no_way_out", "two-a"), Fault("not_reached", "end-heard"))


def test_a_step_without_choices_is_a_dead_end():
    found = faults(changed(well(), step="two-a", choices=()))

    assert found == (Fault("no_choices", "two-a"), Fault("not_reached", "end-heard"))


@pytest.mark.parametrize(("name", "reason"), [("", "no_name"), (" HEARD", "name_taken")])
def test_two_things_with_one_name_and_things_without_are_named(name, reason):
    scenario = well()
    spare = Ending("end-spare", name, "part", "She goes.")

    found = faults(replace(scenario, endings=(*scenario.endings, spare)))

    assert found == (Fault(reason, "end-spare"), Fault("not_reached", "end-spare"))


def test_words_and_kinds_that_are_missing_are_named():
    scenario = changed(well(), step="two-a", words=" ")
    heard, closed = scenario.endings

    found = faults(replace(scenario, endings=(replace(heard, kind=""), closed)))

    assert found == (Fault("no_words", "two-a"), Fault("no_ending_kind", "end-heard"))


def test_there_has_to_be_a_way_to_repair():
    assert faults(changed(well(), step="two-b", repair=False)) == (Fault("no_repair"),)


def test_a_first_step_has_nothing_to_repair():
    scenario = changed(well(), step="two-b", repair=False)

    assert faults(changed(scenario, step="one", repair=True)) == (Fault("no_repair"),)


def test_there_has_to_be_a_choice_that_is_kind_and_does_not_help():
    assert faults(changed(well(), choice="1a", kind=False)) == (Fault("no_kind"),)


def test_an_empty_scenario_is_told_to_begin():
    empty = Scenario(id="s", title="", setting="", steps=(), endings=())

    assert faults(empty) == (Fault("no_steps"), Fault("no_endings"))
    assert play(empty, ["a"]) == Play(moves=(), at=None, ways=(), fits=False)


# --- playing -----------------------------------------------------------------------------------


def told(played):
    return [(move.number, move.step.name, move.choice.id) for move in played.moves]


def test_a_play_begins_at_the_first_step():
    played = play(well(), [])

    assert (played.moves, played.at, played.ending) == ((), well().steps[0], None)
    assert [way.choice.id for way in played.ways] == ["1a", "1b", "1c"]


def test_choices_lead_on_to_an_ending():
    played = play(well(), ["1a", "2b-a", "2a-a"])

    assert told(played) == [(1, "1", "1a"), (2, "2b", "2b-a"), (3, "2a", "2a-a")]
    assert (played.ending.name, played.ways, played.fits) == ("heard", (), True)


def test_an_unsafe_choice_comes_back_to_its_step_and_says_what_is_right():
    played = play(well(), ["1c"])

    assert (played.at.name, played.remember) == ("1", "Say whom you will tell.")
    assert played.moves[0].again
    assert played.tried == {"1c"}


def test_what_was_remembered_is_done_with_when_the_choice_is_made():
    played = play(well(), ["1c", "1b"])

    assert (played.at.name, played.remember, played.tried) == ("2a", "", frozenset())


def test_a_way_in_a_circle_is_played_as_often_as_it_is_chosen():
    played = play(well(), ["1a", "2b-c", "1a", "2b-c"])

    assert (len(played.moves), played.at.name, played.fits) == (4, "1", True)


@pytest.mark.parametrize("chosen", [["1b", "1b"], ["1b", "2b-a"], ["1b", "2a-a", "2a-a"]])
def test_what_was_not_offered_changes_nothing(chosen):
    played = play(well(), chosen)

    last = play(well(), ["1b"]) if len(chosen) == 2 else play(well(), ["1b", "2a-a"])
    assert played == replace(last, fits=False)


def test_an_author_may_begin_at_any_step():
    assert play(well(), ["2b-b"], start="two-b").ending.name == "closed"


# --- whatever an author may make ---------------------------------------------------------------

NAMES = ["1", "2", "2a", " 2A", "3b", "end", ""]
TEXTS = st.sampled_from(["", " ", "Some words."])
TAGS = st.lists(st.sampled_from(["reflect", "reassure"]), max_size=2).map(tuple)


@st.composite
def rough(draw):
    """A scenario as it may come: names twice, names missing, nothing where there should be."""
    count = iter(range(1000))

    def fresh():
        return f"id{next(count)}"

    def a_choice():
        return Choice(
            id=fresh(),
            say=draw(TEXTS),
            then=draw(TEXTS),
            feedback=draw(TEXTS),
            skills=draw(TAGS),
            roadblocks=draw(TAGS),
            kind=draw(st.booleans()),
            go=draw(st.sampled_from([*NAMES, "nowhere"])),
            safety_step=draw(TEXTS),
        )

    steps = tuple(
        ScenarioStep(
            id=fresh(),
            name=draw(st.sampled_from(NAMES)),
            words=draw(TEXTS),
            choices=tuple(a_choice() for _n in range(draw(st.integers(0, 3)))),
            repair=draw(st.booleans()),
        )
        for _n in range(draw(st.integers(0, 5)))
    )
    endings = tuple(
        Ending(fresh(), draw(st.sampled_from(NAMES)), draw(st.sampled_from(["", "heard"])), "End.")
        for _n in range(draw(st.integers(0, 3)))
    )
    return Scenario("s", "A talk", "Here.", steps, endings)


@st.composite
def nearly_well(draw):
    """Well-formed throughout, with arrows that go anywhere: some are sound, some are not."""
    many, ends = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    names = [f"step {n}" for n in range(many)] + [f"end {n}" for n in range(ends)]
    safe = st.sampled_from(["", "", "", "The right step."])

    def a_choice(id):
        safety = draw(safe)
        go = "" if safety else draw(st.sampled_from(names))
        return choice(id, go, safety_step=safety, kind=draw(st.booleans()))

    steps = tuple(
        ScenarioStep(
            id=f"s{n}",
            name=names[n],
            words="Words.",
            choices=tuple(a_choice(f"s{n}c{m}") for m in range(draw(st.integers(1, 3)))),
            repair=draw(st.booleans()),
        )
        for n in range(many)
    )
    endings = tuple(Ending(f"e{n}", f"end {n}", "heard", "End.") for n in range(ends))
    return Scenario("s", "A talk", "Here.", steps, endings)


ANY = rough() | nearly_well()
OF_THE_WHOLE = {"no_steps", "no_endings", "no_repair", "no_kind"}


def reachable(scenario):
    """{id of each step or ending: choices that lead there}, found by playing and nothing else."""
    found, ahead = {}, [[]]
    while ahead:
        chosen = ahead.pop(0)
        played = play(scenario, chosen)
        if played.at is None or played.at.id in found:
            continue
        found[played.at.id] = chosen
        ahead += [[*chosen, way.choice.id] for way in played.ways]
    return found


def ends_from(scenario, chosen):
    """Whether an ending can be played to after these choices."""
    seen, ahead = set(), [chosen]
    while ahead:
        here = ahead.pop()
        played = play(scenario, here)
        if played.ending:
            return True
        if played.at is None or played.at.id in seen:
            continue
        seen.add(played.at.id)
        ahead += [[*here, way.choice.id] for way in played.ways]
    return False


@given(ANY)
def test_a_scenario_is_playable_to_an_ending_from_everywhere_or_a_step_is_named(scenario):
    found = faults(scenario)

    if not found:
        there = reachable(scenario)
        assert set(there) == {place.id for place in (*scenario.steps, *scenario.endings)}
        assert all(ends_from(scenario, chosen) for chosen in there.values())
        assert any(step.repair and step.id in there for step in scenario.steps[1:])
    known = {step.id: {each.id for each in step.choices} for step in scenario.steps}
    known |= {ending.id: set() for ending in scenario.endings}
    for fault in found:
        assert (fault.place is None) == (fault.reason in OF_THE_WHOLE)
        assert fault.place is None or fault.place in known
        assert fault.choice is None or fault.choice in known[fault.place]


@given(ANY)
def test_a_scenario_that_cannot_be_played_to_an_ending_is_never_accepted(scenario):
    there = reachable(scenario)

    stuck = [place for place, chosen in there.items() if not ends_from(scenario, chosen)]
    lost = [each.id for each in (*scenario.steps, *scenario.endings) if each.id not in there]

    named = {fault.place for fault in faults(scenario)}
    assert named >= {*stuck, *lost}


@given(ANY, st.data())
def test_whatever_is_sent_a_play_is_somewhere_and_stays_there_when_it_is_sent_again(
    scenario, data
):
    ids = [each.id for step in scenario.steps for each in step.choices]
    chosen = data.draw(st.lists(st.sampled_from([*ids, "unknown"]), max_size=12))

    played = play(scenario, chosen)
    made = [move.choice.id for move in played.moves]

    assert play(scenario, made) == replace(played, fits=True)
    assert played.fits == (made == chosen)
    assert all(way.choice.id in ids for way in played.ways)


@given(nearly_well(), st.data())
def test_there_are_sound_graphs_among_those_we_make(scenario, data):
    """The generator is of use: putting right what it may lack gives one that is accepted."""
    first, *rest = scenario.steps
    end = scenario.endings[0]
    names = [step.name for step in rest] + [each.name for each in scenario.endings]
    to_all = tuple(choice(f"to {name}", name, kind=True) for name in names)
    out = (choice("out", end.name),)
    mended = replace(
        scenario,
        steps=(
            replace(first, choices=to_all),
            *(replace(step, choices=(*step.choices, *out), repair=True) for step in rest),
        ),
    )

    assert [fault.reason for fault in faults(mended)] == ([] if rest else ["no_repair"])
