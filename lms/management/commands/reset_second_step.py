from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms import second_step


class Command(BaseCommand):
    help = (
        "Take somebody's second step away, because their phone is lost and their spare codes too. "
        "They are signed out everywhere, sign in by e-mail, and set up a new one. Ask them who "
        "they are first, by telephone or face to face: their e-mail may be read by others."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", help="whose second step it is")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="who does this: yourself")
        parser.add_argument(
            "--why", required=True, metavar="TEXT", help="the reason, which is kept"
        )

    def handle(self, *args, email, by, why, **options):
        person, administrator = _person_at(email), _person_at(by)
        if not why.strip():
            raise CommandError("Say why: the reason is kept with your name.")
        second_step.reset(
            person=person, by=administrator, at=timezone.now(), why=why.strip()[:300]
        )
        if person.email:
            _write_to(person, administrator)
        self.stdout.write(f"Done. {person} signs in by e-mail, and sets up a new second step.\n")


def _person_at(email):
    found = get_user_model().objects.filter(email__iexact=email).first()
    if found is None:
        raise CommandError(f"Nobody here has the address {email}.")
    return found


def _write_to(person, administrator):
    with translation.override(person.language or translation.get_language()):
        what = _(
            "%(name)s took your second step away, so that you can set up a new one. "
            "You are signed out everywhere."
        ) % {"name": administrator.name}
        subject = render_to_string("lms/mail/second_step_subject.txt").strip()
        text = render_to_string("lms/mail/second_step_message.txt", {"what": what})
        send_mail(subject, text.strip(), None, [person.email])
