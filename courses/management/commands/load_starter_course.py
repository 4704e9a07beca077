from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from courses import bundle
from courses.actions import catalogue, editions
from courses.actions.languages import give_places
from courses.models import CoursePage
from courses.translations import load_translations, places_of

FOLDER = Path(settings.BASE_DIR) / "content" / "starter_course"
TITLE = "Learn to lead a peer support group"
LEAD = (
    "Alongside trains people who live with a long-term condition to run peer support groups. "
    "Peers wrote it, and peers lead it."
)
BODY = (
    "<p>You learn in short lessons, at your own pace, and with a group that meets six times. "
    "You practise two things: listening so that people feel heard, and helping people find their "
    "own way. Nobody is ranked, and nothing is timed.</p>"
)


class Command(BaseCommand):
    help = "Set up the front page and the starter course, if they are not there yet."

    def handle(self, *args, **options):
        front = catalogue.set_up(title=TITLE, lead=LEAD, body=BODY)
        catalogue.bring_our_activities(at=timezone.now())
        slug = bundle.read(bundle.Folder(FOLDER)).course.fields["slug"]
        course = CoursePage.objects.child_of(front).filter(slug=slug).first()
        if course is None:
            course = bundle.load(FOLDER, parent=front)
            give_places(course)
            self.stdout.write(f"Loaded the course “{course.title}”.")
        self._translate(front, course)
        if not course.editions.exists():
            edition = editions.make_edition(course=course, by=None, at=timezone.now())
            self.stdout.write(f"Made edition {edition.number}.")

    def _translate(self, front, course):
        places = {"front-page.po": front, **places_of(course)}
        left_out = load_translations(FOLDER / "translations", places)
        for path, messages in left_out.items():
            self.stdout.write(f"{path.relative_to(FOLDER)}: left out, as the course says it anew:")
            for message in messages:
                self.stdout.write(f"  “{message.msgid}”")
