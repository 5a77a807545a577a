/* Keeps what was written in a form until the server has accepted it, in this tab only and for this person only.
   Never kept: passwords, hidden fields, files, one-time codes, anything with data-keep="no" on it or on its form. */
"use strict";
(() => {
  const PREFIX = "gongjian:";
  const DAY = 24 * 3600 * 1000;
  const SKIPPED = new Set(["password", "hidden", "file", "submit", "button", "reset", "image"]);
  const person = document.documentElement.dataset.person || "";
  const dirty = new Set();
  const bases = new WeakMap();
  const store = (() => { try { return window.sessionStorage; } catch { return null; } })();
  if (!store) return;

  const drafts = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));
  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const write = (key, draft) => { try { store.setItem(key, JSON.stringify(draft)); } catch { /* full: the page itself still holds it */ } };

  function forget(wanted) {
    drafts().forEach((key) => { const draft = read(key); if (!draft || wanted(draft, key)) store.removeItem(key); });
  }

  function forgetAccepted() {
    const cookie = document.cookie.split("; ").find((part) => part.startsWith("gongjian_accepted="));
    if (!cookie) return;
    const accepted = cookie.split("=")[1];
    forget((draft) => draft.id === accepted);
    document.cookie = "gongjian_accepted=; Max-Age=0; Path=/; SameSite=Lax";
  }

  const kept = (form) => form.method === "post" && form.dataset.keep !== "no" && person !== "";
  const fields = (form) => Array.from(form.elements).filter((field) =>
    field.name && !SKIPPED.has(field.type) && field.tagName !== "FIELDSET" && field.tagName !== "BUTTON" &&
    field.dataset.keep !== "no" && field.autocomplete !== "one-time-code");
  const mark = (field) => (field.type === "checkbox" || field.type === "radio" ? `${field.name}=${field.value}` : field.name);
  const value = (field) =>
    field.type === "checkbox" || field.type === "radio" ? field.checked
      : field.multiple ? Array.from(field.selectedOptions, (option) => option.value) : field.value;
  const keyOf = (form) => `${PREFIX}${person}:${location.pathname}:${form.getAttribute("action") || ""}:${form.id}`;
  const values = (form) => fields(form).map((field) => [mark(field), value(field)]);
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  /* What the server showed: when it has changed since, a draft is offered, never put over it silently. */
  function base(form) {
    const hidden = Array.from(form.elements)
      .filter((field) => field.type === "hidden" && field.name !== "csrfmiddlewaretoken" && field.name !== "_draft")
      .map((field) => [field.name, field.value]);
    return JSON.stringify([hidden, values(form)]);
  }

  function fill(form, draft) {
    const written = new Map(draft.values);
    fields(form).forEach((field) => {
      if (!written.has(mark(field))) return;
      const text = written.get(mark(field));
      if (field.type === "checkbox" || field.type === "radio") field.checked = text;
      else if (field.multiple) Array.from(field.options).forEach((option) => { option.selected = text.includes(option.value); });
      else field.value = text;
    });
  }

  function notice(form, text, buttons) {
    const box = document.createElement("div");
    box.className = "gj-notice gj-info gj-draft";
    box.setAttribute("role", "status");
    box.appendChild(document.createElement("p")).textContent = text;
    const row = box.appendChild(document.createElement("div"));
    row.className = "gj-buttons";
    buttons.forEach(([label, act]) => {
      const button = row.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "btn btn-outline-primary";
      button.textContent = label;
      button.addEventListener("click", () => { act(); box.remove(); });
    });
    form.prepend(box);
  }

  function offer(form, draft, key) {
    const when = new Date(draft.at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
    const drop = () => { store.removeItem(key); dirty.delete(form); };
    if (draft.base === bases.get(form)) {
      fill(form, draft);
      dirty.add(form);
      notice(form, `您${when}写的内容还没有提交成功，已经填回下面。`, [["清除填回的内容", () => { form.reset(); drop(); }]]);
      return;
    }
    notice(form, `您${when}写的内容没有提交成功，而这一页的内容后来有了变化。请先看现在的内容，再决定要不要填回。`,
      [["填回我写的内容", () => { fill(form, draft); dirty.add(form); }], ["不要了", drop]]);
  }

  function draftId(form) {
    let input = form.querySelector("input[name=_draft]");
    if (!input) {
      input = document.createElement("input");
      input.type = "hidden";
      input.name = "_draft";
      input.value = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
      form.append(input);
    }
    return input.value;
  }

  let signsOut = false;
  function keep(form) {
    if (signsOut || !kept(form) || !form.isConnected) return;
    write(keyOf(form), { id: draftId(form), at: Date.now(), base: bases.get(form), values: values(form) });
  }

  function begin(form) {
    if (bases.has(form) || !kept(form)) return;
    bases.set(form, base(form));
    draftId(form);
    const key = keyOf(form);
    const draft = read(key);
    if (!draft) return;
    const refused = form.querySelector(".is-invalid, .gj-errors, .gj-error") !== null;
    if (refused) keep(form); // the server shows again what was sent: that is now the draft
    else if (same(draft.values, values(form))) store.removeItem(key);
    else offer(form, draft, key);
  }

  const beginAll = (root) => root.querySelectorAll("form").forEach(begin);
  let timer = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || form.method !== "post" || form.dataset.warn === "no") return;
    dirty.add(form);
    clearTimeout(timer);
    timer = setTimeout(() => keep(form), 300);
  });
  document.addEventListener("submit", (event) => {
    const leaves = !event.defaultPrevented && !event.target.matches("[hx-post],[hx-put],[hx-patch],[hx-get]");
    if (event.target.matches("[data-signs-out]")) {
      signsOut = true; // what was typed a moment ago is not kept after all, while the answer is on its way
      forget(() => true);
    } else dirty.forEach(keep);
    if (leaves) dirty.clear();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.requestConfig.elt.closest("form"); // who asked; by now it may be gone from the page
    if (!form || !event.detail.successful || form.method !== "post") return;
    const answer = event.detail.xhr.responseText || "";
    if (/is-invalid|gj-error/.test(answer)) return;
    dirty.delete(form);
    store.removeItem(keyOf(form));
  });
  document.addEventListener("htmx:afterSettle", (event) => beginAll(event.detail.elt));
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-leaves]")) return;
    dirty.forEach(keep);
    dirty.clear();
  });
  window.addEventListener("pagehide", () => dirty.forEach(keep));
  window.addEventListener("beforeunload", (event) => {
    dirty.forEach((form) => { if (!form.isConnected) dirty.delete(form); });
    if (dirty.size) event.preventDefault();
  });

  forgetAccepted();
  forget((draft, key) => Date.now() - draft.at > DAY || (person !== "" && !key.startsWith(`${PREFIX}${person}:`)));
  beginAll(document);
})();
