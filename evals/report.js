// The filter over the questions, and links that open the question they lead to. Without this script all is readable.
(() => {
  "use strict";
  const questions = [...document.querySelectorAll("details.vraag")];
  const form = document.getElementById("filter");
  const shown = document.getElementById("getoond");
  const fits = (question, data) =>
    ["kind", "language", "half"].every((name) => !data.get(name) || question.dataset[name] === data.get(name)) &&
    (!data.get("failed") || question.dataset.failed === "ja") &&
    question.querySelector("summary").textContent.toLowerCase().includes(data.get("text").trim().toLowerCase());
  const filter = () => {
    const data = new FormData(form);
    let left = 0;
    for (const question of questions) {
      question.hidden = !fits(question, data);
      left += question.hidden ? 0 : 1;
    }
    shown.textContent = `${left} van ${questions.length} vragen`;
  };
  const follow = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const question = target && target.closest("details.vraag");
    if (!question) return;
    if (question.hidden) form.reset(), filter();
    question.open = true;
    target.scrollIntoView();
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  addEventListener("hashchange", follow);
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const closed of opened) closed.open = true;
  });
  addEventListener("afterprint", () => {
    for (const closed of opened) closed.open = false;
  });
  filter();
  follow();
})();
