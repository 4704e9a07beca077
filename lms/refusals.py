"""Why a site that people rely on would not be safe to start. Pure: it asks nobody.

Each reason is one sentence that says what to set. All of them are told at once, so that whoever
sets a site up does not meet them one by one.
"""

from collections.abc import Mapping

SHORTEST_KEY = 50
FEWEST_LETTERS = 12
OFF = {"", "0", "false", "False", "no", "off"}  # how people write that something is not wanted
# What stands in examples, and what Django writes into a new project.
KNOWN_KEYS = ("django-insecure", "only for the tests", "change me", "change-me", "changeme")
_HOW = "python -c 'import secrets; print(secrets.token_urlsafe(60))' makes a good one."


def reasons(environment: Mapping[str, str]) -> list[str]:
    """Return why a site in production mode must not start with this environment; none is well."""
    return [
        *_about_the_key(environment.get("SECRET_KEY", "")),
        *_about_the_address(environment.get("SITE_ADDRESS", "")),
        *_about_mail(environment),
        *_about_debugging(environment),
        *_about_files(environment),
    ]


def _about_the_key(key: str) -> list[str]:
    if not key:
        return [f"Set SECRET_KEY to a long random text that only this site knows. {_HOW}"]
    if any(known in key.lower() for known in KNOWN_KEYS):
        return [f"Set SECRET_KEY to a text of your own: this one is known to others. {_HOW}"]
    if len(key) < SHORTEST_KEY:
        return [f"Set SECRET_KEY to a longer text, of {SHORTEST_KEY} letters or more. {_HOW}"]
    if len(set(key)) < FEWEST_LETTERS:
        return [f"Set SECRET_KEY to a text that is harder to guess, not the same again. {_HOW}"]
    return []


def _about_the_address(address: str) -> list[str]:
    scheme, _mark, rest = address.partition("://")
    if scheme == "https" and rest and not set(" /@?#") & set(rest):
        return []
    return [
        "Set SITE_ADDRESS to the address that people type, with https and nothing behind the "
        "name, like https://learn.example.org."
    ]


def _about_mail(environment: Mapping[str, str]) -> list[str]:
    if not environment.get("EMAIL_HOST"):
        return ["Set EMAIL_HOST to the mail server that sends sign-in codes and messages."]
    if not environment.get("EMAIL_PORT", "587").isdecimal():
        return ["Set EMAIL_PORT to the number that your mail server listens at, often 587."]
    return []


def _about_debugging(environment: Mapping[str, str]) -> list[str]:
    """Debugging shows people's records to whoever meets a fault. The site has no such mode."""
    on = [name for name in ("DEBUG", "DJANGO_DEBUG") if environment.get(name, "") not in OFF]
    return [f"Take {name} out of the settings: a site for people is not debugged." for name in on]


def _about_files(environment: Mapping[str, str]) -> list[str]:
    if environment.get("FILES_BUCKET") and environment.get("PRIVATE_FILES_AT"):
        return [
            "Take PRIVATE_FILES_AT out of the settings: files in FILES_BUCKET are on no disk that "
            "the web server in front could send them from."
        ]
    return []
