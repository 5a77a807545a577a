/* A sitting is dragged to another day of the calendar: the page that says what this means opens; nothing is changed by the dragging itself. */
"use strict";
(() => {
  let dragged = null;
  const cellOf = (event) => event.target.closest?.("[data-day]");
  const mark = (cell) =>
    document.querySelectorAll(".gj-over").forEach((each) => each !== cell && each.classList.remove("gj-over"));

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-move]") ?? null;
    if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.move);
  });
  document.addEventListener("dragover", (event) => {
    const cell = cellOf(event);
    if (!dragged || !cell) return;
    event.preventDefault();
    mark(cell);
    cell.classList.add("gj-over");
  });
  document.addEventListener("drop", (event) => {
    const cell = cellOf(event);
    if (!dragged || !cell) return;
    event.preventDefault();
    location.assign(`${dragged.dataset.move}?day=${cell.dataset.day}`);
  });
  document.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });
})();
