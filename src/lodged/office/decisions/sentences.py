"""How each fact of the law is said inside a sentence: that it holds, that it does not, or what it is."""

from lodged.law.fact import Fact
from lodged.office.decisions.names import FORMS, VALUES

# yes-no fact -> said where it holds, said where it does not
HOLDS: dict[str, tuple[str, str]] = {
    "paper.signed": ("the paper is signed by its issuer", "the paper is not signed by its issuer"),
    "paper.attached_signed": ("the attached warrant is signed", "the attached warrant is not signed"),
    "paper.served_on_person": ("a copy was served on the person", "no copy was served on the person"),
    "paper.cancelled": ("its issuer withdrew the paper", "its issuer did not withdraw the paper"),
    "warrant.names_person": ("the warrant names this person", "the warrant does not name this person"),
    "warrant.came_with_detainer": ("the warrant came with the detainer", "the warrant did not come with the detainer"),
    "person.in_custody": ("the person is in custody here", "the person is not in custody here"),
    "person.otherwise_released": (
        "but for the paper, the person would be let go now",
        "the person would not be let go now, paper or no paper",
    ),
    "person.terrorist_screening_match": (
        "there is a possible match in the terrorist screening database",
        "there is no possible match in the terrorist screening database",
    ),
    "person.reentered_after_removal": (
        "the person came back unlawfully after a removal or return",
        "the person did not come back unlawfully after a removal or return",
    ),
    "person.proved_citizen_or_lawful": (
        "the person gave proof of citizenship or lawful status",
        "the person gave no proof of citizenship or lawful status",
    ),
    "person.proved_citizen": ("the person gave proof of citizenship", "the person gave no proof of citizenship"),
    "person.aggravated_felony": (
        "a federal aggravated felony was found",
        "no federal aggravated felony was found",
    ),
    "person.advised_of_rights": (
        "the person was told the rights before an interview",
        "the person was not told the rights before an interview",
    ),
    "person.consents_to_interview": (
        "the person consented in writing to the interview",
        "the person did not consent in writing to the interview",
    ),
    "person.probable_cause_found": (
        "a magistrate found probable cause on the present charge",
        "no magistrate found probable cause on the present charge",
    ),
    "person.charge_serious": (
        "the present charge is serious, violent or punishable by state prison",
        "the present charge is neither serious nor violent, nor punishable by state prison",
    ),
    "person.registrant": (
        "the person is a current sex or arson registrant",
        "the person is no current sex or arson registrant",
    ),
    "requester.enforces_immigration": (
        "the one who asks enforces civil immigration law, in whole or in part",
        "the one who asks does not enforce civil immigration law",
    ),
    "inquiry.item_public": ("the information is already public", "the information is not already public"),
    "order.enforces_subpoena": (
        "a court ordered that the subpoena be obeyed",
        "no court ordered that the subpoena be obeyed",
    ),
    "order.enjoins_compliance": ("a court forbade it", "no court forbade it"),
    "custodian.has_287g_agreement": (
        "the custodian has a 287(g) agreement",
        "the custodian has no 287(g) agreement",
    ),
    "local.forbids": (
        "a local law or policy forbids what state law only allows",
        "no local law or policy forbids what state law only allows",
    ),
    "violent_or_serious": ("it is violent or serious under this law", "it is not violent or serious under this law"),
}

# fact -> what it is, before "is", "is not", "is more than"
NOUNS: dict[str, str] = {
    "paper.form": "the paper",
    "paper.edition": "the edition of the form",
    "paper.box": "the box marked on the form",
    "paper.issuer_title": "the issuer’s title",
    "paper.office": "the issuing office",
    "paper.received_at": "the moment the paper came",
    "paper.return_on": "the day the subpoena fixes",
    "warrant.signed_by": "the one who signed the warrant",
    "warrant.authorizes": "what the warrant authorizes",
    "warrant.presented_at": "the moment the warrant was presented",
    "warrant.offense": "the offense the warrant names",
    "person.arrested_on": "the day of the present arrest",
    "person.days_incarcerated": "the number of days in prison or jail since that crime",
    "person.release_moment": "the moment of release",
    "person.release_on": "the scheduled day of release",
    "inquiry.item": "what is asked for",
    "inquiry.purpose": "the purpose of the request",
    "requester.agency": "the agency that asks",
    "hold.hours": "the number of hours held past release",
    "code": "its code",
    "section": "its section",
    "state": "its state",
    "class": "its class",
    "grade": "its grade",
    "on": "the day of its judgment",
    "adjudication": "its adjudication",
    "days_incarcerated": "the days in prison or jail for it",
    "today": "the day asked about",
}

