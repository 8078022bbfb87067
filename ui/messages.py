"""All texts of the chat page, one catalogue per language; what an answer itself says is in `assistant.phrases`."""

from __future__ import annotations

from assistant.language import Language

LANGUAGES: dict[Language, str] = {"nl": "Nederlands", "en": "English"}

MESSAGES: dict[Language, dict[str, str]] = {
    "nl": {
        "language": "Taal",
        "intro": "Stel een vraag over het beleid van de gemeente. Bij elke zin van het antwoord ziet u in welk "
        "document en in welke paragraaf die staat.",
        "suggestions": "Bijvoorbeeld:",
        "suggestion": "Wat zegt {document} over {topic}?",
        "the-common": "de {kind} van {municipality}",
        "the-neuter": "het {kind} van {municipality}",
        "topic": "{topic}",
        "ask": "Stel uw vraag",
        "new": "Nieuw gesprek",
        "scope": "Waar zoeken?",
        "municipalities": "Gemeenten",
        "all-municipalities": "Alle gemeenten",
        "documents": "Documenten",
        "all-documents": "Alle documenten",
        "indexed": "Opgenomen documenten ({count})",
        "elsewhere": "Zonder gemeente",
        "stage": "Bezig met het antwoord…",
        "stage-search": "Zoeken in de documenten",
        "stage-read": "De gevonden passages lezen",
        "stage-compose": "Het antwoord opstellen",
        "standalone": "Begrepen als: {question}",
        "extractive": "Dit zijn letterlijke zinnen uit de documenten.",
        "generative": "Geschreven door {model} en nagekeken met de passages hieronder.",
        "sources": "Bronnen",
        "to-source": "Naar het document",
        "footnotes": "Noten bij deze paragraaf:",
        "hint-title": "Lees het na in het document",
        "hint": "Kies een nummer achter een zin. Dan leest u hier de hele paragraaf, met de zin gemarkeerd.",
        "close": "Sluiten",
        "previous": "Vorige",
        "next": "Volgende",
        "no-index": "Er zijn nog geen documenten opgenomen",
        "no-index-help": "Kaderwijzer kan pas antwoorden als er documenten zijn. De beheerder voegt ze toe met deze "
        "opdracht. MAP is de map waarin de documenten staan:",
        "no-index-then": "Is de opdracht klaar? Laad dan deze pagina opnieuw.",
        "failed": "Dit ging niet goed",
        "report": "Melding: {message}",
        "remedy": "Geef de melding hieronder door aan de beheerder.",
        "remedy-InvalidQuestion": "Deze vraag is leeg of te lang. Stel één vraag tegelijk, bijvoorbeeld “Wat staat er "
        "over preventie?”",
        "remedy-UnknownDocument": "Een gekozen document of gemeente is er niet meer. Kies links opnieuw waar u wilt "
        "zoeken.",
        "remedy-IndexMissing": "De opgenomen documenten kunnen niet worden gelezen. De beheerder kan dat herstellen.",
        "remedy-IndexBusy": "De documenten worden net bijgewerkt. Stel de vraag over een minuut opnieuw.",
        "remedy-IndexMismatch": "De documenten zijn verwerkt met een ander taalmodel dan nu is ingesteld. De beheerder "
        "kan dat herstellen.",
        "remedy-ModelUnavailable": "Het taalmodel kan niet worden geopend. De beheerder kan dat herstellen.",
        "remedy-InvalidSettings": "Een instelling van Kaderwijzer klopt niet. De beheerder kan dat herstellen.",
        "remedy-UnsoundAnswer": "Het antwoord kwam niet overeen met de documenten en wordt daarom niet getoond. "
        "Stel de vraag anders.",
    },
    "en": {
        "language": "Language",
        "intro": "Ask about the policy of the municipality. For every sentence of the answer you see which document "
        "and section it comes from. The documents are in Dutch.",
        "suggestions": "For example:",
        "suggestion": "What does {document} say about {topic}?",
        "the-common": "the {kind} of {municipality}",
        "the-neuter": "the {kind} of {municipality}",
        "topic": "“{topic}”",
        "ask": "Ask your question",
        "new": "New conversation",
        "scope": "Where to search?",
        "municipalities": "Municipalities",
        "all-municipalities": "All municipalities",
        "documents": "Documents",
        "all-documents": "All documents",
        "indexed": "Indexed documents ({count})",
        "elsewhere": "No municipality",
        "stage": "Working on the answer…",
        "stage-search": "Searching the documents",
        "stage-read": "Reading the passages found",
        "stage-compose": "Composing the answer",
        "standalone": "Understood as: {question}",
        "extractive": "These are literal sentences from the documents.",
        "generative": "Written by {model} and checked against the passages below.",
        "sources": "Sources",
        "to-source": "Go to the document",
        "footnotes": "Notes to this section:",
        "hint-title": "Read it in the document",
        "hint": "Choose a number behind a sentence. Then you read the whole section here, with the sentence marked.",
        "close": "Close",
        "previous": "Previous",
        "next": "Next",
        "no-index": "No documents have been added yet",
        "no-index-help": "Kaderwijzer can answer once there are documents. The administrator adds them with this "
        "command. MAP is the folder that holds the documents:",
        "no-index-then": "When the command is done, reload this page.",
        "failed": "Something went wrong",
        "report": "Message: {message}",
        "remedy": "Pass the message below on to the administrator.",
        "remedy-InvalidQuestion": "This question is empty or too long. Ask one question at a time, such as “What does "
        "it say about prevention?”",
        "remedy-UnknownDocument": "A chosen document or municipality is no longer there. Choose again on the left "
        "where to search.",
        "remedy-IndexMissing": "The indexed documents cannot be read. The administrator can mend this.",
        "remedy-IndexBusy": "The documents are being updated. Ask again in a minute.",
        "remedy-IndexMismatch": "The documents were processed with another model than is configured now. The "
        "administrator can mend this.",
        "remedy-ModelUnavailable": "The model cannot be opened. The administrator can mend this.",
        "remedy-InvalidSettings": "A setting of Kaderwijzer is wrong. The administrator can mend this.",
        "remedy-UnsoundAnswer": "The answer did not match the documents and is therefore not shown. Ask the question "
        "in another way.",
    },
}


def text(key: str, language: Language, **values: object) -> str:
    """A text of the page with its values filled in."""
    return MESSAGES[language][key].format(**values)


def stage_text(stage: str, language: Language) -> str:
    """What is being done in a stage of the assistant; a general text for one that is not known here."""
    return MESSAGES[language].get(f"stage-{stage}", MESSAGES[language]["stage"])


def remedy(error: Exception, language: Language) -> str:
    """What the reader can do about an error; for one of its own kind that, else whom to turn to."""
    return MESSAGES[language].get(f"remedy-{type(error).__name__}", MESSAGES[language]["remedy"])
