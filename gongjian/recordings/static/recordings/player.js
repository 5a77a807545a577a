/* The steps of an examination lead to their place in the film. */
"use strict";
(() => {
  const video = document.querySelector("[data-film]");
  if (!video) return;
  document.querySelectorAll("[data-seek]").forEach((button) => button.addEventListener("click", () => {
    video.currentTime = Number(button.dataset.seek) / 1000;
    video.play();
    video.focus();
  }));
  video.addEventListener("error", () => { document.querySelector("[data-broken]").hidden = false; });
})();
