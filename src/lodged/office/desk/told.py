"""What came of one arrival, told for a program and for a terminal; no view and no page reads it."""

import textwrap
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from lodged.log.policy import trust
from lodged.office.answers.finds import newest as newest_answer
from lodged.office.arrivals import shelf
from lodged.office.arrivals.models import Arrival
from lodged.office.custodians import custodian
from lodged.office.decisions.asks import asked
from lodged.office.decisions.finds import newest as newest_decisions
from lodged.office.decisions.models import Decision
from lodged.office.letterheads import letterhead
from lodged.office.matters.finds import deadlines, of_paper
from lodged.office.matters.models import Matter
from lodged.office.people.finds import newest as newest_match
from lodged.office.readings.finds import newest as newest_reading
from lodged.office.readings.models import Reading
from lodged.office.seals import heads
from lodged.office.seals.models import Receipt

Told = dict[str, Any]
COLUMNS, INDENT = 80, " " * 10
SHOWN_FIELDS = ("name", "dob", "file_no", "citizenship", "from", "officer", "date", "due_date", "subpoena_no")
MARKS = {"required": "●", "permitted": "○", "forbidden": "✖", "contested": "⚖", "not_known": "?"}


def told(arrival: Arrival, files: dict[str, str]) -> Told:
    """One arrival as JSON values, keys as the command line promises them."""
    readings = [newest_reading(paper) for paper in arrival.papers.all()]
    matters = [matter for reading in readings if (matter := of_paper(reading.paper))]
    checkpoint = heads.newest()
    return {
        "arrival": _arrival(arrival, readings),
        "log": {
            "origin": settings.LODGED_ORIGIN,
            "index": arrival.seal.index,
            "size": checkpoint.size if checkpoint else 0,
            "witnessed": False,
        },
        "papers": [_paper(reading) for reading in readings],
        "person": _person(readings[0]) if readings else None,
        "matter": _matter(matters[0]) if matters else None,
        "decisions": [_decision(decision) for matter in matters for decision in newest_decisions(matter)],
        "people": [_person(reading) for reading in readings],
        "matters": [_matter(matter) for matter in matters],
        "files": files,
        "waits_for": [waits_for(reading) for reading in readings],
    }


def files(arrival: Arrival) -> dict[str, tuple[str, bytes]]:
    """The files of an arrival: what each is, its name, its bytes."""
    receipt = Receipt.objects.get(entry=arrival.seal)
    made = {
        "receipt": (f"receipt-{arrival.number}.pdf", bytes(receipt.body)),
        "document": (f"document-{arrival.number}.bin", shelf.take(arrival.sha256)),
        "policy": ("log-policy.txt", trust(heads.key().vkey).text.encode()),
    }
    for position, paper in enumerate(arrival.papers.all(), start=1):
        matter = of_paper(paper)
        answer = newest_answer(matter) if matter else None
        if matter and answer:
            made["letter" if position == 1 else f"letter_{position}"] = (
                f"letter-{matter.number}.pdf",
                bytes(answer.body),
            )
    return made


def waits_for(reading: Reading) -> str:
    """What a paper waits for now, in words."""
    if reading.trouble and not reading.form:
        return f"a clerk must look: the file could not be read ({reading.trouble})"
    if not reading.form:
        return "a clerk must say what this paper is: it is no known form"
    match, matter = newest_match(reading), of_paper(reading.paper)
    if match.state == "same":
        return _after_match(matter) if matter else "the porter's next round"
    if match.state == "not_known":
        return "a clerk must look: nobody in the roster fits"
    return "two people must confirm the person before it can be agreed to"


def _after_match(matter: Matter) -> str:
    answer = newest_answer(matter)
    if answer is None or answer.review is None:
        return "review by a release officer or counsel"
    return "nothing: it was answered" if hasattr(answer, "dispatch") else "somebody to send the letter"


def one_screen(told: Told) -> str:
    """The same for a terminal: one screen."""
    return "\n".join(part for line in _lines(told) for part in folded(line))


def folded(line: str) -> list[str]:
    """A line cut at a word's end so that no terminal cuts it, its rest set under its beginning.

    >>> [len(part) <= COLUMNS for part in folded("PERSON    " + "a reason " * 20)]
    [True, True, True]
    """
    if len(line) <= COLUMNS:
        return [line]
    return textwrap.wrap(line, COLUMNS, subsequent_indent=INDENT, break_on_hyphens=False, drop_whitespace=True)


def step_lines(step: Told) -> Iterator[str]:
    """One step of the story for a terminal."""
    for line in _step_lines(step):
        yield from folded(line)


def _step_lines(step: Told) -> Iterator[str]:
    yield f"\n{step['day'].upper()}  {step['title']}  ({letterhead(step['custodian']).name})"
    yield from (f"  {sentence}" for sentence in step["said"])
    if step["told"]:
        arrival, log = step["told"]["arrival"], step["told"]["log"]
        yield f"  {arrival['number']}, entry {log['index']} of the log; {'; '.join(step['told']['waits_for'])}"
        yield from (f"  {line}" for decision in step["told"]["decisions"] for line in _decision_lines(decision))
    if step["report"]:
        yield f"  sealed as entry {step['report']['entry']}" + ("; NIL: nothing came" if step["report"]["nil"] else "")
        rows = (row for row in step["report"]["figures"] if row["count"])
        yield from (
            f"  {row['count']:>4}  {row['what']:<44} entries {', '.join(map(str, row['entries']))}" for row in rows
        )
    yield from (f"  not built yet: {missing}" for missing in step["not_built"])


