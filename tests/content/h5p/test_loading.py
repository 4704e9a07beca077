"""Libraries are loaded each after those it needs, and their files are joined so that they work."""

import re

from hypothesis import given
from hypothesis import strategies as st

from content.h5p.loading import (
    Loading,
    joined_script,
    joined_style,
    key,
    load_order,
    what_to_load,
)
from content.h5p.resolving import Name


def library(name, *needs, major=1, minor=0, js=(), css=(), **more):
    return {
        "machineName": name,
        "majorVersion": major,
        "minorVersion": str(minor),  # some tools write numbers as text
        "preloadedDependencies": [needed(each) for each in needs],
        "preloadedJs": [{"path": path} for path in js],
        "preloadedCss": [{"path": path} for path in css],
        **more,
    }


def needed(name, major=1, minor=0):
    return {"machineName": name, "majorVersion": str(major), "minorVersion": minor}


def package(*needs, main="Main"):
    return {"mainLibrary": main, "preloadedDependencies": [needed(each) for each in needs]}


def names(order):
    return [name.machine_name for name in order]


# --- order -------------------------------------------------------------------------------------


def test_a_library_is_loaded_after_those_it_needs():
    libraries = [
        library("Main", "Question", "Icons"),
        library("Question", "Base"),
        library("Base"),
        library("Icons", "Base"),
    ]

    order = load_order(package("Main"), {}, libraries)

    assert names(order) == ["Base", "Question", "Icons", "Main"]


def test_what_the_content_names_is_loaded_as_well_however_deep_it_lies():
    libraries = [library("Main"), library("Image", minor=1), library("Text"), library("Unused")]
    content = {"parts": [{"deep": {"library": "Image 1.1", "params": {"library": "Text 1.0"}}}]}

    order = load_order(package("Main"), content, libraries)

    assert names(order) == ["Main", "Image", "Text"]


def test_the_main_library_is_loaded_when_the_package_forgets_to_say_so():
    order = load_order(package("Help"), {}, [library("Main", "Help"), library("Help")])

    assert names(order) == ["Help", "Main"]


def test_libraries_that_need_each_other_are_each_loaded_once():
    libraries = [library("Main", "Other"), library("Other", "Main", "Other")]

    assert names(load_order(package("Main"), {}, libraries)) == ["Other", "Main"]


def test_how_deep_libraries_need_each_other_is_no_matter():
    libraries = [library(f"L{n}", f"L{n + 1}") for n in range(5000)]

    order = load_order(package(main="L0"), {}, libraries)

    assert names(order) == [f"L{n}" for n in reversed(range(5000))]


def test_content_that_lies_deep_is_no_matter():
    content = {"library": "Text 1.0"}
    for _ in range(5000):
        content = [content]

    assert names(load_order(package("Main"), content, [library("Text")])) == ["Text"]


LETTERS = st.sampled_from("ABCDEFGH")


@given(st.dictionaries(LETTERS, st.lists(LETTERS, max_size=5)), st.lists(LETTERS))
def test_each_is_loaded_once_and_after_what_it_needs_unless_they_need_each_other(needs, asked):
    libraries = [library(name, *more) for name, more in needs.items()]

    order = names(load_order(package(*asked), {}, libraries))

    assert len(order) == len(set(order))
    assert set(order) == reached(asked, needs)
    for place, name in enumerate(order):
        for before in set(needs[name]) & set(needs):
            assert before in order[:place] or name in reached([before], needs)


def reached(asked, needs):
    """All that these need, by another way than the code goes."""
    found = set(asked) & set(needs)
    while more := {each for name in found for each in needs[name] if each in needs} - found:
        found |= more
    return found


# --- files -------------------------------------------------------------------------------------


def test_scripts_and_styles_are_those_of_the_libraries_in_their_order():
    libraries = [
        library("Main", "Help", js=["a.js", "js/b.js"], css=["a.css"]),
        library("Help", js=["h.js"], css=["css/h.css"]),
    ]

    found = what_to_load(load_order(package("Main"), {}, libraries), libraries)

    assert found == Loading(
        scripts=(("Help-1.0", "h.js"), ("Main-1.0", "a.js"), ("Main-1.0", "js/b.js")),
        styles=(("Help-1.0", "css/h.css"), ("Main-1.0", "a.css")),
    )


