/* The kit's page: what lies on this device, opening it, the list of examinations, sending, giving back, forgetting in time. */
import { standing } from "./chain.js";
import { badge, button, h, say, show } from "./dom.js";
import { SignIn, giveBack, send } from "./line.js";
import { settleTyping, sheet } from "./sheet.js";
import * as vault from "./vault.js";

const { home, worker, scope } = document.body.dataset;
const EVERY = 20000;
const IDLE = 15 * 60000;
let open = null;
let line = "";

const moment = (time) => new Date(time).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

function tellLine(told = line) {
  line = told;
  document.getElementById("line").textContent = `${navigator.onLine ? "有网络" : "没有网络"}${line ? ` · ${line}` : ""}`;
}

/* What is on the device without its code: numbers and times, and how much is still to be sent. */
async function listed() {
  open = null;
  const all = await vault.kits();
  const cards = await Promise.all(all.map(async (kit) => card(kit, (await vault.outgoing(kit.number)).length)));
  show("离线工作包", cards.length ? cards : h("section", { className: "gj-panel" }, h("h2", {}, "这台设备上没有工作包"),
    h("p", {}, "有网络的时候，从专家工作台的“离线工作包”带走。"), h("p", {}, h("a", { className: "btn btn-primary", href: home }, "去带走"))));
}

function card(kit, unsent) {
  const title = h("h2", {}, "工作包 ", h("span", { className: "wb-code" }, kit.number), " ", kit.lock ? badge("已锁上", "info") : badge("已到期", "warn"));
  const left = h("p", {}, unsent ? `还有${unsent}条记录没有上传，联网后自动上传。` : "没有要上传的记录。");
  if (!kit.lock) return h("section", { className: "gj-panel" }, title, h("p", {}, "检查内容已经从这台设备上清除。"), left, !unsent && button("从列表去掉", async () => { await vault.remove(kit.number); await listed(); }));
  const code = h("input", { id: `code-${kit.number}`, className: "form-control", type: "password", autocomplete: "off", autocapitalize: "characters", required: true });
  return h("form", { className: "gj-panel", onsubmit: (event) => { event.preventDefault(); enter(kit, code); } }, title, h("p", {}, `到${moment(kit.expires)}为止。`), left,
    h("div", { className: "gj-field" }, h("label", { htmlFor: code.id }, "设备口令"), h("p", { className: "gj-help" }, "带走时给您的那一个，大小写和空格不论。"), code), h("button", { className: "btn btn-primary" }, "打开"));
}

async function enter(kit, code) {
  say("");
  if (await over(kit)) return;
  try { open = await vault.open(kit.number, code.value); } catch { say("口令不对，没有打开。请核对带走时抄下的口令；忘记了的，请联系办公室再查一次。"); code.value = ""; code.focus(); return; }
  examinations();
}

async function over(kit) {
  if (!kit.lock || !(await vault.isOver(kit))) return false;
  await vault.forget(kit.number);
  await listed();
  say("工作包已经到期，检查内容已从这台设备上清除。没有上传的记录联网后仍会上传。");
  return true;
}

function examinations() {
  show("今天的检查", h("ul", { className: "wb-lines" }, open.pack.cases.map((one) => {
    const now = standing(open, one);
    return h("li", { className: "wb-line" }, h("div", { className: "wb-line-who" }, h("p", { className: "wb-code" }, one.exam_code), h("p", { className: "wb-place" }, one.room)),
      h("p", { className: "wb-line-state" }, now.sealed ? badge("已封存", "good") : now.written ? badge("已填写", "info") : badge("未填写")),
      button(now.sealed ? "查看" : "检查", () => sheet(open, one, examinations), now.sealed ? "btn-outline-primary" : "btn-primary"));
  })), h("div", { className: "gj-buttons" }, button("立即上传", () => sendAll(true), "btn-outline-primary"), button("锁上", listed), button("交回工作包", comeBack)));
}

async function comeBack() {
  if (!window.confirm("交回之后，这台设备上不再有这个工作包的任何内容。没有封存的检查可以在平台上接着做。现在交回？")) return;
  try { await giveBack(home, open.number); await listed(); say("工作包已经交回，这台设备上的内容已经清除。", "good"); } catch (error) { sayWhy(error); }
}

const signIn = () => h("p", {}, h("a", { className: "btn btn-primary", href: home, target: "_blank", rel: "noopener" }, "去登录"));
const sayWhy = (error) => say(reasonOf(error), "warn", ...(error instanceof SignIn ? [signIn()] : []));
const reasonOf = (error) => (error instanceof SignIn ? "请先登录，再回到这里上传。登录在新的标签页里，这里写的内容都还在。" : error.name === "TypeError" ? "现在连不上平台。记录都在这台设备上，联网后自动上传。" : error.message);

/* Send what waits of every kit, opened or not. Asked for by hand it says what came of it. */
async function sendAll(isAsked = false) {
  await settleTyping();
  for (const { number } of await vault.kits()) {
    if (!isAsked && !(await vault.outgoing(number)).length && !(await vault.files(number)).length) continue;
    try {
      const { stages } = await send(home, number);
      const conflicts = Object.values(stages).reduce((sum, each) => sum + each.conflict, 0);
      tellLine("已全部上传");
      if (conflicts) say(`带回的记录里有${conflicts}处冲突，没有覆盖任何一处。请回到平台的“离线工作包”处理。`);
      else if (isAsked) say("已全部上传。", "good");
    } catch (error) {
      tellLine(error instanceof SignIn ? "待登录上传" : "待上传");
      if (isAsked) sayWhy(error);
    }
  }
}

async function inTime() {
  for (const kit of await vault.kits()) await over(kit);
}

/* Left lying open, the kit locks itself; what was typed is put away first. */
let idle;
function touched() {
  clearTimeout(idle);
  idle = setTimeout(async () => { if (open) { await settleTyping(); await listed(); say("一段时间没有操作，已经锁上。"); } }, IDLE);
}
["pointerdown", "keydown"].forEach((kind) => addEventListener(kind, touched, { passive: true }));
addEventListener("online", () => { tellLine(); sendAll(); });
addEventListener("offline", () => tellLine());
document.addEventListener("visibilitychange", () => { if (document.hidden) settleTyping(); else if (navigator.onLine) sendAll(); });
setInterval(async () => { await inTime(); if (navigator.onLine) await sendAll(); }, EVERY);

await navigator.serviceWorker?.register(worker, { scope });
tellLine();
await listed();
await inTime();
if (navigator.onLine) await sendAll();
