"""What of a saved web page is the policy text: its root, without the site's furniture and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag

from ingest.blocks import Block, clean_line

_NOT_CONTENT = frozenset(
    "script style noscript template svg canvas iframe object embed nav aside button dialog select input textarea head "
    "del".split()
)
_CONTENT = (".officiele-publicatie", "main", "[role=main]", "article", "#content", "#inhoud")
"""Where the text of a page lies, the most certain first; the first is officielebekendmakingen.nl's."""
_FRAME = ("header", "footer", "form")  # the site's, unless they lie in the article or hold its heading
_FRAME_ROLES = frozenset("navigation banner search contentinfo dialog alertdialog menu menubar".split())
_SITE_PARTS = re.compile(
    r"^(?!has|with|no-)(?:\w+[-_])*(?:cookies?|breadcrumbs?|kruimelpad|broodkruimels|sidebar|"
    r"site-?(?:header|footer|nav)|skip-?links?|share|sharing|social|toolbar|actie-?lijst|pagination|paginering|"
    r"visually-hidden|sr-only|back-to-top)(?:[-_]|$)",
    re.I,
)
_HIDDEN_NAMES = frozenset("verberg hidden hide tekstueel screen-reader-text".split())
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_SITE_LINE = re.compile(
    r"(?:toon relaties in lido|(?:maak een )?permanente link|toon (?:wetstechnische informatie|inhoudsopgave)|"
    r"(?:verberg|sluit) inhoudsopgave|(?:druk|sla) (?:het|de) regeling(?:onderdeel)? (?:af|op)|"
    r"geen andere versie om mee te vergelijken|vergelijk met (?:een )?andere versies?|bekijk wijzigingsinformatie|"
    r"(?:alles )?(?:in|uit)klappen|afdrukken|delen|deel deze pagina(?: op.*)?|(?:terug )?naar (?:boven|begin).{0,20}|"
    r"naar de (?:actuele versie van de regeling|door u bekeken versie)|selecteer een andere versie|"
    r"ziet u een fout in deze regeling\?.*|heeft u een vraag over deze (?:regeling|pagina)\?.*|"
    r"direct naar (?:de )?(?:inhoud|content).*|zoek binnen deze regeling|externe link:?|\.{3}|…)",
    re.I | re.S,
)
"""Words of the sites' own buttons and links, each by itself on its line."""


def text_root(soup: BeautifulSoup) -> Tag:
    """The element that holds the text: the only one of its kind, for a page may have an article element per article."""
    for selector in _CONTENT:
        found = [tag for tag in soup.select(selector) if tag.get_text(strip=True)]
        outer = [tag for tag in found if not any(parent in found for parent in tag.parents)]
        if len(outer) == 1:
            return outer[0]
    return soup.body or soup


def address(soup: BeautifulSoup) -> str | None:
    """The address that the page gives as its own: canonical, or behind its link "Permanente link"."""
    canonical = soup.find("link", rel="canonical")
    if isinstance(canonical, Tag) and canonical.get("href"):
        return str(canonical["href"])
    for link in soup.find_all("a", href=re.compile(r"^https?://")):
        if re.fullmatch(r"(?:maak een )?permanente link", clean_line(link.get_text()), re.I):
            return str(link["href"])
    return None


def page_title(soup: BeautifulSoup) -> str | None:
    """The title of the page without the name of the site behind it."""
    title = clean_line(soup.title.get_text(" ")) if soup.title else ""
    first = re.split(r"\s[|»]\s", title)[0]
    return (first if len(first.split()) > 1 else title) or None


def publication_line(soup: BeautifulSoup, root: Tag) -> Block | None:
    """Year, number and date of an official publication, which stand beside its text."""
    found = soup.select_one(".logo-nummer .nummer")
    text = clean_line(found.get_text(" ")) if found and root not in found.parents else ""
    return Block(text) if text else None


def strip(root: Tag) -> None:
    """Takes out what is hidden or belongs to the site, not to the text."""
    for tag in [t for t in root.find_all(True) if _is_not_content(t)]:
        if not tag.decomposed:
            tag.decompose()
    for link in root.find_all(["a", "button"]):
        if _SITE_LINE.fullmatch(clean_line(link.get_text(" "))):
            link.decompose()


def without_site_lines(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without those that are the site's own words."""
    return [b for b in blocks if b.role == "row" or not _SITE_LINE.fullmatch(b.text.removeprefix("- "))]


def _is_not_content(tag: Tag) -> bool:
    """Whether an element is hidden or belongs to the site; whatever its name, what holds the page's heading is not."""
    if tag.name in _NOT_CONTENT:
        return tag.name != "button" or not tag.find_parent(["h1", "h2", "h3", "h4", "h5", "h6", "summary"])
    if tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or _HIDDEN.search(str(tag.get("style") or "")):
        return True
    if tag.name in _FRAME:
        return not tag.find(["h1", "h2"]) and not tag.find_parent(["main", "article"])
    names = [str(tag.get("id") or ""), *(str(name) for name in (tag.get("class") or []))]
    named = any(_SITE_PARTS.search(name) or name.lower() in _HIDDEN_NAMES for name in names)
    return (named or tag.get("role") in _FRAME_ROLES) and not tag.find("h1")
