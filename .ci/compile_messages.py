"""Make the .mo files that Django reads from the .po files that translators write, where newer."""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent

for written in sorted(ROOT.glob("*/locale/*/LC_MESSAGES/django.po")):
    made = written.with_suffix(".mo")
    if not made.exists() or made.stat().st_mtime <= written.stat().st_mtime:
        polib.pofile(str(written)).save_as_mofile(str(made))
