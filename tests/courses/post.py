"""A mail server for tests: it listens on this machine, and does what a test tells it to."""

import socketserver
import threading
from email import message_from_bytes
from email.policy import default


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self._say(220, "here")
        recipient = ""
        while line := self.rfile.readline():
            words = line.decode().strip()
            match words.upper().split(" ")[0].split(":")[0]:
                case "QUIT":
                    self._say(221, "good bye")
                    return
                case "RCPT":
                    recipient = words.partition("<")[2].rstrip(">")
                    self._say(*self.server.answers.get(recipient, (250, "fine")))
                case "DATA":
                    self._say(354, "go on")
                    if not self._take(recipient):
                        return
                case _:
                    self._say(250, "fine")

    def _take(self, recipient):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        with self.server.lock:
            self.server.taken.append(message_from_bytes(b"".join(lines), policy=default))
            number = len(self.server.taken)
        if not self.server.before_answer(number):
            return False
        self._say(*self.server.after_data.get(recipient, (250, "taken")))
        self.server.after_answer(number)
        return True

    def _say(self, code, words):
        self.wfile.write(f"{code} {words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mails into `taken`. `answers` and `after_data` are {address: (code, words)}.

    `before_answer` and `after_answer` are called with how many it has taken; when the first
    returns False, the line goes dead without an answer.
    """

    allow_reuse_address = daemon_threads = True
    block_on_close = False

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), _Conversation)
        self.taken, self.answers, self.after_data = [], {}, {}
        self.before_answer, self.after_answer = (lambda number: True), (lambda number: None)
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, args=[0.05], daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, request, client_address):
        """A client that was killed is what some tests are about."""

    def stop(self):
        self.shutdown()
        self.server_close()
