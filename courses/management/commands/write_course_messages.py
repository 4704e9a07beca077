from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from courses.actions.languages import course_called, open_language
from courses.translations import messages_of, places_of


class Command(BaseCommand):
    help = "Write the messages of a course for a translator: one .po file for each page."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the course's address, like becoming-a-peer-facilitator")
        parser.add_argument("language", help="like es")
        parser.add_argument("folder", type=Path, help="where the files go")

    def handle(self, *args, slug, language, folder, **options):
        course = course_called(slug)
        if course is None:
            raise CommandError(f"There is no course with the address “{slug}”.")
        locale = open_language(language)
        front = course.get_parent().specific
        for place, page in {"front-page.po": front, **places_of(course)}.items():
            path = folder / language / place
            path.parent.mkdir(parents=True, exist_ok=True)
            messages_of(page, locale=locale).save(str(path))
            self.stdout.write(str(path))
