"""The plain words for what the law, the forms and the log call by a name of their own."""

from lodged.office.decisions.facts import SENSITIVE

# effect -> picture of the sprite, word
EFFECTS = {
    "required": ("error", "Required"),
    "permitted": ("check_circle", "Permitted"),
    "forbidden": ("do_not_disturb", "Forbidden"),
    "contested": ("forum", "Contested"),
    "not_known": ("help", "Not known"),
}

ACTS = {
    "hold": "Hold past release",
    "notify": "Tell the sender of the release",
    "disclose": "Give information",
    "interview": "Allow an interview",
    "transfer": "Hand the person over",
    "answer": "Produce what is demanded",
    "give_copy": "Give the person a copy",
    "tell_person": "Tell the person in writing",
    "inform_person": "Tell the person why they are held",
    "record_request": "Record this request",
    "tell_bail_judge": "Tell the bail judge",
    "publish_subpoena": "Publish the subpoena",
    "release": "Release now",
    "await": "Keep the paper for later bookings",
}

FACTS = {
    "paper.form": "what the paper is",
    "paper.edition": "edition of the form",
    "paper.asks": "what the paper asks",
    "paper.box": "box ticked on the form",
    "paper.signed": "signed by its issuer",
    "paper.issuer_title": "title of the issuer",
    "paper.office": "office that sent it",
    "paper.attached": "what came with it",
    "paper.attached_signed": "the attached warrant is signed",
    "paper.served_on_person": "a copy was given to the person",
    "paper.cancelled": "withdrawn by its issuer",
    "paper.received_at": "when it came",
    "paper.return_on": "day fixed by the paper",
    "warrant.signed_by": "who signed the warrant",
    "warrant.authorizes": "what the warrant authorizes",
    "warrant.names_person": "the warrant names this person",
    "warrant.came_with_detainer": "the warrant came with the detainer",
    "warrant.presented_at": "when the warrant was presented",
    "warrant.offense": "offense the warrant names",
    "person.in_custody": "the person is in custody",
    "person.otherwise_released": "but for the paper, the person would be let go now",
    "person.convictions": "convictions",
    "person.arrested_on": "day of the present arrest",
    "person.days_incarcerated": "days in prison or jail before this arrest",
    "person.terrorist_screening_match": "possible match in the terrorist screening database",
    "person.reentered_after_removal": "came back after a removal",
    "person.proved_citizen_or_lawful": "gave proof of citizenship or lawful status",
    "person.proved_citizen": "gave proof of citizenship",
    "person.aggravated_felony": "a federal aggravated felony was found",
    "person.release_moment": "when the person would otherwise have been released",
    "person.release_on": "scheduled release day",
    "person.advised_of_rights": "told the rights before an interview",
    "person.consents_to_interview": "agreed in writing to an interview",
    "person.probable_cause_found": "a magistrate found probable cause on the present charge",
    "person.charge_serious": "the present charge is a serious or violent felony",
    "person.registrant": "on a sex or arson offender register",
    "inquiry.item": "what is asked for",
    "requester.agency": "agency that asks",
    "requester.enforces_immigration": "the agency enforces civil immigration law",
    "inquiry.purpose": "why it is asked",
    "inquiry.item_public": "already open to the public",
    "order.enforces_subpoena": "a court ordered that the subpoena be obeyed",
    "order.enjoins_compliance": "a court forbade it",
    "custodian.has_287g_agreement": "the custodian has a 287(g) agreement",
    "local.forbids": "local law forbids what state law only allows",
    "hold.hours": "hours held past release",
}


def sensitive(name: str) -> bool:
    """Whether a fact is one of those that only some roles may see.

    >>> sensitive("person.convictions[0].on"), sensitive("paper.signed")
    (True, False)
    """
    return name.startswith(tuple(SENSITIVE))


FORMS = {
    "arrest_warrant": "Arrest warrant",
    "search_warrant": "Search warrant",
    "habeas_writ": "Habeas writ",
    "enforcement_order": "Court order enforcing a subpoena",
    "grand_jury_subpoena": "Grand jury subpoena",
    "civil_subpoena": "Civil subpoena",
    "letter": "Letter",
}

# The forms a clerk can name when the machine does not know the page.
FORM_CHOICES = (
    "i-247a", "i-247d", "i-247n", "i-247x", "i-247g", "i-200", "i-205", "i-203", "i-138",
    "arrest_warrant", "search_warrant", "habeas_writ", "enforcement_order", "grand_jury_subpoena", "civil_subpoena", "letter",
)  # fmt: skip

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
    "booking_no": "Booking number",
    "release_date": "Estimated release",
    "charge_date": "Date of the last charge",
}

VALUES = {
    "hold": "hold past release",
    "notify": "tell of the release",
    "interview": "interview",
    "information": "information",
    "transfer": "transfer",
    "produce": "produce records",
    "article_iii_judge": "a federal judge (Article III)",
    "us_magistrate_judge": "a U.S. magistrate judge",
    "state_judge": "a state judge",
    "immigration_judge": "an immigration judge",
    "dhs_officer": "a DHS officer",
    "civil_custody": "civil custody",
    "criminal_arrest": "a criminal arrest",
    "search": "a search",
    "immigration_crime": "an immigration crime",
    "other_crime": "another crime",
    "judicial_warrant": "a judge's warrant",
    "incarceration_status": "whether in custody",
    "release_date": "release date",
    "court_date": "court dates",
    "home_address": "home address",
    "work_address": "work address",
    "personal_contact": "contact details",
    "immigration_status": "immigration status",
    "criminal_history": "criminal history",
    "booking_records": "booking records",
    "civil_immigration": "civil immigration enforcement",
    "criminal_investigation": "a criminal investigation",
    "i-200": "Form I-200 (administrative warrant)",
    "i-205": "Form I-205 (administrative warrant)",
    "i-247a": "Form I-247A",
    "i-247d": "Form I-247D",
    "i-247n": "Form I-247N",
    "i-247g": "Form I-247G",
    "i-247x": "Form I-247X",
    "i-247": "Form I-247",
    "i-203": "Form I-203",
    "i-138": "Form I-138",
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
    "PaperRead": "A paper was read by the machine",
    "ReadingCorrected": "A person corrected a reading",
    "RosterImported": "The roster was taken in",
    "PersonMatched": "A paper was compared with the roster",
    "MatterOpened": "A matter was opened",
    "DeadlinesReckoned": "Deadlines were worked out",
    "LawAsked": "The law was asked",
    "LawAdopted": "Counsel adopted law",
    "FactAnswered": "A person answered a question of fact",
    "DecisionReviewed": "A decision was reviewed",
    "AnswerDrafted": "An answer was drafted",
    "AnswerAgreed": "An answer was made final",
    "AnswerSent": "An answer was sent",
    "PeriodCounted": "A period was counted",
}
