from pathlib import Path
from shutil import copyfileobj

from django.core.management.base import BaseCommand, CommandError

from courses import bundle
from courses.actions.languages import course_called


class Command(BaseCommand):
    help = "Write a course into one zip: its texts, pictures and documents."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the course's slug, as in its address")
        parser.add_argument("file", type=Path, help="where to write it")
        parser.add_argument("--drafts", action="store_true", help="with what is not published yet")

    def handle(self, *args, slug, file, drafts, **options):
        course = course_called(slug)
        if course is None:
            raise CommandError(f"There is no course with the slug “{slug}”.")
        try:
            with bundle.write(course, drafts=drafts) as made, file.open("wb") as target:
                copyfileobj(made, target)
        except OSError as problem:
            raise CommandError(f"We cannot write “{file}”: {problem.strerror}.") from problem
        self.stdout.write(f"Wrote “{course.title}” to {file}.")
