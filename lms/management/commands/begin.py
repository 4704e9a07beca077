from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from courses.actions import people
from courses.models import Organisation, RoleKind


class Command(BaseCommand):
    help = (
        "Begin a new site: the starter course, the organisation, and its first person, who is "
        "organiser and administrator. Run it again with another name for a second organisation."
    )

    def add_arguments(self, parser):
        parser.add_argument("organisation", help="“Riverside Peers”")
        parser.add_argument("email", help="the first person’s e-mail address: they sign in by it")
        parser.add_argument("name", help="the first person’s name, as others see it")
        parser.add_argument("--no-course", action="store_true", help="without the starter course")

    def handle(self, *args, **options):
        try:
            validate_email(options["email"])
        except ValidationError as fault:
            raise CommandError(f"“{options['email']}” is no e-mail address.") from fault
        if not options["no_course"]:
            call_command("load_starter_course", stdout=self.stdout)
        person = self._begin(**{key: options[key] for key in ("organisation", "email", "name")})
        self.stdout.write(
            f"{person.name} is organiser of {options['organisation']} and administrator.\n"
            f"Sign in at {settings.SITE_ADDRESS}/account/sign-in/ as {person.email}: "
            "a code comes by e-mail."
        )

    @transaction.atomic
    def _begin(self, *, organisation, email, name):
        person = people.person_at(email=email, name=name)
        person.is_staff = person.is_superuser = True
        person.save(update_fields=["is_staff", "is_superuser"])
        contact = {"named_person": person.name, "named_person_email": person.email}
        place, _new = Organisation.objects.get_or_create(name=organisation, defaults=contact)
        people.give_role(
            person=person,
            organisation=place,
            kind=RoleKind.ORGANISER,
            by=None,
            at=timezone.now(),
        )
        return person