def test_styles_that_another_library_brings_itself_are_left_out():
    drops = {"dropLibraryCss": [{"machineName": "Help"}]}
    libraries = [library("Main", "Help", css=["a.css"], **drops), library("Help", css=["h.css"])]

    found = what_to_load(load_order(package("Main"), {}, libraries), libraries)

    assert found.styles == (("Main-1.0", "a.css"),)


def test_the_key_tells_other_files_another_order_and_another_build():
    files, builds = [("A-1.0", "a.js"), ("B-1.0", "b.js")], {"A-1.0": "1" * 64, "B-1.0": "2" * 64}

    keys = {
        key(files, builds),
        key(files[::-1], builds),
        key(files[:1], builds),
        key(files, builds | {"B-1.0": "3" * 64}),
    }

    assert len(keys) == 4
    assert key(files, builds) == key(tuple(files), builds | {"C-1.0": "4" * 64})


def test_a_directory_is_named_as_in_a_package():
    assert Name.of(library("H5P.Dialogcards", minor=8)).directory == "H5P.Dialogcards-1.8"


# --- scripts -----------------------------------------------------------------------------------


def test_scripts_are_kept_apart_and_lose_their_mark():
    files = [[b"\xef\xbb\xbf'use strict'; a()"], [b"b() // ", b"the end"], []]

    joined = b"".join(piece for file in files for piece in joined_script(file))

    assert joined == b"\n;'use strict'; a()\n;b() // the end\n;"


# --- styles ------------------------------------------------------------------------------------


def test_what_a_sheet_names_beside_itself_is_found_from_the_joined_sheet():
    text = """a { background: url(../images/x.png) } b { background: url( 'y z.svg#part' ) }
        @font-face { src: URL("fonts/f.eot?#iefix") }"""

    sheet = joined_style("A-1.0/css/a.css", text)

    assert re.findall(r"url\(.*?\)", sheet.rules, re.IGNORECASE) == [
        'url("../libraries/A-1.0/images/x.png")',
        'url("../libraries/A-1.0/css/y z.svg#part")',
        'url("../libraries/A-1.0/css/fonts/f.eot?#iefix")',
    ]


def test_addresses_that_stand_alone_stay_as_they_are():
    text = """a{b:url(data:image/png;base64,AA==)}c{d:url("https://example.org/x")}
        e{f:url(//x/y)}g{h:url(#part)}i{content:"url(no.png)"}j{k:url('data:x,url(no.png)')}"""

    assert joined_style("A-1.0/a.css", text).rules == text


def test_what_is_imported_is_said_first_and_what_lies_elsewhere_is_not_fetched():
    text = """\ufeff@charset "utf-8"; /* url(no.png) */ @import "more.css" screen;
        @import url(../x.css); @import url(https://fonts.example.org/css); a { b: c }"""

    sheet = joined_style("A-1.0/css/a.css", text)

    assert sheet.imports == (
        '@import url("../libraries/A-1.0/css/more.css") screen;',
        '@import url("../libraries/A-1.0/x.css");',
    )
    assert sheet.rules.strip() == "a { b: c }"


def test_an_address_cannot_end_the_rule_it_stands_in():
    sheet = joined_style("A-1.0/a.css", "a{b:url(')\"}x{y:z\\'.png')}")

    assert sheet.rules == 'a{b:url("../libraries/A-1.0/)}x{y:z\\\'.png")}'


@given(st.text(alphabet="a1 /*\"'()\\;@{}\n.:url#import charset", max_size=200))
def test_what_was_joined_once_names_nothing_beside_itself_any_more(text):
    once = joined_style("A-1.0/a.css", text)

    again = joined_style("A-1.0/a.css", once.rules, above="https://example.org")

    assert "https://example.org/A-1.0" not in again.rules.replace("../libraries", "")


@given(st.text(alphabet="ab {}:;.-0\n", max_size=200))
def test_a_sheet_that_names_nothing_stays_as_it_is(text):
    assert joined_style("A-1.0/a.css", text).rules == text
