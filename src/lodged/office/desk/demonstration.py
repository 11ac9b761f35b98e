"""The demonstration: an office with invented staff and a sample roster, and the main job run in it."""

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Any, NoReturn

from waitress.server import create_server

import lodged
from lodged.office.arrivals.channels.counter.receive import from_counter
from lodged.office.arrivals.channels.fax.receive import from_fax
from lodged.office.arrivals.finds import same_document
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions.acts import adopt
from lodged.office.decisions.finds import binding
from lodged.office.desk import clock
from lodged.office.desk.porter import WATCH_S, keep_watch
from lodged.office.desk.rounds import Round
from lodged.office.desk.story import CUSTODIANS, Players, play
from lodged.office.desk.told import files, one_screen, step_lines, told
from lodged.office.desk.wsgi import application
from lodged.office.people.acts import import_roster
from lodged.office.seals import heads
from lodged.office.seals.written_out import write_out
from lodged.office.staff.acts import Welcome, welcome
from lodged.office.staff.models import Role
from lodged.person import read_roster
from lodged.person.roster import COLUMNS
from lodged.problem import Problem, ProblemsError

Tell = Callable[[str], None]
SAMPLES = Path(lodged.__file__).parent / "samples"
PAPER = SAMPLES / "faxes" / "detainer-with-warrant.tif"
ROSTER = SAMPLES / "roster.csv"
TIFF = (b"II*\0", b"MM\0*")
ADVISORY = "An invented counsel adopted these packs for the demonstration; your own counsel must read and adopt them."
STAFF = (
    ("clerk", Role.CLERK, "Kay Clerk"),
    ("clerk2", Role.CLERK, "Kim Clerk"),
    ("officer", Role.RELEASE_OFFICER, "Odell Officer"),
    ("counsel", Role.COUNSEL, "Corin Counsel"),
    ("admin", Role.ADMINISTRATOR, "Ada Admin"),
)


@dataclass(frozen=True, slots=True)
class Office:
    """The demonstration office: whose it is, and who may sign in with which password of this run."""

    custodian: str
    staff: tuple[Welcome, ...]

    def member(self, username: str) -> Welcome:
        """The member of staff of a name."""
        return next(one for one in self.staff if one.user.username == username)


def set_up(custodian: str, roster: Path | None, tell: Tell) -> Office:
    """Staff with fresh passwords, law adopted by an invented counsel, a roster; finish what a crash left undone."""
    at = clock.now()
    heads.start(at)
    office = Office(custodian, tuple(welcome(name, role, full, at) for name, role, full in STAFF))
    adopt_packs(office, custodian)
    take_roster(custodian, roster or ROSTER, tell)
    Round(at, tell).everything()
    return office


def adopt_packs(office: Office, custodian: str) -> None:
    """The invented counsel adopts every confirmed pack that binds a custodian."""
    adopt(custodian, binding(custodian), office.member("counsel").user, clock.now(), ADVISORY)


def take_roster(custodian: str, path: Path, tell: Tell) -> None:
    """Import a roster; raises ProblemsError where no row of it can be used, and tells every smaller problem."""
    document = path.read_bytes()
    if not document.strip():
        mend = f"export it again: the columns are {', '.join(COLUMNS)}"
        raise ProblemsError([Problem(str(path), "the file is empty", mend)])
    read = read_roster(document, str(path))
    if not read.people:
        mend = "export it again with a line for each booking below the line of columns"
        raise ProblemsError(read.problems or [Problem(str(path), "no booking in it", mend)])
    for column in read.unknown_columns:
        tell(f"roster: column `{column}` is not known and was left out")
    for problem in read.problems:
        tell(f"roster: {problem.where}: {problem.what}")
    import_roster(custodian, read.people, clock.now())


def take_in(office: Office, paper: Path | None, tell: Tell) -> Arrival:
    """Receive the paper, seal it, make its receipt, and take it as far as a machine may."""
    path = paper or PAPER
    document = path.read_bytes()
    arrival = _left_over(document) or _receive(office, path, document)
    tell(f"received as {arrival.number}, sealed as entry {arrival.seal.index} of the log")
    Round(clock.now(), tell).advance(arrival)
    tell("drafted; it waits for a person")
    return arrival


def play_story(office: Office, tell: Tell) -> dict[str, Any]:
    """Play the week; the steps as JSON values."""
    for custodian in CUSTODIANS:
        adopt_packs(office, custodian)
    clerk, colleague, officer, counsel = (
        office.member(name).user for name in ("clerk", "clerk2", "officer", "counsel")
    )
    steps = []
    for step in play(Players(clerk, colleague, officer, counsel, tell)):
        tell(f"{step.day}: {step.title}")
        steps.append(step.record())
    return {"steps": steps, "advisory": ADVISORY}


def tell_story(story: dict[str, Any]) -> str:
    """The week for a terminal."""
    return "\n".join(line for step in story["steps"] for line in step_lines(step))


def write_files(arrival: Arrival, out: Path | None) -> dict[str, str]:
    """Write the receipt, the letter, the log's policy and the document into a folder; names by what they are."""
    made = files(arrival)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for _, (name, content) in made.items():
            (out / name).write_bytes(content)
        write_out(out / "log")
    return {what: name for what, (name, _) in made.items()}


class Doors:
    """The web on this machine alone, open from the moment it is set up; the main job is done beside it."""

    def __init__(self, port: int) -> None:
        try:
            self.server = create_server(application, host="127.0.0.1", port=port, threads=4, ident="lodged")
        except OSError as error:
            mend = "end the other program, or choose another with `--port`"
            raise ProblemsError([Problem("--port", f"port {port} is taken ({error.strerror})", mend)]) from error
        signal.signal(signal.SIGTERM, _stop)
        self.port = port
        self.thread = Thread(target=self.server.run, daemon=True)
        self.thread.start()

    def stay_open(self, office: Office, keep: bool) -> int:
        """Tell who may come in, and serve until told to stop."""
        _tell_doors(office, self.port, keep)
        try:
            keep_watch(self.thread.is_alive, lambda: self.thread.join(WATCH_S))
        finally:
            self.server.close()
        return 0


def _receive(office: Office, path: Path, document: bytes) -> Arrival:
    at = clock.now()
    if document.startswith(TIFF):
        return from_fax(document, path.name, office.custodian, at)
    clerk = office.member("clerk").user
    return from_counter(document, path.name, office.custodian, at, "somebody at the counter", clerk)


def _left_over(document: bytes) -> Arrival | None:
    """The arrival of a demonstration that was killed before it had told anybody; it is taken up, not taken in twice."""
    return same_document(sha256(document).hexdigest()).first()


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _tell_doors(office: Office, port: int, keep: bool) -> None:
    lines = [f"\nlodged is open at http://127.0.0.1:{port}/", "", "  user      password               role"]
    lines += [f"  {one.user.username:<9} {one.password}    {one.user.get_role_display()}" for one in office.staff]
    lines += ["", "  The passwords are for this run. Anybody may check a receipt at /verify without signing in."]
    lines += [f"  {ADVISORY}"]
    lines += ["  The data is kept." if keep else "  The data goes when this ends (Ctrl-C); `--keep` keeps it.", ""]
    sys.stderr.write("\n".join(lines) + "\n")
    sys.stderr.flush()


__all__ = ["Doors", "Office", "one_screen", "play_story", "set_up", "take_in", "tell_story", "told", "write_files"]
