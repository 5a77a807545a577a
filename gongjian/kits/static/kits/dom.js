/* Making elements from plain words; text is always text. */
export function h(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && name !== "list") made[name] = value;
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((each) => each != null && each !== false));
  return made;
}

export const button = (label, onclick, sort = "btn-outline-secondary") => h("button", { type: "button", className: `btn ${sort}`, onclick }, label);
export const badge = (label, sort = "neutral") => h("span", { className: `gj-badge gj-${sort}` }, label);

/* Say something where it is seen and heard; "" takes it away. more: what one can press about it. */
export function say(sentence, sort = "warn", ...more) {
  const place = document.getElementById("said");
  place.replaceChildren(...(sentence ? [h("div", { className: `gj-notice gj-${sort}` }, h("p", {}, sentence), ...more)] : []));
}

export function show(title, ...children) {
  document.getElementById("title").textContent = title;
  document.getElementById("room").replaceChildren(...children.flat().filter(Boolean));
}