# set fact -> said before what it holds
SETS: dict[str, str] = {"paper.asks": "the paper asks for", "paper.attached": "with it came"}
NOT_IN_SETS: dict[str, str] = {"paper.asks": "the paper does not ask for", "paper.attached": "with it did not come"}

ASKED_FOR: dict[str, str] = {
    "hold": "a hold past release",
    "notify": "notice of the release",
    "interview": "an interview",
    "information": "information",
    "transfer": "a transfer",
    "produce": "records",
}

# who or what is meant, where a value alone would not read well in a sentence
IN_A_SENTENCE: dict[tuple[str, str], str] = {
    ("warrant.signed_by", "none"): "nobody: no signed warrant was presented",
    ("warrant.offense", "none"): "none",
    ("inquiry.item", "other"): "something else",
    ("inquiry.purpose", "other"): "something else",
    ("paper.box", "1"): "box 1",
    ("paper.box", "2"): "box 2",
    ("paper.box", "both"): "both boxes",
    ("paper.box", "neither"): "neither box",
}
FORM_WORDS = {"letter": "a letter", "enforcement_order": "a court order enforcing a subpoena"}

# act -> said after "must", "may", "must not"
DO = {
    "hold": "hold the person past release",
    "notify": "tell the requester of the release",
    "disclose": "give the information",
    "interview": "give access for an interview",
    "transfer": "hand the person over",
    "answer": "produce what is demanded",
    "give_copy": "give the person a copy",
    "tell_person": "tell the person in writing",
    "inform_person": "tell the person of being held on it",
    "record_request": "record the request",
    "tell_bail_judge": "tell the judge who decides on bail",
    "publish_subpoena": "send the subpoena for publication",
    "release": "let the person go",
    "await": "keep the paper for people booked later",
}
SAYS = {"forbid": "must not", "require": "must", "permit": "may"}


def holds(name: str, fact: Fact | None, *, yes: bool) -> str:
    """A yes-no fact as a clause, by its name or, in a list, its field's.

    >>> holds("paper.signed", None, yes=False)
    'the paper is not signed by its issuer'
    """
    if name in HOLDS:
        return HOLDS[name][0 if yes else 1]
    asked = fact.question if fact else name
    return f"“{asked}” is answered {'yes' if yes else 'no'}"


def noun(name: str, fact: Fact | None = None) -> str:
    """What a fact is, before a verb."""
    if name in NOUNS:
        return NOUNS[name]
    return f"the answer to “{fact.question}”" if fact else name.replace("_", " ")


def value_words(name: str, value: str) -> str:
    """One value of a fact, inside a sentence.

    >>> value_words("paper.form", "i-247a"), value_words("paper.asks", "hold")
    ('a Form I-247A', 'a hold past release')
    """
    if (name, value) in IN_A_SENTENCE:
        return IN_A_SENTENCE[name, value]
    if name == "paper.asks":
        return ASKED_FOR.get(value, value)
    if name == "paper.form":
        return _form(value)
    return VALUES.get(value) or value.replace("_", " ")


def _form(value: str) -> str:
    if value in FORM_WORDS:
        return FORM_WORDS[value]
    if value.startswith("i-"):
        return f"a Form {value.upper()}"
    words = FORMS.get(value, value.replace("_", " "))
    return f"{'an' if words[0] in 'AEIOU' else 'a'} {words[0].lower()}{words[1:]}"


def or_list(words: list[str]) -> str:
    """Words joined as alternatives.

    >>> or_list(["a", "b", "c"])
    'a, b or c'
    """
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
