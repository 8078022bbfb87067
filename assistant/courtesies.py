"""Words around a question that say nothing of what it is about: politeness, introductions, requests to tell."""

from __future__ import annotations

import re

_POLITE = re.compile(
    r"""[ ,]*\b(?: aub | a\.u\.b\. | svp | s\.v\.p\. | alsjeblieft | alstublieft | graag | please | thanks | thank\ you
    | bedankt | dank\ je\ wel )(?!\w)""",
    re.I | re.X,
)
_POINTS_BACK = r"[^?]{0,30}\b(?:hun|their|its|daarvan|daarvoor|ze|zij|they|them)\b[^?]{0,20}\?"
_INTRODUCTION = re.compile(
    rf"""^(?: hi | hello | hallo | goedemorgen | goedemiddag | i['’]?m\ new | i\ am\ new | new\ at | as\ a\ new
    | i(?:['’]ve|\ have)?\ (?:just|recently)\ (?:started|joined|begun)
    | newbie | (?:ik\ )?ben\ (?:net|nieuw|pas) | als\ nieuwe? | nieuw\ bij | ik\ (?:begin|werk|start|neem) )\b
    (?: [^.?!:;]*[.!:;,]+\ +(?=\S.{{15,}})(?!{_POINTS_BACK})
    | [^.?!:;]*?\ (?:en|and)\ (?=(?:ik\ |i\ )?(?:hoor|lees|zie|hear|read|see|keep)\b.{{15,}}) )""",
    re.I | re.X,
)
"""Who asks, ahead of the question; not what the question points at: "ik hoor over wijkteams: wat is hun taak?"."""
_REQUEST = re.compile(
    r"""\b(?:
      weet\ je\ (?:het\ )?zeker(?:\ dat)?
    | kun(?:t)?\ (?:je|u)\ (?:(?:me|mij|ons|eens|dat)\ )*(?:vertellen|uitleggen|toelichten|aangeven|zeggen)
    | (?:vertel|leg)\ (?:(?:me|mij|ons|eens|wat)\ )*(?:meer\ )?(?:uit\ )?(?:over)?
    | geef\ (?:(?:me|mij|ons|eens)\ )*(?:een\ )?voorbeeld(?:en)?(?:\ met|\ van)?
    | ik\ wil\ (?:graag\ )?weten | ik\ vraag\ me\ af | kort\ samengevat | in\ (?:één|een)\ (?:zin|regel|alinea)
    | (?:are\ you|is\ it)\ sure(?:\ that)?
    | (?:can|could)\ you\ (?:please\ )?(?:tell\ (?:me|us)|explain|elaborate(?:\ on)?)
    | tell\ (?:me|us)(?:\ (?:a\ bit\ )?more)?(?:\ about)? | give\ (?:me\ |us\ )?an\ example(?:\ of|\ with)?
    | i(?:['’]d|\ would)\ like\ to\ know | in\ short
    | in\ (?:one|a)\ (?:line|sentence|paragraph)(?:\ each)?
    )\b[ ,]*""",
    re.I | re.X,
)


_PURPOSE = re.compile(
    r"""(?<=\?)\s*(?:(?:ik|we|wij|i|dit|dat|het|this|that|it)\ )?
    (?:heb|hebben|moet|moeten|wil|is|need|want|have\ to|would\ like)\b[^?]{0,60}
    \b(?:nodig|mail\w*|e-mail\w*|presentatie|overleg|vergadering|brief|notitie|memo|verslag|need|presentation|meeting|letter|report)
    \b[^?]{0,20}$""",
    re.I | re.X,
)
"""What the answer is wanted for, after the question."""
_MEANT_BY = re.compile(r"\b(verstaa[nt])\s+(?:[^\s?]+\s+){1,8}?onder\b", re.I)
"""Who it is that means something by a term says nothing of what is meant: "wat verstaat de nota onder …"."""