def _lines(told: Told) -> Iterator[str]:
    arrival, log = told["arrival"], told["log"]
    pages = f"{arrival['pages']} page" + ("" if arrival["pages"] == 1 else "s")
    yield f"ARRIVAL   {arrival['number']}  {arrival['channel']}  {arrival['received_at']}  {pages}"
    yield f"SHA-256   {arrival['sha256']}"
    yield f"LOG       entry {log['index']} of `{log['origin']}`, {log['size']} entries signed, unwitnessed"
    for paper, person, waits in zip(told["papers"], told["people"], told["waits_for"], strict=True):
        yield from _paper_lines(paper)
        yield f"PERSON    {person['state'].replace('_', ' ')}" + (
            f": booking {person['booking']}" if person["booking"] else ""
        )
        yield from (f"          {reason}" for reason in person["reasons"])
        yield f"WAITS     {waits}"
    for matter in told["matters"]:
        yield f"MATTER    {matter['number']}"
        yield from (f"          {one['due']}  {one['for']}" for one in matter["deadlines"])
    for decision in told["decisions"]:
        yield from _decision_lines(decision)
    yield "FILES     " + ", ".join(told["files"].values())


def _decision_lines(decision: Told) -> Iterator[str]:
    words = f"{decision['act']} {decision['item'].replace('_', ' ')}".strip().upper()
    effect = decision["effect"].replace("_", " ").upper()
    yield f"{MARKS[decision['effect']]} {words:<26} {effect:<10} {'; '.join(decision['cites'][:2])}"
    if decision["duties"]:
        duties = (f"{due['act'].replace('_', ' ')} {due['effect']} ({due['cite']})" for due in decision["duties"])
        yield "          duties: " + "; ".join(duties)
    if decision["needs"]:
        yield "          not known: " + ", ".join(str(next(iter(need.values()))) for need in decision["needs"])


def _paper_lines(paper: Told) -> Iterator[str]:
    yield f"PAPER     {(paper['form'] or 'no known form').upper()}" + (
        f" ({paper['edition']})" if paper["edition"] else ""
    )
    for name in SHOWN_FIELDS:
        field = paper["fields"].get(name)
        if field and field["value"]:
            doubt = f"   doubt {field['doubt']:.2f}" if field["doubt"] >= 0.05 else ""
            yield f"          {name:<12} {field['value']}{doubt}"
    marked = [name for name, value in paper["boxes"].items() if value]
    yield f"          boxes        {', '.join(marked) or 'none'}; came with: {', '.join(paper['attached']) or 'nothing'}"


def _arrival(arrival: Arrival, readings: list[Reading]) -> Told:
    zone = custodian(arrival.custodian).zone
    troubles = [reading.trouble for reading in readings if reading.trouble]
    return {
        "number": arrival.number,
        "channel": arrival.channel,
        "received_at": arrival.received_at.astimezone(zone).isoformat(),
        "pages": sum(len(reading.paper.pages) for reading in readings),
        "sha256": arrival.sha256,
        "trouble": troubles[0] if troubles else None,
    }


def _paper(reading: Reading) -> Told:
    body = reading.body
    return {
        "form": reading.form or None,
        "edition": reading.edition or None,
        "fields": {name: {"value": one["value"], "doubt": one["doubt"]} for name, one in body["fields"].items()},
        "boxes": {name: one["value"] for name, one in body["boxes"].items()},
        "asks": [act.act for act in asked(reading)],
        "attached": [one["form"] for one in body["attachments"]],
        "text": body["text"],
        "trouble": reading.trouble or None,
    }


def _person(reading: Reading) -> Told:
    match = newest_match(reading)
    first = match.candidates[0] if match.candidates else None
    booking = (
        match.person.booking_no if match.person else first["booking"] if first and match.state == "candidate" else None
    )
    return {
        "state": match.state,
        "booking": booking,
        "reasons": first["reasons"] if first else [],
        "alarms": first["alarms"] if first else [],
        "candidates": match.candidates,
    }


def _matter(matter: Matter) -> Told:
    zone = custodian(matter.paper.arrival.custodian).zone
    return {
        "number": matter.number,
        "deadlines": [
            {
                "for": one.what,
                "due": one.due.astimezone(zone).isoformat(),
                "working": "; ".join(one.working),
                "rule": one.rule,
                "cite": one.cite,
                "if": one.conditional or None,
            }
            for one in deadlines(matter)
        ],
    }


def _decision(decision: Decision) -> Told:
    return {
        "act": decision.act,
        "item": decision.item,
        "effect": decision.effect,
        "cites": list(dict.fromkeys(reason["cite"] for reason in decision.body["reasons"])),
        "needs": decision.body["needs"],
        "duties": decision.body["duties"],
        "candidate": decision.candidate,
        "adopted": decision.adopted,
    }
