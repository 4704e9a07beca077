"""What to look at before a lesson is published. Pure: no database, no request, no clock.

A lesson comes as plain data: its pieces (one for each block), its minutes, its dates. What is
found is a kind, a place, and the words it is about. What is said about it stands elsewhere.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html.parser import HTMLParser

from content.reading_age import TARGET, reading_age


class Kind(StrEnum):
    """What can be found."""

    ALT_UNDECIDED = "alt_undecided"
    NOTHING_TO_READ = "nothing_to_read"  # a film without captions and without a transcript
    NO_CAPTIONS = "no_captions"
    NO_TRANSCRIPT = "no_transcript"
    NOT_IN_WORDS = "not_in_words"  # an activity that some people cannot use
    ASKED_NOT_IN_WORDS = "asked_not_in_words"  # and that they are held up by
    NO_MINUTES = "no_minutes"
    MINUTES_DIFFER = "minutes_differ"
    DOSE = "dose"
    NO_SIGN_OFF = "no_sign_off"
    KIT_WORDS = "kit_words"  # a title or a summary that still says what the kit says
    UNFINISHED = "unfinished"  # something that the editor asks for is still empty
    HEADING_JUMP = "heading_jump"
    VAGUE_LINK = "vague_link"
    HARD_TO_READ = "hard_to_read"
    REVIEW_OVERDUE = "review_overdue"
    CLAIM_WITHOUT_SOURCE = "claim_without_source"


# These stop a page from being published. The others are shown, and people decide.
STOPS = frozenset(
    {
        Kind.ALT_UNDECIDED,
        Kind.NOTHING_TO_READ,
        Kind.ASKED_NOT_IN_WORDS,
        Kind.NO_MINUTES,
        Kind.DOSE,
        Kind.NO_SIGN_OFF,
        Kind.KIT_WORDS,
        Kind.UNFINISHED,
    }
)


@dataclass(frozen=True)
class Piece:
    """One block, as the rules see it. `heard` and `seen` say what it is; `read` what stands in.

    `html` holds its rich text, `texts` every other piece of writing in it.
    """

    id: str
    step: int = 0
    step_title: str = ""
    html: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    alt_undecided: bool = False
    is_film: bool = False
    is_sound: bool = False
    captions: bool = False
    transcript: bool = False
    is_activity: bool = False
    in_words: bool = False
    asked: bool = False

    @property
    def words(self) -> str:
        """Everything written in it, as plain lines."""
        return "\n".join([*(_Reader.of(each).text for each in self.html), *self.texts])


@dataclass(frozen=True)
class Written:
    """A page as the rules see it. `minutes` is None where a page has none to give.

    `planned` is what the activities of a session come to, where it has any.
    """

    pieces: tuple[Piece, ...]
    minutes: int | None = None
    planned: int | None = None
    review_by: date | None = None
    has_sources: bool = False
    sign_off_missing: str = ""
    kit_words: tuple[str, ...] = ()
    is_english: bool = True


@dataclass(frozen=True)
class Finding:
    """One thing to look at: what, on which step and block (when it is on one), and its words."""

    kind: Kind
    step: int = 0
    step_title: str = ""
    block: str = ""
    words: str = ""

    @property
    def stops(self) -> bool:
        return self.kind in STOPS


def findings(written: Written, today: date) -> list[Finding]:
    """Return everything to look at: what stops publishing first, then in the page's order."""
    found = [*_about_the_page(written, today)]
    for piece in written.pieces:
        found += _about_a_piece(piece)
    if not written.has_sources:
        found += list(_claims(written.pieces))[:1]  # one source is asked for once
    return sorted(found, key=lambda each: not each.stops)


def _about_the_page(written: Written, today: date) -> Iterator[Finding]:
    if written.sign_off_missing:
        yield Finding(Kind.NO_SIGN_OFF, words=written.sign_off_missing)
    for words in written.kit_words:
        yield Finding(Kind.KIT_WORDS, words=words)
    if written.minutes == 0:
        yield Finding(Kind.NO_MINUTES)
    if written.planned and written.minutes and written.planned != written.minutes:
        yield Finding(Kind.MINUTES_DIFFER, words=f"{written.planned}/{written.minutes}")
    if written.review_by and written.review_by < today:
        yield Finding(Kind.REVIEW_OVERDUE, words=written.review_by.isoformat())
    if written.is_english:  # the formula is made for it, and wrong about other languages
        age = reading_age("\n".join(piece.words for piece in written.pieces))
        if age and age > TARGET:
            yield Finding(Kind.HARD_TO_READ, words=str(age))


