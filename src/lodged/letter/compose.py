"""An answer letter from its values: the words, their order, and the same answer for a machine."""

import json

from lodged.letter.answer import ActAnswer, AnswerLetter
from lodged.letter.block import Block, Cell, Heading, Line, Paragraph, Signature, Strong, Table, block_data
from lodged.letter.letterhead import letterhead
from lodged.letter.pdf import Attachment, typeset
from lodged.letter.said import day_said, hour_said

FORMAT = "lodged-answer/v1"
EFFECTS = {
    "required": "Required by law",
    "permitted": "Left to {whom} by law",
    "forbidden": "Forbidden by law",
}
BY_COUNSEL = "On the advice of counsel"
TO_FOLLOW, CHOSEN = "answer_follows", "chosen"


def answer_letter(letter: AnswerLetter) -> bytes:
    """The letter as a PDF with the machine-readable answer attached; the same letter gives the same bytes.

    Raises TypesettingError where the page cannot be set.
    """
    title = f"Answer to paper {letter.received.number}"
    head = letterhead(
        letter.custodian, title, f"{letter.custodian.name} · answer to {letter.received.number}", letter.marks
    )
    data = {
        **head,
        "date": day_said(letter.at),
        "recipient": [letter.recipient.office, *letter.recipient.address],
        "blocks": [block_data(block) for block in blocks(letter)],
    }
    return typeset("letter.typ", data, letter.at, [machine_answer(letter)])


def blocks(letter: AnswerLetter) -> tuple[Block, ...]:
    """The body of the letter, top to bottom."""
    return (
        Heading(subject_line(letter), level=1),
        paper_table(letter),
        Paragraph(opening(letter)),
        answer_table(letter),
        *(Paragraph(text) for text in closing(letter)),
        signature(letter),
    )


def subject_line(letter: AnswerLetter) -> str:
    """What the letter is about, in one line."""
    reference = letter.paper.reference
    return (
        f"Answer to your paper {reference}"
        if reference
        else f"Answer to your paper, our number {letter.received.number}"
    )


def paper_table(letter: AnswerLetter) -> Table:
    """The recipient's own paper, as it says of itself, and when it came."""
    paper, received = letter.paper, letter.received
    form = f"{paper.form} (edition {paper.edition})" if paper.edition else paper.form
    said: tuple[tuple[str, str | None], ...] = (
        ("Your reference", paper.reference),
        ("Form", form),
        ("Dated", day_said(paper.dated) if paper.dated else None),
        ("Person it names", paper.subject),
        ("Received", hour_said(received.at)),
        ("Our number", f"{received.number}, entry {received.index:,} of our log"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(((name,), (text,)) for name, text in said if text)
    return Table(("Your paper", "As it reached us"), rows, (1, 3))


def opening(letter: AnswerLetter) -> str:
    """The sentence before the answers."""
    whom = capital(letter.custodian.called)
    if len(letter.acts) == 1:
        return f"{whom} has received the paper described above. Its answer to what the paper asks is this:"
    return f"{whom} has received the paper described above. Its answer to each thing the paper asks is this:"


def answer_table(letter: AnswerLetter) -> Table:
    """One row an act: what was asked, the answer, the law; every effect is set alike."""
    whom = letter.custodian.called
    rows = tuple(((capital(act.deed),), (sentence(act, whom),), law_cell(act, whom)) for act in letter.acts)
    return Table(("What you asked us to do", "Our answer", "The law"), rows, (5, 8, 8))


def sentence(act: ActAnswer, whom: str) -> str:
    """The answer in words, as plain for yes as for no.

    >>> sentence(ActAnswer("notify", "not_known"), "the department")
    "The department's answer to this request will follow."
    """
    who = capital(whom)
    match act.effect, act.chooses:
        case "required", _:
            return f"{who} will {act.deed}."
        case "forbidden", _:
            return f"{who} will not {act.deed}."
        case "permitted", None:
            return f"The law leaves this to {whom}. Its choice will follow."
        case "contested", bool(chooses):
            return f"{who} will {'' if chooses else 'not '}{act.deed}."
        case "permitted", chooses:
            return f"The law leaves this to {whom}. {who} will {'' if chooses else 'not '}{act.deed}."
    return f"{possessive(who)} answer to this request will follow."


def law_cell(act: ActAnswer, whom: str) -> Cell:
    """The effect in words over its citations; nothing at all while the answer is open."""
    if not act.decided:
        return ("To follow",)
    effect: Line = Strong(BY_COUNSEL if act.by_counsel else EFFECTS[act.effect].format(whom=whom))
    return (effect, *act.citations)


def closing(letter: AnswerLetter) -> tuple[str, ...]:
    """What the answer rests on, and how to write back."""
    number = letter.received.number
    return (
        f"This answer speaks of the paper described above and of no other. The same answer is attached to this file "
        f"for machines to read. To write about it, please give our number {number}.",
    )


def signature(letter: AnswerLetter) -> Signature:
    """Who stands for the letter; a candidate or a draft says that nobody does."""
    by = letter.reviewer
    house = letter.custodian.office or letter.custodian.name
    if by is None:
        return Signature("", ("Not signed: nobody has agreed to this letter.", house))
    return Signature("Respectfully,", tuple(line for line in (by.name, by.role, house) if line))


def machine_answer(letter: AnswerLetter) -> Attachment:
    """The same answer as JSON: effect and citations of each act, and how the sender calls its own paper."""
    said = {
        "format": FORMAT,
        "arrival": letter.received.number,
        "sender_reference": letter.paper.reference,
        "standing": "candidate" if letter.candidate else "draft" if letter.draft else "agreed",
        "demonstration": letter.demo,
        "answers": [act_data(act) for act in letter.acts],
    }
    body = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    return Attachment("answer.json", "application/json", body, "This answer, for machines to read", "data")


def act_data(act: ActAnswer) -> dict[str, object]:
    """One act of the machine-readable answer; why an answer is still open is not told."""
    return {
        "act": act.act,
        "item": act.item,
        "effect": CHOSEN if act.by_counsel else act.effect if act.decided else TO_FOLLOW,
        "chooses": act.chooses,
        "citations": [citation.text for citation in act.citations],
    }


def capital(text: str) -> str:
    """The text with its first letter raised, the rest untouched."""
    return text[:1].upper() + text[1:]


def possessive(name: str) -> str:
    """The name as an owner: `the department's`, `the police'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"
