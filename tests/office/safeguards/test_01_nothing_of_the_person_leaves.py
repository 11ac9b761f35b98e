"""Safeguard 1: a letter holds the effect, its citation and facts of the recipient's own paper; nothing else, anywhere."""

import json
from datetime import datetime
from io import BytesIO

import pikepdf

from lodged.office.answers.finds import newest
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions.acts import answer_fact
from lodged.office.decisions.finds import last_version
from lodged.office.decisions.finds import newest as newest_decisions
from lodged.office.desk.rounds import Round
from lodged.office.matters.models import Matter
from lodged.office.reviews.acts import agree
from lodged.office.staff.models import User
from tests.office.conftest import confirm

CANARY = "CANARY-7f3a"
SECRETS = {
    "person.convictions": [{"code": "PL", "section": CANARY, "state": "NY", "class": "felony", "on": "2018-05-10"}],
    "person.terrorist_screening_match": True,
    "person.reentered_after_removal": True,
}
WORDS_THAT_STAY = (
    "needs",
    "would_change",
    "ask_first",
    "readings",
    "challenges",
    "convictions",
    "terrorist",
    "J26-25693",
)


def every_byte(pdf: bytes) -> str:
    """All that a reader could get out of the file: raw bytes, every stream unpacked, metadata, attachments."""
    parts = [pdf.decode("latin-1")]
    with pikepdf.open(BytesIO(pdf)) as file:
        for found in file.objects:
            if isinstance(found, pikepdf.Stream):
                parts.append(found.read_bytes().decode("latin-1"))
            elif isinstance(found, pikepdf.Dictionary):
                parts.append(str(found))
        parts.extend(attached.get_file().read_bytes().decode() for attached in file.attachments.values())
    return "\n".join(parts)


def test_drafts_and_final_letters_carry_none_of_it(detainer: Arrival, staff: dict[str, User], at: datetime) -> None:
    matter = confirm(detainer, "J26-25693", staff, at)
    for fact, value in SECRETS.items():
        answer_fact(matter, fact, value, f"record {CANARY}", staff["counsel"], at)
    Round(at).advance(detainer)
    assert CANARY in json.dumps([decision.facts for decision in newest_decisions(matter)])
    agree(matter, last_version(matter), staff["officer"], at, note=CANARY)
    Round(at).advance(detainer)
    for answer in matter.answers.all():
        told = every_byte(bytes(answer.body))
        assert CANARY not in told
        assert [word for word in WORDS_THAT_STAY if word in told] == []


def test_the_attachment_holds_exactly_effect_citation_and_reference(detainer: Arrival) -> None:
    answer = newest(Matter.objects.get(paper__arrival=detainer))
    assert answer is not None
    with pikepdf.open(BytesIO(bytes(answer.body))) as file:
        attached = json.loads(file.attachments["answer.json"].get_file().read_bytes())
    assert {key for one in attached["answers"] for key in one} == {"act", "item", "effect", "chooses", "citations"}
    assert attached["sender_reference"] == "NYC2606001709"
