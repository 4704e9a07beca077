"""A robot that reads the forms of a page and sends them, filled in as somebody would."""

import datetime
import uuid
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from django.utils import timezone

# Buttons and links of the page's frame, which are tried for themselves.
OF_THE_FRAME = ("/account/sign-out/", "/display/")


@dataclass
class Form:
    """A form as it stands on a page: where it goes, and what a browser would send."""

    action: str
    names: set = field(default_factory=set)
    sent: dict = field(default_factory=dict)


def forms_on(response, here, words="Some words"):
    """Return the forms of a page that send something, filled in."""
    page = BeautifulSoup(response.content, "html.parser")
    found = []
    for form in page.find_all("form", method=lambda way: (way or "").lower() == "post"):
        action = (form.get("action") or here).split("#")[0]
        if not action.startswith(OF_THE_FRAME):
            found.append(_filled(form, Form(action or here), words))
    return found


def _filled(form, kept, words):
    for each in form.find_all(["input", "select", "textarea", "button"]):
        name = each.get("name")
        if not name or each.has_attr("disabled"):
            continue
        kept.names.add(name)
        if name != "csrfmiddlewaretoken":
            _fill(each, name, kept.sent, words)
    return kept


def _fill(each, name, sent, words):
    kind = each.get("type", "text") if each.name == "input" else each.name
    if kind in {"checkbox", "radio"}:
        if each.has_attr("checked") or name not in sent:
            sent.setdefault(name, [])
            sent[name] = [each.get("value", "on")]
    elif kind in {"submit", "button", "image"}:
        if each.get("type") != "button":
            sent.setdefault(name, [each.get("value", "")])  # the first of some buttons
    elif kind == "select":
        options = each.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")]
        usable = [each for each in chosen + options if each.get("value")]
        sent[name] = [usable[0]["value"]] if usable else [""]
    elif kind == "textarea":
        sent[name] = [each.text.strip() or words]
    elif kind != "file":
        sent[name] = [each.get("value") or _made_up(kind, each, words)]


def _made_up(kind, each, words):
    soon = timezone.localdate() + datetime.timedelta(days=10)
    return {
        "hidden": "",
        "number": each.get("min") or "1",
        "date": soon.isoformat(),
        "time": "10:00",
        "datetime-local": f"{soon}T10:00",
        "email": f"{uuid.uuid4()}@example.org",
        "tel": "01632 960001",
        "url": "https://example.org/",
    }.get(kind, words)
