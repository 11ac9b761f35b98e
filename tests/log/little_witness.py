"""A witness as small as can be: it remembers one checkpoint, and signs only what that one is the beginning of.

It follows C2SP tlog-witness for one log. A witness that somebody else wrote is asked in `tests/foreign`.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lodged.log.base64text import strict_b64decode
from lodged.log.checkpoint import Checkpoint, cosign, open_checkpoint
from lodged.log.errors import LogError, ProofError, SignatureError
from lodged.log.note import parse_note
from lodged.log.sign import SignKey, VerifyKey
from lodged.log.tree import EMPTY_ROOT, check_growth
from lodged.log.witness import PATH, SIZE_TYPE, Answer

PLAIN = "text/plain; charset=utf-8"


class LittleWitness:
    """Knows one log, its own key, and the last checkpoint that it signed."""

    def __init__(self, log: VerifyKey, key: SignKey, time: int) -> None:
        self.log, self.key, self.time = log, key, time
        self.seen = Checkpoint(log.name, 0, EMPTY_ROOT)
        self.asked = 0

    def answer(self, body: bytes) -> Answer:
        """The answer to one request; what is signed is remembered first."""
        self.asked += 1
        head, _, content = body.partition(b"\n\n")
        lines = head.decode().split("\n")
        old, growth = int(lines[0].removeprefix("old ")), [strict_b64decode(line) for line in lines[1:]]
        if content.split(b"\n")[0].decode() != self.log.name:
            return Answer(404, PLAIN, b"this log is not known here\n")
        try:
            new = open_checkpoint(content, self.log).checkpoint
            if old > new.size:
                return Answer(400, PLAIN, b"a log does not shrink\n")
            if old != self.seen.size:
                return Answer(409, SIZE_TYPE, b"%d\n" % self.seen.size)
            check_growth(old, new.size, self.seen.root, new.root, growth)
        except SignatureError as error:
            return Answer(403, PLAIN, str(error).encode())
        except ProofError as error:
            return Answer(422, PLAIN, str(error).encode())
        except LogError as error:
            return Answer(400, PLAIN, str(error).encode())
        self.seen = new
        signed = cosign(parse_note(content), self.key, self.time)
        return Answer(200, PLAIN, signed.signatures[-1].line.encode())


@contextmanager
def served(witness: LittleWitness) -> Iterator[str]:
    """The address at which the witness is asked over HTTP."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = witness.answer(self.rfile.read(int(self.headers["Content-Length"])))
            found = self.path == f"/w/{PATH}"
            self.send_response(answer.status if found else 404)
            self.send_header("Content-Type", answer.content_type)
            self.end_headers()
            self.wfile.write(answer.body if found else b"no such page\n")

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/w"
    finally:
        server.shutdown()
        server.server_close()
