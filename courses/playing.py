"""Where a trainee stands in a scenario, and how often they have played it."""

from dataclasses import dataclass

from content.branching import Play, play
from courses.models import ScenarioRun


@dataclass(frozen=True)
class Playing:
    """A scenario as one trainee has played it.

    `run` is the key of the run they are in; empty when they have not begun, or when what they
    played has since been written anew (`changed`). `endings` are the kinds they came to, in order.
    """

    run: str
    here: Play
    endings: tuple[str, ...] = ()
    changed: bool = False

    @property
    def is_begun(self):
        return bool(self.run)

    @property
    def ending(self):
        """The ending they are at; None while they are on the way."""
        return self.here.ending if self.run else None

    @property
    def ended(self):
        """Whether they ever came to an ending."""
        return bool(self.endings)


def playing(enrolment, scenario):
    """Return how a trainee has played a scenario, in one query."""
    runs = ScenarioRun.objects.played(enrolment, scenario)
    endings = tuple(run.ending for run in runs if run.ending)
    if not runs:
        return Playing(run="", here=play(scenario, ()))
    here = play(scenario, runs[-1].chosen)
    if not here.fits:
        return Playing(run="", here=play(scenario, ()), endings=endings, changed=True)
    return Playing(run=runs[-1].key, here=here, endings=endings)
