/* The self-service machine: keys on the screen, and back to the start when nobody touches it. Every step also works without this file. */
"use strict";
(() => {
  const START = "/reception/kiosk/";
  const input = document.querySelector("[data-kiosk] input.form-control");
  const page = document.querySelector("[data-returns]");
  const countdown = document.querySelector("[data-countdown]");

  document.querySelectorAll(".rc-keys, .rc-letters").forEach((each) => { each.hidden = false; });
  document.addEventListener("click", (event) => {
    const key = event.target.closest("[data-types]");
    if (!key || !input) return;
    if (key.dataset.types === "back") input.value = input.value.slice(0, -1);
    else if (input.maxLength < 0 || input.value.length < input.maxLength) input.value += key.dataset.types;
    input.focus();
  });

  /* A step that was left alone shows nothing of who stood here: the page goes, and the back button brings nothing back. */
  const pause = page ? Number(page.dataset.returns) : 0;
  let left = pause;
  ["pointerdown", "keydown"].forEach((kind) => document.addEventListener(kind, () => { left = pause; }));
  if (pause) {
    setInterval(() => {
      left -= 1;
      if (countdown) countdown.textContent = `${Math.max(0, left)}秒后回到开始`;
      if (left <= 0) location.replace(START);
    }, 1000);
  }
  /* The first step too: what somebody began to type and left. */
  if (!pause && input) {
    let last = Date.now();
    document.addEventListener("keydown", () => { last = Date.now(); });
    document.addEventListener("pointerdown", () => { last = Date.now(); });
    setInterval(() => { if (input.value && Date.now() - last > 30000) input.value = ""; }, 1000);
  }
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.replace(START); });
})();
