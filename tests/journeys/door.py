"""The door of the site that the journeys use: open while a test has a database, shut in between.

A browser that is closed may still say goodbye: the CMS tells that somebody stopped editing. What
comes when nobody's database is there is answered here, and whoever is inside is let out first.
"""

import threading


class Door:
    """A WSGI application around another one; `shut` waits until the last answer has left."""

    def __init__(self, application):
        self.application = application
        self._is_open = False
        self._inside = 0
        self._changed = threading.Condition()

    def open(self):
        with self._changed:
            self._is_open = True

    def shut(self, patience=20):
        """Let nobody in. TimeoutError when somebody is inside after `patience` seconds."""
        with self._changed:
            self._is_open = False
            if not self._changed.wait_for(lambda: self._inside == 0, patience):
                raise TimeoutError(f"{self._inside} requests were not answered.")

    def __call__(self, environ, start_response):
        with self._changed:
            if not self._is_open:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return []
            self._inside += 1
        try:
            return _Answer(self.application(environ, start_response), self._leave)
        except BaseException:
            self._leave()
            raise

    def _leave(self):
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()


class _Answer:
    """An answer that says when its server is done with it."""

    def __init__(self, answer, done):
        self.answer, self.done = answer, done

    def __iter__(self):
        return iter(self.answer)

    def close(self):
        try:
            getattr(self.answer, "close", lambda: None)()
        finally:
            self.done()
