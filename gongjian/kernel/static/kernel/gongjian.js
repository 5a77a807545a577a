/* What a page does beyond links and forms. Every task also works without this file. */
"use strict";
(() => {
  const WAIT = 800; // milliseconds before anything is said to take long
  const MEGABYTE = 1024 * 1024;
  const byId = (id) => document.getElementById(id);
  let busyTimer = 0;

  function busy(on) {
    clearTimeout(busyTimer);
    const bar = byId("busy");
    if (!bar) return;
    if (on) busyTimer = setTimeout(() => { bar.hidden = false; }, WAIT);
    else bar.hidden = true;
  }

  function announce(text) {
    const region = byId("announce");
    if (!region) return;
    region.textContent = "";
    setTimeout(() => { region.textContent = text; }, 50);
  }

  function focusOn(root) {
    const first = root.querySelector("[data-focus]");
    if (!first) return;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "center" });
  }

  /* A refusal goes into the form or dialog it answers, and leaves what was written as it is. */
  function placeFor(element) {
    const form = element && element.closest && (element.closest("form") || element.closest("dialog"));
    if (!form) return byId("refusal") || document.body.appendChild(makePlace());
    let place = form.querySelector(":scope > .gj-refusal-place");
    if (!place) form.prepend(place = makePlace());
    return place;
  }

  function makePlace() {
    const place = document.createElement("div");
    place.className = "gj-refusal-place";
    place.setAttribute("role", "alert");
    return place;
  }

  function say(place, title, text) {
    const notice = document.createElement("div");
    notice.className = "gj-notice gj-bad";
    const heading = notice.appendChild(document.createElement("p"));
    heading.className = "gj-notice-title";
    heading.textContent = title;
    notice.appendChild(document.createElement("p")).textContent = text;
    place.replaceChildren(notice);
    notice.scrollIntoView({ block: "center" });
  }

  function renew(token) {
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail; // detail.elt is where the event happened, not who asked
    if (xhr.status < 400) return;
    const token = xhr.getResponseHeader("Gongjian-Token");
    if (token) renew(token);
    const ours = xhr.getResponseHeader("Gongjian-Refusal");
    if (!ours && xhr.status < 500) return; // a form shown again with its errors goes where it belongs
    event.detail.target = placeFor(requestConfig.elt);
    event.detail.swapOverride = "innerHTML";
    if (ours) return;
    event.detail.shouldSwap = false;
    say(event.detail.target, "系统出了问题", "这一步没有办成，您填写的内容还在本页。请稍后再试。");
  });
  const unreachable = (event) => say(placeFor(event.detail.requestConfig.elt), "网络不通", "没有连上服务器，您填写的内容还在本页。网络恢复后再按一次按钮。");
  document.addEventListener("htmx:sendError", (event) => { if (event.detail.requestConfig.triggeringEvent) unreachable(event); });
  document.addEventListener("htmx:timeout", (event) => { if (event.detail.requestConfig.triggeringEvent) unreachable(event); });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!event.detail.requestConfig.triggeringEvent) return; // a page that polls stays quiet
    busy(true);
    const form = event.target.closest("form");
    const old = form && form.querySelector(":scope > .gj-refusal-place");
    (old || byId("refusal") || { replaceChildren() {} }).replaceChildren();
  });
  document.addEventListener("htmx:afterRequest", () => busy(false));
  document.addEventListener("htmx:afterSettle", (event) => {
    const element = event.detail.elt;
    focusOn(element);
    const words = element.dataset && element.dataset.announce;
    if (words) announce(words);
  });

  /* Files: their names, sizes, and how much of them has been sent. */
  function showChosen(input) {
    const field = input.closest(".gj-field");
    const list = field && field.querySelector(".gj-chosen");
    if (!list) return;
    const limit = Number(input.dataset.maxMegabytes || 0) * MEGABYTE;
    list.replaceChildren(...Array.from(input.files, (file) => {
      const line = document.createElement("li");
      const size = file.size < MEGABYTE ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / MEGABYTE).toFixed(1)} MB`;
      const tooBig = limit && file.size > limit;
      line.textContent = tooBig ? `${file.name}（${size}）超过了${input.dataset.maxMegabytes}MB，请换一个小一些的文件` : `${file.name}（${size}）`;
      line.classList.toggle("gj-too-big", Boolean(tooBig));
      return line;
    }));
  }
  document.addEventListener("htmx:xhr:progress", (event) => {
    const form = event.target.closest && event.target.closest("form");
    const bar = form && form.querySelector(".gj-upload");
    if (!bar || !event.detail.lengthComputable || !form.querySelector("input[type=file]")) return;
    bar.hidden = event.detail.loaded >= event.detail.total;
    bar.value = (100 * event.detail.loaded) / event.detail.total;
  });
  document.addEventListener("change", (event) => { if (event.target.type === "file") showChosen(event.target); });

  /* A form is sent once, however often its button is pressed. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || form.matches("[hx-post],[hx-put],[hx-patch],[hx-delete],[hx-get]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    busy(true);
    const bar = form.querySelector(".gj-upload");
    if (bar && Array.from(form.querySelectorAll("input[type=file]")).some((input) => input.files.length)) {
      bar.hidden = false;
      bar.removeAttribute("value");
    }
    setTimeout(() => { delete form.dataset.sent; }, 15000);
  });
  window.addEventListener("pageshow", () => {
    busy(false);
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
  });

  /* Dialogs, and menus that close when one looks elsewhere. */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) byId(opener.dataset.opens)?.showModal();
    const closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog")?.close();
    document.querySelectorAll("details[data-closes-outside][open]").forEach((details) => {
      if (!details.contains(event.target)) details.open = false;
    });
    const printer = event.target.closest("[data-prints]");
    if (printer) window.print();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.activeElement && document.activeElement.closest("details[data-closes-outside][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  focusOn(document);
})();
