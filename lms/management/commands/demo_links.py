import json
import os

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from lms.management.commands.seed_demo import (
    EDUCATOR,
    FACILITATOR,
    ORGANISER,
    SECOND_READER,
    TRAINEE,
)
from lms.views.signing_in import demo_tokens

PEOPLE = {
    "trainee": TRAINEE,
    "peer_educator": EDUCATOR,
    "second_reader": SECOND_READER,
    "facilitator": FACILITATOR,
    "organiser": ORGANISER,
}
LABELS = {
    "trainee": "a trainee, most of the way through",
    "peer_educator": "a peer educator, who writes lessons",
    "second_reader": "a peer educator, who reads them before trainees do",
    "facilitator": "a facilitator, who is ready and leads a group",
    "organiser": "an organiser, who runs the group",
}


# Where `make run` notes the address that it serves at.
NOTED = settings.DATA_DIR / "address"


def _address():
    """The address asked for; else the one that the running demo noted; else the usual one."""
    if {"PORT", "SITE_ADDRESS"} & os.environ.keys() or not NOTED.exists():
        return settings.SITE_ADDRESS
    return NOTED.read_text().strip()


class Command(BaseCommand):
    help = "Print one-use sign-in links for the demo people."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print them for a program")

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Demo links exist only where ALONGSIDE_MODE is “demo”.")
        self.address = _address()
        links = {role: self._link(email) for role, (_name, email) in PEOPLE.items()}
        if options["json"]:
            self.stdout.write(json.dumps({"address": self.address, **links}))
            return
        self.stdout.write(f"Alongside is at {self.address}\n")
        self.stdout.write("Each link signs you in once:\n")
        for role, link in links.items():
            self.stdout.write(f"  {PEOPLE[role][0]}, {LABELS[role]}:\n    {link}\n")

    def _link(self, email):
        person = get_user_model().objects.filter(email=email).first()
        if person is None:
            raise CommandError("There are no demo people yet. Run “manage.py seed_demo” first.")
        token = demo_tokens.make_token(person)
        path = reverse("demo_link", args=[person.pk, token])
        return f"{self.address}{path}"
