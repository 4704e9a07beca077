"""Authors edit, unpublish and delete while people learn: nobody notices, and nothing is lost."""

import threading
import time

from tests.reliability import writing

# What an author does to the lesson that the people are in, over and over.
AUTHOR = """
import json, sys, time, django
django.setup()
from django.db.models import ProtectedError
from courses.models import CoursePage, LessonPage
until = time.monotonic() + float(sys.argv[1])
turns = 0
while time.monotonic() < until:
    turns += 1
    lesson = LessonPage.objects.get()
    lesson.title = f"Another title {turns}"
    lesson.body = json.dumps(list(lesson.body.raw_data)[:1])
    lesson.save_revision().publish()
    lesson.unpublish()
    for page in (lesson, CoursePage.objects.get()):
        try:
            page.delete()
        except ProtectedError:
            pass
    lesson.refresh_from_db()
    lesson.save_revision().publish()
print(turns)
"""


class Reader(threading.Thread):
    """Somebody who goes through the course's pages again and again."""

    def __init__(self, site, trainee):
        super().__init__(daemon=True)
        self.site, self.trainee = site, trainee
        self.answers, self.enough = set(), threading.Event()

    def run(self):
        while not self.enough.is_set():
            for path in ("course", "step", "finish"):
                here = self.trainee[path]
                if path == "finish":
                    answer = self.site.post(here, self.trainee["session"], key=_key(self))
                else:
                    answer = self.site.get(here, self.trainee["session"])
                self.answers.add((path, answer.status))


def _key(reader):
    return f"00000000-0000-4000-8000-{reader.trainee['pk']:012}"


def test_content_changes_under_twenty_who_learn_and_nobody_notices(site, amount):
    people = site.people(20)
    site.start()
    readers = [Reader(site, each) for each in people["trainees"][:10]]
    writers = writing.start(site, people["trainees"][10:])
    for reader in readers:
        reader.start()

    turns = int(site.run("-c", AUTHOR, str(amount(small=6, full=60)), timeout=600))
    time.sleep(1)
    for reader in readers:
        reader.enough.set()
    for reader in readers:
        reader.join(timeout=60)
    writing.stop(writers)

    assert turns >= 1
    seen = set().union(*(reader.answers for reader in readers))
    assert seen == {("course", 200), ("step", 200), ("finish", 302)}
    assert [each for writer in writers for each in writer.odd] == []
    assert writing.kept(site) == writing.acknowledged(writers)
    finished = site.rows("SELECT COUNT(*) FROM courses_stepevent")
    assert finished == [(10,)]
