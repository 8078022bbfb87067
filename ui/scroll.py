"""The scrolling that Streamlit has no word for, as scripts that hold no text of any document or question."""

from __future__ import annotations

import re


def to_quote(name: str) -> str:
    """Brings the mark of an opened section into view and moves the keyboard there, once the section is drawn."""
    return _TO_QUOTE.replace("NAME", re.sub(r"[^a-z0-9-]", "", name))


def to_mark(page: int, left: float, top: float) -> str:
    """Brings the mark on the picture of a page into view, once that has loaded; places are shares of the picture."""
    return _TO_MARK.replace("PAGE", str(int(page))).replace("LEFT", f"{left:.4f}").replace("TOP", f"{top:.4f}")


def to_question(turn: int) -> str:
    """Puts the question of a turn at the top of the page.

    While the answer comes in there may be too little below the question for that; this holds on meanwhile, and lets
    go as soon as the reader does anything.
    """
    return _TO_QUESTION.replace("NUMBER", str(turn))


def to_part(name: str) -> str:
    """Brings the heading of a part of the page to the top and moves the keyboard there, as a link within it would.

    `name` is the key of the part; of one that is drawn again it must differ, for Streamlit runs a script only once.
    """
    return _TO_PART.replace("NAME", re.sub(r"[^a-z0-9-]", "", name))


def speak(language: str) -> str:
    """States the language of the page, by which screen readers choose their voice; Streamlit states English."""
    return f'<script>document.documentElement.lang = "{re.sub("[^a-z]", "", language)}";</script>'


_TO_QUOTE = """<script>
(() => {
  let waited = 0;
  const show = () => {
    const text = document.getElementById("NAME");
    if (!text) { if (waited++ < 300) requestAnimationFrame(show); return; }
    const mark = text.querySelector("mark");
    let box = text;
    while (box.parentElement && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
    const below = mark ? mark.getBoundingClientRect().top - box.getBoundingClientRect().top : 0;
    box.scrollTop = mark ? box.scrollTop + below - box.clientHeight / 3 : 0;
    (mark || text).focus({ preventScroll: true });
  };
  show();
})();
</script>"""

_TO_MARK = """<script>
(() => {  // page PAGE
  let waited = 0;
  const show = () => {
    const picture = document.querySelector(".st-key-panel-page img");
    if (!picture?.complete || !picture.naturalHeight) { if (waited++ < 300) requestAnimationFrame(show); return; }
    let box = picture;
    while (box.parentElement && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
    const shown = picture.getBoundingClientRect(), frame = box.getBoundingClientRect();
    box.scrollTop += shown.top + shown.height * TOP - frame.top - box.clientHeight / 3;
    box.scrollLeft += shown.left + shown.width * LEFT - frame.left - 8;
  };
  show();
})();
</script>"""

_TO_QUESTION = """<script>
(() => {
  let held = true;
  const letGo = () => { held = false; };
  for (const name of ["wheel", "touchstart", "pointerdown", "keydown"])
    addEventListener(name, letGo, { once: true, passive: true, capture: true });
  const until = performance.now() + 1500;
  const show = () => {
    const question = document.querySelector(".st-key-question-NUMBER");
    if (held && question) question.scrollIntoView({ block: "start" });
    if (held && performance.now() < until) requestAnimationFrame(show);
  };
  show();
})();
</script>"""

_TO_PART = """<script>
(() => {
  let waited = 0;
  const show = () => {
    const heading = document.querySelector(".st-key-NAME :is(h2, h3)");
    if (!heading) { if (waited++ < 300) requestAnimationFrame(show); return; }
    heading.tabIndex = -1;
    heading.scrollIntoView({ block: "start" });
    heading.focus({ preventScroll: true });
  };
  show();
})();
</script>"""
