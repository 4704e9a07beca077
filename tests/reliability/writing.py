"""People who write, as phones do: what is not acknowledged is sent again, under the same key."""

import random
import threading
import uuid
from http.client import HTTPException


class Writer(threading.Thread):
    """A trainee who answers a question again and again, with words that say which answer it is.

    `acknowledged` are the words that the site said it has; `odd` are answers of the site that a
    person should never see. `rest` is how many seconds pass between two answers.
    """

    def __init__(self, site, trainee, number, again=0.2, timeout=60, rest=0):
        super().__init__(daemon=True)
        self.site, self.trainee, self.number, self.timeout = site, trainee, number, timeout
        self.rest = rest
        self.chance, self.again = random.Random(number), again
        self.acknowledged, self.odd, self.tried = [], [], 0
        self.enough = threading.Event()

    def run(self):
        while not self.enough.is_set():
            words, key = f"answer {self.number}-{len(self.acknowledged)}", uuid.uuid4()
            while not self._say(words, key):
                # It is sent until it is there, also after the test has ended the writing: a
                # phone does not forget either.
                self.enough.wait(0.05)
            self.acknowledged.append(words)
            if self.chance.random() < self.again:
                self._say(words, key)  # the phone did not hear the answer
            self.enough.wait(self.rest)

    def _say(self, words, key):
        self.tried += 1
        try:
            answer = self.site.post(
                self.trainee["answer"],
                self.trainee["session"],
                timeout=self.timeout,
                text=words,
                key=key,
            )
        except (OSError, HTTPException):
            return False  # the line is dead
        if answer.status != 302:
            self.odd.append((answer.status, answer.words[:300]))
        return answer.status == 302


def start(site, trainees, **options):
    writers = [Writer(site, each, number, **options) for number, each in enumerate(trainees)]
    for writer in writers:
        writer.start()
    return writers


def stop(writers):
    for writer in writers:
        writer.enough.set()
    for writer in writers:
        writer.join(timeout=120)
    assert not any(writer.is_alive() for writer in writers)


def acknowledged(writers):
    return sorted(words for writer in writers for words in writer.acknowledged)


def kept(site):
    return sorted(words for (words,) in site.rows("SELECT text FROM courses_shortanswer"))
