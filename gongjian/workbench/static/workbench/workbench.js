/* Turning leaves by keyboard, and keeping the place of the screen when the form is drawn anew. Everything works without it. */
"use strict";
(() => {
  const WRITES = "input, textarea, select, [contenteditable]";

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest(WRITES)) return;
    const key = event.key === "=" ? "+" : event.key === "PageDown" ? "ArrowRight" : event.key === "PageUp" ? "ArrowLeft" : event.key;
    const link = document.querySelector(`#_paper [data-key="${CSS.escape(key)}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });

  /* The page marks its own saves, so that an answer lost on the way is not taken for another device. */
  const page = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb === "post" && event.detail.elt.closest("#_opinion")) event.detail.parameters.page = page;
  });

  /* While the answer that draws the form anew is on its way, nothing can be written that it would wipe out. */
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target.id === "_opinion") event.detail.target.inert = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.target.id === "_opinion") event.detail.target.inert = false;
  });

  /* "None of the five" and the five exclude each other. */
  document.addEventListener("change", (event) => {
    if (!event.target.checked) return;
    const form = event.target.form;
    if (event.target.name === "selfcare_none") form.querySelectorAll("[name=selfcare]").forEach((box) => { box.checked = false; });
    if (event.target.name === "selfcare") form.querySelectorAll("[name=selfcare_none]").forEach((box) => { box.checked = false; });
  }, true);

  /* Inputs that do not concern the chosen joint are put away at once; the server does not read them either. */
  document.addEventListener("change", (event) => {
    for (const row of document.querySelectorAll(`[data-only-of="${CSS.escape(event.target.name || "")}"]`)) {
      row.hidden = Boolean(event.target.value) && !row.dataset.only.split(" ").includes(event.target.value);
    }
  });

  /* The next leaf is fetched while this one is read. */
  const ahead = new Image();
  function fetchNext() {
    const next = document.querySelector("#_paper .wb-leaf img[data-next]");
    if (next) ahead.src = next.dataset.next;
  }
  document.addEventListener("htmx:afterSettle", fetchNext);
  window.addEventListener("load", fetchNext);
})();
