/* Taking a kit out: this device makes a key, the office gives what goes along and the code, and everything is put away encrypted. */
import { newSigner, publicHalf } from "./secrets.js";
import { fill } from "./vault.js";

const grouped = (code) => code.match(/.{1,4}/g).join(" ");

/* One key for each page: an answer that was lost on the way is asked for again, and is the same kit. */
let pair;

async function take(form) {
  pair ??= await newSigner();
  const body = new FormData(form);
  body.set("key", await publicHalf(pair));
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } });
  const told = answer.type === "opaqueredirect" ? { message: "登录已过期，请重新登录。" } : await answer.json();
  if (!answer.ok) throw new Error(told.message);
  await fill(told, pair);
  return told;
}

async function keepPage() {
  await navigator.serviceWorker.register(new URL("device/worker.js", new URL(location.pathname, location)), { scope: "device/" });
}

/* A device that goes out holds no session of the office: who finds it is nobody there. */
async function signOut(form) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  await fetch(form.dataset.leaves, { method: "POST", body, redirect: "manual" });
}

function shown(told) {
  const place = document.getElementById("taken");
  document.getElementById("code").textContent = grouped(told.code);
  document.getElementById("until").textContent = new Date(told.expires).toLocaleString("zh-CN", { dateStyle: "medium", timeStyle: "short" });
  place.hidden = false;
  place.focus();
}

for (const form of document.querySelectorAll("form.kt-take")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector(".kt-said"), button = form.querySelector("button");
    said.textContent = "";
    button.disabled = true;
    try {
      if (!window.isSecureContext || !navigator.serviceWorker) throw new Error("这个浏览器不能离线保存。请用 HTTPS 地址，并更新浏览器。");
      await keepPage();
      const told = await take(form);
      await signOut(form);
      for (const each of document.querySelectorAll("form.kt-take")) each.hidden = true;
      shown(told);
    } catch (error) {
      said.textContent = error.name === "NotSupportedError" ? "这个浏览器太旧，不能签名。请更新浏览器，或者换一台设备。" : error.message;
      button.disabled = false;
    }
    form.elements.password.value = "";
  });
}