def _about_a_piece(piece: Piece) -> Iterator[Finding]:
    def found(kind: Kind, words: str = "") -> Finding:
        return Finding(kind, piece.step, piece.step_title, piece.id, words)

    if piece.alt_undecided:
        yield found(Kind.ALT_UNDECIDED)
    if (piece.is_film or piece.is_sound) and not piece.transcript:
        yield found(Kind.NO_TRANSCRIPT if piece.captions else Kind.NOTHING_TO_READ)
    elif piece.is_film and not piece.captions:
        yield found(Kind.NO_CAPTIONS)
    if piece.is_activity and not piece.in_words:
        yield found(Kind.ASKED_NOT_IN_WORDS if piece.asked else Kind.NOT_IN_WORDS)
    for html in piece.html:
        reader = _Reader.of(html)
        for jumped in _jumps(reader.headings):
            yield found(Kind.HEADING_JUMP, jumped)
        for link in reader.links:
            if is_vague(link):
                yield found(Kind.VAGUE_LINK, link)
    for dose in doses(piece.words):
        yield found(Kind.DOSE, dose)


# --- Links and headings ------------------------------------------------------------------------

VAGUE = frozenset(
    {
        *("here", "click", "click here", "click this", "this", "link", "the link", "this link"),
        *("page", "this page", "site", "this site", "website", "this website", "web page"),
        *("more", "read more", "see more", "learn more", "find out more", "info", "more info"),
        *("more information", "details", "more details", "read", "read this", "read here"),
        *("see", "see here", "go", "go here", "download"),
    }
)


def is_vague(link: str) -> bool:
    """Tell whether a link's words say nothing when they are read on their own."""
    words = " ".join(re.findall(r"[\w’']+", link.lower()))
    return words in VAGUE or bool(re.match(r"(https?://|www\.)", link.strip().lower()))


def _jumps(headings: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Yield the headings that go down more than one level. A step's title is of the first."""
    before = 1
    for level, words in headings:
        if level > before + 1:
            yield words
        before = level


class _Reader(HTMLParser):
    """Reads what the rules need out of a piece of rich text."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.links: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self._in_link = False
        self._in_heading = False

    @classmethod
    def of(cls, html: str) -> "_Reader":
        reader = cls()
        reader.feed(html)
        reader.close()
        return reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._in_link = True
            self.links.append("")
        elif re.fullmatch(r"h[1-6]", tag):
            self._in_heading = True
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._in_link = False
        elif re.fullmatch(r"h[1-6]", tag):
            self._in_heading = False
        if re.fullmatch(r"p|li|h[1-6]|br", tag):
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_link:
            self.links[-1] += data
        if self._in_heading:
            level, words = self.headings[-1]
            self.headings[-1] = (level, words + data)


# --- Doses and claims --------------------------------------------------------------------------

_NUMBER = r"(?:\d+(?:[.,]\d+)?|half an?|half|one|two|three|four|five|six|seven|eight|nine|ten)"
_DOSE = re.compile(
    rf"\b(?:{_NUMBER}\s*(?:mg|mcg|micrograms?|milligrams?|ml|millilit(?:re|er)s?|iu)\b"
    rf"|\d+(?:[.,]\d+)?\s*µg\b"
    rf"|{_NUMBER}\s+(?:international\s+)?units?\s+of\s+(?:\w+\s+)?insulin\b"
    r"|\d+(?:[.,]\d+)?\s+(?:international\s+)?units\b"
    rf"|{_NUMBER}\s+(?:\w+\s+)?(?:tablets?|pills?|capsules?|puffs?|drops?|patches|injections?)\b)",
    re.IGNORECASE,
)

# Words that make a sentence a claim about bodies, illness or treatment. The list is short on
# purpose: it is there to ask “who says so?”, and a person decides.
_CLAIM = re.compile(
    r"\b(?:cures?|cured|heals?|treats?|treatments?|therap(?:y|ies)|medicines?|medications?|"
    r"insulin|blood (?:sugar|pressure|glucose)|side effects?|symptoms?|"
    r"studies (?:show|have shown)|research (?:shows|has shown)|(?:is|are) proven|"
    r"(?:reduces?|lowers?|raises?|prevents?|improves?) (?:your|the|their) "
    r"(?:blood|risk|pain|cholesterol|weight|heart|breathing|mood|sleep))\b",
    re.IGNORECASE,
)


def doses(text: str) -> list[str]:
    """Return what looks like a dose in the text. A lesson must not name any."""
    return [" ".join(found[0].split()) for found in _DOSE.finditer(text)]


def _claims(pieces: Iterable[Piece]) -> Iterator[Finding]:
    for piece in pieces:
        for found in _CLAIM.finditer(piece.words):
            yield Finding(
                Kind.CLAIM_WITHOUT_SOURCE, piece.step, piece.step_title, piece.id, found[0]
            )
