"""What is said about each thing found before publishing: what it is, where, and what to do."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import days
from content.lesson_checks import Finding, Kind
from content.reading_age import TARGET

# kind: (what it is, what to do). `%(words)s` are the words that were found.
WORDS = {
    Kind.UNFINISHED: (
        gettext_lazy("Something is still empty, or not as it has to be."),
        gettext_lazy("Open it in the editor and press “Ask a second reader”. It shows you where."),
    ),
    Kind.NO_SIGN_OFF: (
        gettext_lazy("Somebody has to agree to these words first: %(words)s."),
        gettext_lazy("Ask them to read it, then record here who signed it off."),
    ),
    Kind.KIT_WORDS: (
        gettext_lazy("This still says what the kit says: “%(words)s”."),
        gettext_lazy("Put your own words in its place."),
    ),
    Kind.NO_MINUTES: (
        gettext_lazy("It does not say how many minutes it takes."),
        gettext_lazy("Put in the minutes. For a lesson, 10 to 15 is right for a tired day."),
    ),
    Kind.ALT_UNDECIDED: (
        gettext_lazy("It is not decided what people hear who cannot see the picture."),
        gettext_lazy("Describe the picture in a few words, or mark it as decoration."),
    ),
    Kind.NOTHING_TO_READ: (
        gettext_lazy("There is a recording that people who cannot hear have no way to follow."),
        gettext_lazy("Write the transcript: every word that is said. Captions help as well."),
    ),
    Kind.ASKED_NOT_IN_WORDS: (
        gettext_lazy(
            "People finish this step once they did the activity, and there are no words for those "
            "who cannot use it."
        ),
        gettext_lazy("Write it in words as well, or do not ask for it."),
    ),
    Kind.NOT_IN_WORDS: (
        gettext_lazy("The activity has no words for people who cannot use it."),
        gettext_lazy("Write down what it shows and asks, so that they can read it instead."),
    ),
    Kind.DOSE: (
        gettext_lazy("This reads like a dose: “%(words)s”. A lesson must not name doses."),
        gettext_lazy("Leave the number out. Say whom to ask instead."),
    ),
    Kind.NO_CAPTIONS: (
        gettext_lazy("The film has no captions."),
        gettext_lazy("Add a .vtt file if you can. The transcript is there meanwhile."),
    ),
    Kind.NO_TRANSCRIPT: (
        gettext_lazy("The film has captions, but no transcript."),
        gettext_lazy("Write down every word that is said, for people who would rather read."),
    ),
    Kind.HEADING_JUMP: (
        gettext_lazy("The heading “%(words)s” skips a level."),
        gettext_lazy("Make it a size larger, so that people who listen to headings find it."),
    ),
    Kind.VAGUE_LINK: (
        gettext_lazy("The link “%(words)s” does not say where it leads."),
        gettext_lazy("Link the words that name the thing, like “what a named person does”."),
    ),
    Kind.HARD_TO_READ: (
        gettext_lazy("It reads like a text for people of %(words)s and over."),
        gettext_lazy("Shorter sentences and shorter words help. We aim at %(target)s or under."),
    ),
    Kind.MINUTES_DIFFER: (
        gettext_lazy("The activities take %(planned)s minutes, the session %(minutes)s."),
        gettext_lazy("Change one of them, so that the pair who lead it can keep to the clock."),
    ),
    Kind.REVIEW_OVERDUE: (
        gettext_lazy("It should have been read again by %(day)s."),
        gettext_lazy("Read it again. If it still holds, put in a new date."),
    ),
    Kind.CLAIM_WITHOUT_SOURCE: (
        gettext_lazy("“%(words)s” says something about health, and no source is named."),
        gettext_lazy("Add where it comes from under “Sources”, or leave it out."),
    ),
}


@dataclass(frozen=True)
class Told:
    """A finding in words."""

    what: str
    where: str
    do: str
    stops: bool
    block: str


def told(finding: Finding):
    """Return a finding as an author reads it."""
    what, do = WORDS[finding.kind]
    about = {"words": finding.words, "target": TARGET}
    if finding.kind == Kind.MINUTES_DIFFER:
        about["planned"], about["minutes"] = finding.words.split("/")
    if finding.kind == Kind.REVIEW_OVERDUE:
        about["day"] = days.day(date.fromisoformat(finding.words))
    return Told(
        what=str(what) % about,
        where=_where(finding),
        do=str(do) % about,
        stops=finding.stops,
        block=finding.block,
    )


def _where(finding):
    if not finding.step:
        return ""
    return _("Step %(number)s, “%(title)s”") % {
        "number": finding.step,
        "title": finding.step_title,
    }
