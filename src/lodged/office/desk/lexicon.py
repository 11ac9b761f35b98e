"""The plain words for what the law, the forms and the log call by a name of their own."""

from lodged.office.decisions.facts import SENSITIVE
from lodged.office.decisions.names import ACTS as ACTS
from lodged.office.decisions.names import FACTS as FACTS
from lodged.office.decisions.names import FORMS as FORMS
from lodged.office.decisions.names import VALUES as VALUES

# effect -> picture of the sprite, word
EFFECTS = {
    "required": ("error", "Required"),
    "permitted": ("check_circle", "Permitted"),
    "forbidden": ("do_not_disturb", "Forbidden"),
    "contested": ("forum", "Contested"),
    "not_known": ("help", "Not known"),
}


def sensitive(name: str) -> bool:
    """Whether a fact is one of those that only some roles may see.

    >>> sensitive("person.convictions[0].on"), sensitive("paper.signed")
    (True, False)
    """
    return name.startswith(tuple(SENSITIVE))


# The forms a clerk can name when the machine does not know the page.
FORM_CHOICES = (
    "i-247a", "i-247d", "i-247n", "i-247x", "i-247g", "i-200", "i-205", "i-203", "i-138",
    "arrest_warrant", "search_warrant", "habeas_writ", "enforcement_order", "grand_jury_subpoena", "civil_subpoena", "letter",
)  # fmt: skip

NO_FORM = "none"  # what a page sends for a paper that is no known form after all

FIELDS = {
    "subject_id": "Subject ID",
    "file_no": "File number (A-number)",
    "event_no": "Event number",
    "date": "Date of the paper",
    "to": "To",
    "from": "From",
    "name": "Name of the person",
    "dob": "Date of birth",
    "citizenship": "Citizenship",
    "sex": "Sex",
    "phone": "Telephone",
    "officer": "Officer, name and title",
    "subpoena_no": "Subpoena number",
    "due_date": "Day it is due",
    "due_time": "Hour it is due",
    "records": "Records demanded",
    "signer": "Signer, printed name",
    "booking_no": "Booking number",
    "release_date": "Estimated release",
    "charge_date": "Date of the last charge",
}


# What a form is for, in a few words.
MEANINGS = {
    "i-247a": "immigration detainer",
    "i-247d": "immigration detainer",
    "i-247n": "request to be told of a release",
    "i-247x": "request for transfer",
    "i-247g": "request to be told of a release",
    "i-200": "administrative arrest warrant",
    "i-205": "administrative removal warrant",
    "i-203": "order to detain or release",
    "i-138": "immigration subpoena",
}

# kind of a log entry -> what happened
KINDS = {
    "ContentConsignment": "A paper came",
    "Heartbeat": "The office is up",
    "SaltsDestroyed": "Values were expunged by order",
    "TimeStamp": "An authority outside stamped the log",
    "WitnessRefusal": "A witness outside refused to sign",
    "PaperRead": "A paper was read by the machine",
    "DocumentQuarantined": "A document was held back: the virus scanner knows it",
    "DocumentReleased": "A person released a document that was held back",
    "DocumentKeptShut": "A person kept a document shut for good",
    "ReadingCorrected": "A person corrected a reading",
    "AddresseeSeen": "A person looked at a paper addressed to somebody else",
    "MatterClosed": "A paper was closed: it is not legal process",
    "MatterOpenedAgain": "A closed paper was taken up again",
    "CounselChose": "Counsel chose an answer where the law is contested",
    "AnswerAddressed": "The directory's address was put on an answer",
    "RosterImported": "The roster was taken in",
    "RosterSearched": "A newer roster was searched again for a paper",
    "PersonMatched": "A paper was compared with the roster",
    "MatterOpened": "A matter was opened",
    "DeadlinesReckoned": "Deadlines were worked out",
    "LawAsked": "The law was asked",
    "LawAdopted": "Counsel adopted law",
    "LocalLawAdopted": "Counsel adopted a reading or a local policy",
    "LocalLawWithdrawn": "Counsel withdrew a reading or a local policy",
    "FactAnswered": "A person answered a question of fact",
    "DecisionReviewed": "A decision was reviewed",
    "AnswerDrafted": "An answer was drafted",
    "AnswerAgreed": "An answer was made final",
    "AnswerSent": "An answer was sent",
    "ReleaseChecked": "Somebody asked at the release desk",
    "ReleaseOrdered": "A release order was written down or taken back",
    "NoticeTried": "Notice was tried before a release",
    "DefaultSigned": "Counsel signed the release desk's standing default",
    "SheetPrinted": "A sheet for an outage was printed",
    "SheetDestroyed": "A sheet for an outage was destroyed",
    "PeriodCounted": "A period was counted",
    "PaperWithdrawn": "A sender took a paper back",
    "AgencyEntered": "An agency was entered in the directory",
    "KeyIssued": "A key was issued to an agency",
    "KeyRevoked": "A key of an agency was revoked",
    "HookSet": "An agency is told of stages at an address",
    "HookEnded": "An agency is told no more at an address",
}
