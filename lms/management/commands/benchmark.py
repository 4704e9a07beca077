import json
import os
import subprocess
import sys
import time
from functools import partial
from statistics import median
from types import SimpleNamespace

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from lms.management.commands._benches import BENCHES, Budget, NotHere, h5p_import

# Where a transaction begins and ends: what was done is asked about, not that it is taken back.
AROUND = {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"}
WARM = 3  # times that are not counted, so that what is remembered is remembered


class Command(BaseCommand):
    help = (
        "Measure what people wait for, on this site as it is: time of the processor and queries, "
        "beside what is promised. Two sides are run in turn, so that a busy machine is busy for "
        "both. Nothing that is done to measure is kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("--times", type=int, default=30, help="how often each side is run")
        parser.add_argument("--beside", help="the DATA_DIR of another site, to run in turn with")
        parser.add_argument("--h5p", help="an .h5p file to take in, as one more thing to measure")
        parser.add_argument("--only", help="a part of the name of what to measure")
        parser.add_argument("--as-a-side", action="store_true", help="used by --beside")

    def handle(self, *, times, beside, only, as_a_side, **options):
        if settings.PRODUCTION:
            raise CommandError("It writes and takes back: not on a site in use (ALONGSIDE_MODE).")
        benches = {name: each for name, each in BENCHES.items() if (only or "") in name}
        if options["h5p"]:
            benches["taking in an activity"] = (partial(h5p_import, options["h5p"]), Budget())
        with override_settings(ALLOWED_HOSTS=["testserver", *settings.ALLOWED_HOSTS]):
            if as_a_side:
                return self._serve(benches)
            other = _Other(beside, options["h5p"]) if beside else None
            self._line("What", "Side", "CPU ms", "Queries", "Promised")
            for name, (bench, budget) in benches.items():
                self._measure(name, bench, budget, times, other)
        return None

    def _measure(self, name, bench, budget, times, other):
        try:
            sides = {side: _Here(do) for side, do in bench().items()}
        except NotHere as why:
            self._line(name, "-", "-", "-", str(why))
            return
        if other:
            sides[f"in {other.data_dir}"] = other.about(name)
        for side in [*sides.values()] * WARM:
            side.timed()
        queries = {side_name: side.counted() for side_name, side in sides.items()}
        told = {side_name: [] for side_name in sides}
        for _time in range(times):
            for side_name, side in sides.items():
                told[side_name].append(side.timed())
        medians = {side: (median(each), queries[side]) for side, each in told.items()}
        for side, (milliseconds, asked) in medians.items():
            said = kept(budget, medians) if side == "ours" else ""
            self._line(name, side, f"{milliseconds:.1f}", str(asked), said)

    def _line(self, what, side, milliseconds, queries, promised):
        line = f"{what:32}{side:24}{milliseconds:>8}{queries:>9}  {promised}"
        self.stdout.write(line.rstrip())

    def _serve(self, benches):
        """Run what the other process asks for, one line in and one line out."""
        made = {}
        for line in sys.stdin:
            how, name = line.strip().split(" ", 1)
            if name not in made:
                made[name] = _Here(benches[name][0]()["ours"])
            self.stdout.write(json.dumps(getattr(made[name], how)()))
            self.stdout.flush()


class _Here:
    """A side that is run in this process."""

    def __init__(self, do):
        self.timed, self.counted = partial(timed, do), partial(counted, do)


class _Other:
    """The same in another site's own process."""

    def __init__(self, data_dir, h5p):
        self.data_dir = data_dir
        command = [sys.executable, sys.argv[0], "benchmark", "--as-a-side"]
        self.process = subprocess.Popen(  # noqa: S603  (this program, once more)
            command + (["--h5p", h5p] if h5p else []),
            env={**os.environ, "DATA_DIR": data_dir},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def about(self, name):
        ask = partial(self._ask, name)
        return SimpleNamespace(timed=partial(ask, "timed"), counted=partial(ask, "counted"))

    def _ask(self, name, how):
        self.process.stdin.write(f"{how} {name}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def timed(do):
    """Do it once; return how many milliseconds of the processor it took."""
    began = time.process_time()
    do()
    return (time.process_time() - began) * 1000


def counted(do):
    """Do it once; return how many queries it made. To count takes time, so it is not timed."""
    with CaptureQueriesContext(connection) as queries:
        do()
    return len([each for each in queries if each["sql"].split()[0] not in AROUND])


def kept(budget, medians):
    """Say whether our side keeps what is promised."""
    milliseconds, queries = medians["ours"]
    beside = next((ms for side, (ms, _n) in medians.items() if side.startswith("a ")), None)
    said = []
    if budget.queries is not None:
        said.append(_said(queries <= budget.queries, f"at most {budget.queries} queries"))
    if budget.milliseconds is not None:
        is_kept = milliseconds <= budget.milliseconds
        said.append(_said(is_kept, f"at most {budget.milliseconds:.0f} ms"))
    if budget.share is not None and beside:
        share = milliseconds / beside
        said.append(_said(share <= budget.share, f"{share:.2f} of at most {budget.share:.2f}"))
    return ", ".join(said)


def _said(is_kept, what):
    return f"{what}: {'kept' if is_kept else 'NOT KEPT'}"
