from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from content.yaml_text import NotReadable
from courses import bundle
from courses.actions.languages import give_places
from courses.bundle_words import whats_in_it
from courses.models import CatalogPage


class Command(BaseCommand):
    help = "Bring a course in from a zip that export_course, or the CMS, has made."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--publish", action="store_true", help="publish what is no draft")
        parser.add_argument("--look", action="store_true", help="only say what would come")

    def handle(self, *args, file, publish, look, **options):
        front = CatalogPage.objects.first()
        if front is None:
            raise CommandError("Set up the front page first: load_starter_course does.")
        try:
            with file.open("rb") as opened:
                found = bundle.read(bundle.Zipped(opened))
                for line in [found.course.title, whats_in_it(found), *found.problems]:
                    self.stdout.write(str(line))
                if not look:
                    course = bundle.make(found, parent=front, publish=publish)
                    give_places(course)
                    self.stdout.write(f"It is at {course.url or course.slug}.")
        except OSError as problem:
            raise CommandError(f"We cannot read “{file}”: {problem.strerror}.") from problem
        except NotReadable as why:
            raise CommandError(str(why)) from why
