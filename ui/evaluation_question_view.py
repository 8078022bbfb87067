"""One question of a run on the evaluation page, with what was expected, found and answered. Layout only."""

from __future__ import annotations

import streamlit as st

from assistant.language import Language
from ui.chat import label
from ui.evaluation_figures import word
from ui.evaluation_question import QuestionView, hits_html, marks_html
from ui.messages import text


def draw_question(view: QuestionView, language: Language) -> None:
    """Draws what was expected, found and answered, one under the other, and brings it into view."""
    with st.container(key="evaluation-question"):
        st.subheader(label(view.listed.question), anchor=False)
        st.caption(label(" · ".join(view.facts)))
        for earlier in view.history:
            st.text(text("evaluation-earlier", language, question=earlier))
        _outcome(view, language)
        _expected(view, language)
        _found(view, language)
        _answered(view, language)
        if view.figures:
            st.caption(label(" · ".join(f"{name}: {value}" for name, value in view.figures)))
    st.html(_TO_QUESTION.replace("NAME", view.listed.id.encode().hex()), unsafe_allow_javascript=True)


def _outcome(view: QuestionView, language: Language) -> None:
    if view.listed.why:
        reasons = "  \n".join(label(word("why", reason, language)) for reason in view.listed.why)
        st.error(reasons, icon=":material/close:")
    else:
        st.success(text("evaluation-right", language), icon=":material/check:")


def _expected(view: QuestionView, language: Language) -> None:
    _title("expected", language)
    if not view.answerable:
        st.text(text("evaluation-should-abstain", language))
    else:
        where = "; ".join(view.documents)
        sections = ", ".join(view.sections)
        key = "evaluation-should-cite" if sections else "evaluation-should-cite-document"
        st.text(text(key, language, documents=where, sections=sections))
        st.markdown(text("evaluation-evidence", language))
        st.html(marks_html(view.evidence, language))
        if view.expected_facts:
            st.markdown(text("evaluation-facts", language))
            st.html(marks_html(view.expected_facts, language))
    if view.note:
        st.caption(label(text("evaluation-note", language, note=view.note)))


def _found(view: QuestionView, language: Language) -> None:
    _title("found", language)
    if view.standalone:
        st.caption(label(text("standalone", language, question=view.standalone)))
    if view.hits:
        st.html(hits_html(view.hits))
    else:
        st.text(text("evaluation-found-nothing", language))


def _answered(view: QuestionView, language: Language) -> None:
    _title("answered", language)
    if view.outcome == "error":
        st.text(view.error or text("evaluation-no-answer", language))
    elif view.outcome == "abstained":
        st.text(text("evaluation-abstained", language))
        st.text(view.reason or "")
        for place in view.nearest:
            st.text(f"– {place}")
    with st.container(key="evaluation-answer", gap="xxsmall"):
        for sentence in view.sentences:
            st.text(sentence)
    if view.quotes:
        st.markdown(f"**{text('sources', language)}**")
    with st.container(key="evaluation-sources", gap="xxsmall"):
        for quote in view.quotes:
            st.caption(label(f"[{quote.number}] {quote.place}"))
            if quote.text:
                st.text(quote.text)


def _title(name: str, language: Language) -> None:
    st.markdown(f"#### {text(f'evaluation-{name}', language)}")


_TO_QUESTION = """<script>
(() => {  // NAME
  const title = document.querySelector(".st-key-evaluation-question h3");
  if (title) { title.tabIndex = -1; title.scrollIntoView({ block: "center" }); title.focus({ preventScroll: true }); }
})();
</script>"""
