/* The call screen speaks, where the browser can and somebody has pressed the button once: browsers let no page speak by itself. */
"use strict";
(() => {
  const voice = window.speechSynthesis;
  const button = document.querySelector("[data-voice]");
  if (!voice || !button) return;
  const said = new Set();
  const calls = () => document.querySelectorAll("[data-call]");

  function speak(text) {
    const words = new SpeechSynthesisUtterance(text);
    words.lang = "zh-CN";
    words.rate = 0.9;
    voice.speak(words);
  }

  function look(aloud) {
    calls().forEach((each) => {
      if (said.has(each.dataset.call)) return;
      said.add(each.dataset.call);
      if (aloud) speak(each.dataset.says);
    });
  }

  const isOn = () => button.getAttribute("aria-pressed") === "true";
  button.hidden = false;
  button.addEventListener("click", () => {
    const on = !isOn();
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "关闭语音" : "打开语音";
    if (on) speak("语音已打开。");
    else voice.cancel();
  });
  look(false);
  document.addEventListener("htmx:afterSettle", () => look(isOn()));
})();