_GREETING = (
    r"hallo|hoi|hi|hello|hey|dag|goede(?:morgen|middag|navond|dag)|goeiemorgen|good\ (?:morning|afternoon|evening)"
)
_GRATEFUL = (
    r"dank(?:\ (?:je|u))?(?:\ wel)? | dankjewel | dankuwel | hartelijk\ dank | bedankt | thanks | thank\ you | prima"
    r" | top | super | mooi | fijn | helder | duidelijk | great | perfect"
)
_THANKS = re.compile(
    rf"""\W*(?:(?: {_GRATEFUL} | ok[eé]? | okay | tot\ ziens | doei | bye | goodbye )\b
    (?:\ (?:hoor|dan|very\ much|a\ lot|so\ much))?
    (?:\ (?:voor|for)\ (?:je|de|uw|jullie|your|the)\ (?:hulp|antwoord|uitleg|help|answer))?\W*
    | (?: dat\ (?:was|is)\ (?:het|alles|genoeg|duidelijk|helder|mooi|fijn)
    | (?:daar|hier)\ (?:kan|heb)\ ik\ (?:wat|iets)?\ ?(?:mee|aan)
    (?:\ verder)? | ik\ weet\ (?:nu\ )?genoeg | geen\ (?:verdere\ )?vragen\ meer
    | that(?:['’]s|\ is|\ was)\ (?:it|all|great|helpful|clear|enough|everything) | that\ helps | i\ know\ enough
    | no\ (?:more|further)\ questions )\b
    (?:\ (?:voor\ (?:nu|vandaag)|for\ (?:now|today)|a\ lot))?\W*)+""",
    re.I | re.X,
)
_SHORTER = r"korter|beknopter|bondiger|eenvoudiger|simpeler|makkelijker|shorter|simpler|briefer"
_REWORD = re.compile(
    rf"""\W*(?:(?:en|and|ok[eé]?|okay)\W+)?
    (?: (?:(?:kun|kan|kunt|zou|wil|can|could|would)\ (?:je|u|het|dat|you|it|that)\ )?
        (?:(?:vat|leg|zeg|maak|geef|summari[sz]e|explain|make|say|put)\ )?
        (?:(?:dat|dit|het|die|that|this|it|me)\ )?(?:(?:eens|even|ook|nog|iets|wat|een\ stuk|misschien|be|a\ bit|in)\ )*
        (?: (?:{_SHORTER})(?:\ (?:samen|samenvatten|uit|uitleggen|zeggen|kunnen|maken|graag|words))?
          | samenvatten | samen | summari[sz]ed | plain\ (?:language|english|dutch)
          | (?:gewone|eenvoudige|begrijpelijke)\ taal(?:\ uitleggen)? )
      | (?:can|could)\ you\ summari[sz]e\ (?:that|this|it) | summari[sz]e\ (?:that|this|it) )
    (?:\ (?:graag|please|alsjeblieft|aub|voor\ (?:me|mij)|for\ me))?\W*""",
    re.I | re.X,
)
"""A wish for the answer before in other words."""
_INTRODUCES = re.compile(
    rf"""\W*(?:(?:{_GREETING})\W*)?(?: wat\ kun\ (?:je|jij) | wat\ kan\ ik\ (?:je\ |jou\ |hier\ )?vragen
    | (?:wie|wat)\ ben\ (?:je|jij) | hoe\ werkt\ (?:(?P<this>dit)|het\ hier|kaderwijzer) | help
    | what\ can\ (?:you\ do|i\ ask)(?:\ you)? | who\ are\ you | what\ are\ you | how\ does\ (?P<here>this)\ work
    | (?:{_GREETING}) )
    (?:\ (?:allemaal|precies|eigenlijk|doen|zoal|exactly))*\W*""",
    re.I | re.X,
)


_THANKED = re.compile(
    rf"""^(?:(?: {_GRATEFUL} )(?:[.!,;:]+|\ [–-])\ + | ok(?:[eé]|ay)?\b[.!,;:]*\ +
    | (?: trouwens | by\ the\ way | oh?\ ja | nog\ (?:iets|een\ vraag) | (?:one\ more|another)\ question )\b
    [.!,;:]*\ + )+(?=\S)""",
    re.I | re.X,
)
"""Thanks for the answer before, ahead of a question: "Dank je. En preventie?"."""
_ANEW = re.compile(
    r"""^(?: (?:een\ )?ander(?:e\ vraag|\ onderwerp) | (?:even\ )?iets\ (?:heel\ )?anders
    | (?:(?:a|on\ a)\ )?different\ (?:thing|question|topic|subject) | something\ (?:completely\ )?else )
    [.!,;:]+\ +(?=\S)""",
    re.I | re.X,
)
"""Words ahead of a question that say that it has another subject than the one before."""


def without_thanks(question: str) -> str:
    """The question without thanks ahead of it; nothing but thanks stays as it is."""
    return question if is_thanks(question) else _THANKED.sub("", question)


def begun_anew(question: str) -> str | None:
    """The question that stands after "something else:"; None where it does not say so."""
    return question[match.end() :] if (match := _ANEW.match(question)) else None


def is_thanks(question: str) -> bool:
    """Whether nothing is asked: "dank je wel", "ok, helder"."""
    return bool(_THANKS.fullmatch(question))


def wants_rewording(question: str) -> bool:
    """Whether the answer before is wanted shorter or in other words: "kun je dat korter samenvatten?"."""
    return bool(_REWORD.fullmatch(question))


def is_greeting(question: str, *, first: bool = True) -> bool:
    """Whether the assistant is greeted or asked what it can do, and nothing else.

    "Hoe werkt dit?" asks that where it is the first question of a conversation; later it is about what was spoken of.
    """
    match = _INTRODUCES.fullmatch(question)
    return match is not None and (first or not (match["this"] or match["here"]))


def asks_nothing(question: str, *, first: bool = True) -> bool:
    """Whether a question, the first or a later one, is no more than thanks, a greeting, or a wish for other words."""
    return is_thanks(question) or is_greeting(question, first=first) or wants_rewording(question)


def without_politeness(question: str) -> str:
    """The question without "please" and "graag"; itself where nothing else is in it."""
    return _POLITE.sub("", question).strip() or question


def without_framing(question: str) -> str:
    """What is left of a question without who asks, what for, and "tell me about"."""
    asked = _MEANT_BY.sub(r"\1 onder", _PURPOSE.sub("", _INTRODUCTION.sub("", question)))
    return " ".join(_REQUEST.sub(" ", asked).split()).strip(" ,")
