"""Bring */locale/*/LC_MESSAGES/django.po up to date with the sentences in the code.

Django's makemessages, once for each app and each language that is offered, so that every app
carries its own. What is no longer said anywhere is left out.
"""

import os
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
APPS = ("lms", "certificates", "courses", "content")


def main(root=ROOT):
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("ALONGSIDE_MODE", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    for app in APPS:
        os.chdir(root / app)
        Path("locale").mkdir(exist_ok=True)
        call_command(
            "makemessages",
            locale=languages,
            add_location="file",
            no_obsolete=True,
            extensions=["html", "txt", "py"],
            ignore_patterns=["migrations/*", "static/*"],
            verbosity=0,
        )
        for path in Path("locale").glob("*/LC_MESSAGES/django.po"):
            tidy(path)


def tidy(path):
    """Keep only what matters in the head of a file, so that it changes when its sentences do."""
    messages = polib.pofile(str(path), wrapwidth=99)
    kept = ("Language", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")
    messages.metadata = {
        name: value for name, value in messages.metadata.items() if name in kept
    } | {"MIME-Version": "1.0", "Language": path.parts[-3]}
    messages.metadata_is_fuzzy = False
    messages.header = ""
    messages.save()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
