/* The case sheet: findings, clauses, self-care, grade, pictures, signatures. Every change is an event of the chain at once. */
import { append, standing } from "./chain.js";
import { against } from "./checks.js";
import { badge, button, h, say, show } from "./dom.js";
import { fromCamera, pad } from "./picture.js";
import { seal } from "./sealing.js";
import { base64 } from "./secrets.js";
import { isCode } from "./vault.js";

const QUIET = 700;
const CHOICES = 30;
const BLANK = { injury: "", part: "", side: "", condition: "", measurements: "", diagnosis: "", clause: "", says_none: false, outside_reason: "", sheets: [] };
let unsaved = null;

/* What was typed and is not in the chain yet is put there now. */
export async function settleTyping() {
  const act = unsaved;
  unsaved = null;
  if (act) { clearTimeout(act.timer); await act.write(); }
}

export function sheet(open, one, back) {
  const now = standing(open, one);
  if (now.sealed) return sealedSheet(open, one, now, back);
  if (!now.declared) return declaring(open, one, back);
  const content = now.content;
  const { standard } = open.pack;
  const leave = async () => { await settleTyping(); back(); };

  const write = async () => {
    await append(open, "drafted", one.exam_code, { content: JSON.parse(JSON.stringify(content).toWellFormed()) });
    saved.textContent = "已存入这台设备";
  };
  function changed() {
    saved.textContent = "正在存入……";
    clearTimeout(unsaved?.timer);
    unsaved = { write, timer: setTimeout(settleTyping, QUIET) };
  }
  const saved = h("p", { className: "wb-saved", role: "status" }, now.written ? "已存入这台设备" : "还没有填写");
  const again = async () => { await settleTyping(); sheet(open, one, back); };

  const typed = (of, name, id, label, many = false, optional = false) => h("div", { className: "gj-field wb-grow" },
    h("label", { htmlFor: id }, label, optional && h("span", { className: "gj-optional" }, "（选填）")),
    h(many ? "textarea" : "input", { id, className: "form-control", value: of[name], maxLength: standard.longest, autocomplete: "off", ...(many && { rows: 2 }),
      oninput: ({ target }) => { of[name] = target.value; changed(); } }));
  const isPaired = (code) => Boolean(standard.parts.find(([each]) => each === code)?.[2]);
  const chosen = (of, name, id, label, options, after = () => {}) => h("div", { className: "gj-field" }, h("label", { htmlFor: id }, label),
    h("select", { id, className: "form-select", onchange: ({ target }) => { of[name] = target.value; changed(); after(); } },
      options.map(([value, word]) => h("option", { value, selected: value === of[name] }, word))));
  const ticked = (label, checked, onchange, type = "checkbox", name = "") => h("label", { className: "wb-tick" },
    h("input", { type, name, checked, onchange: ({ target }) => { changed(); onchange(target.checked); } }), h("span", {}, label));

  function finding(each, place) {
    const clause = standard.clauses.find(([number]) => number === each.clause);
    return h("fieldset", { className: "wb-card" }, h("legend", {}, `第${place + 1}项`),
      content.findings.length > 1 && h("button", { type: "button", className: "wb-remove", onclick: () => { content.findings.splice(place, 1); changed(); again(); } }, `去掉第${place + 1}项`),
      h("div", { className: "wb-row" },
        chosen(each, "part", `part-${place}`, "受伤部位", [["", "请选择"], ...standard.parts], () => { each.side = ""; again(); }),
        chosen(each, "side", `side-${place}`, "侧别", [["", "不分"], ...(isPaired(each.part) ? standard.sides : [])])),
      typed(each, "injury", `injury-${place}`, "伤情"),
      typed(each, "condition", `condition-${place}`, "器官功能情况", true),
      each.sheets.map((one) => h("p", { className: "wb-hint" }, `已有测量：${one.title} ${one.lines.map(([label, value]) => label + value).join("，")}`)),
      h("div", { className: "wb-row" }, typed(each, "measurements", `measurements-${place}`, "测量", false, true), typed(each, "diagnosis", `diagnosis-${place}`, "诊断", false, true)),
      clause && h("p", { className: "wb-clause-chosen" }, h("strong", {}, clause[0]), " ", badge(clause[2], "info"), ` ${clause[3]}`),
      clause ? button("去掉条款", () => { each.clause = ""; each.outside_reason = ""; changed(); again(); }) : picker(each, place),
      !clause && ticked("无相应条款", each.says_none, (on) => { each.says_none = on; }),
      one.outside.includes(each.clause) && typed(each, "outside_reason", `outside-${place}`, "所选条款不在工伤认定的部位：与本次工伤的关系"));
  }

  function picker(each, place) {
    const found = h("ul", { className: "kt-clauses" });
    const look = ({ target }) => {
      const words = target.value.trim().split(/\s+/).filter(Boolean);
      const hits = words.length ? standard.clauses.filter(([number, , grade, told]) => words.every((word) => `${number}${grade}${told}`.includes(word))) : [];
      found.replaceChildren(...hits.slice(0, CHOICES).map(([number, , grade, told]) => h("li", {},
        h("button", { type: "button", onclick: () => { each.clause = number; each.says_none = false; changed(); again(); } }, h("strong", {}, number), " ", badge(grade, "info"), ` ${told}`))));
    };
    return h("div", { className: "gj-field" }, h("label", { htmlFor: `clause-${place}` }, "选条款：输入条款里的字或者编号"),
      h("input", { id: `clause-${place}`, className: "form-control", type: "search", autocomplete: "off", oninput: look }), found);
  }

  const selfcare = h("fieldset", { className: "wb-card" }, h("legend", {}, "生活自理：需他人帮助的项目"), h("div", { className: "wb-ticks" },
    standard.items.map(([value, label]) => ticked(label, content.selfcare.includes(value), (on) => {
      content.selfcare = standard.items.map(([name]) => name).filter((name) => (name === value ? on : content.selfcare.includes(name)));
      if (on) content.selfcare_none = false;
      again();
    })),
    ticked("五项均不需他人帮助", content.selfcare_none, (on) => { content.selfcare_none = on; if (on) content.selfcare = []; again(); })));
  const decide = (grade) => () => { content.is_decided = true; content.grade = grade; };
  const grade = h("fieldset", { className: "wb-card" }, h("legend", {}, "我的等级意见"), h("div", { className: "wb-grades" },
    standard.grades.map(([value, label]) => ticked(label, content.is_decided && content.grade === value, decide(value), "radio", "grade")),
    ticked("未达到伤残等级", content.is_decided && content.grade === null, decide(null), "radio", "grade")),
    typed(content, "reason", "reason", "评定理由", true), typed(content, "explanation", "explanation", "对提示的说明", true, true));

  say("");
  show(`检查 ${one.exam_code}`, about(one),
    content.findings.map(finding),
    content.findings.length < standard.most && h("p", {}, button("再加一项伤情", () => { content.findings.push(structuredClone(BLANK)); changed(); again(); }, "btn-outline-primary")),
    selfcare, grade, pictures(open, one, now, again), signature(open, one, now, again),
    h("div", { className: "wb-bar" }, saved, button("返回列表", leave), button("核对并封存", async () => { await settleTyping(); reading(open, one, content, again, back); }, "btn-primary")));
}

/* Before the declaration nothing of the person is shown. */
function declaring(open, one, back) {
  const none = h("input", { type: "checkbox", id: "none", className: "form-check-input", required: true });
  const declare = async (event) => {
    event.preventDefault();
    await append(open, "declared", one.exam_code, {});
    sheet(open, one, back);
  };
  say("");
  show(`回避声明 ${one.exam_code}`, h("form", { className: "gj-panel gj-narrow", onsubmit: declare }, h("h2", {}, "没有利害关系"),
    h("p", {}, "声明之前，本案的任何内容都不打开。见到被鉴定人以后发现应当回避的，不要声明、不要检查，请告诉同行的工作人员，回来后在平台上提出回避。"),
    h("div", { className: "form-check" }, none, h("label", { className: "form-check-label", htmlFor: "none" }, "我声明：就我所知，我与本案当事人没有利害关系，将按标准独立、客观、公正地出具意见。")),
    h("p", { className: "gj-basis" }, "依据：令55 第二十七条、第二十八条"),
    h("div", { className: "gj-buttons" }, h("button", { className: "btn btn-primary" }, "声明并开始检查"), button("返回列表", back))));
}

const about = (one) => h("p", { className: "wb-about" }, h("span", {}, one.room), one.sex && h("span", {}, one.sex), one.age !== null && h("span", {}, `${one.age}岁`),
  one.parts.length > 0 && h("span", {}, `认定部位：${one.parts.join("、")}`));

const shownPicture = (open, sha256, alt, type) => h("li", {}, h("img", { alt, src: `data:${type};base64,${base64(open.pictures.get(sha256))}` }));

function pictures(open, one, now, again) {
  const take = async ({ target }) => {
    if (!target.files.length) return;
    await append(open, "pictured", one.exam_code, {}, await fromCamera(target.files[0]));
    await again();
  };
  return h("fieldset", { className: "wb-card" }, h("legend", {}, "照片"),
    h("ul", { className: "kt-pictures" }, now.pictures.map((each, place) => shownPicture(open, each, `照片${place + 1}`, "image/jpeg"))),
    h("label", { className: "btn btn-outline-primary kt-file" }, "拍一张", h("input", { type: "file", accept: "image/*", capture: "environment", onchange: take })));
}

function signature(open, one, now, again) {
  const field = pad("签名处：用手指或者笔书写");
  const keep = async () => {
    if (field.isEmpty()) { say("请先在签名处签名。"); return; }
    await append(open, "signed", one.exam_code, {}, await field.file());
    await again();
  };
  return h("fieldset", { className: "wb-card" }, h("legend", {}, "被鉴定人签名"), h("p", { className: "gj-help" }, "确认已在现场接受检查。签名不影响鉴定意见。"),
    h("ul", { className: "kt-pictures" }, now.signatures.map((each, place) => shownPicture(open, each, `签名${place + 1}`, "image/png"))),
    field.field, h("div", { className: "gj-buttons" }, button("存下签名", keep, "btn-outline-primary"), button("重写", field.clear)));
}

function read(content, standard) {
  const clause = (number) => standard.clauses.find(([each]) => each === number);
  const part = (each) => (standard.sides.find(([side]) => side === each.side)?.[1] ?? "") + (standard.parts.find(([code]) => code === each.part)?.[1] ?? "");
  const grade = content.grade === null ? "未达到伤残等级" : standard.grades.find(([value]) => value === content.grade)?.[1];
  const lines = content.findings.flatMap((each, place) => [
    [`第${place + 1}项`, `${part(each)} ${each.injury}`], ["器官功能情况", each.condition], ["测量", each.measurements], ["诊断", each.diagnosis],
    ["条款", each.clause ? `${each.clause} ${clause(each.clause)?.[3] ?? ""}` : "无相应条款"], ["与本次工伤的关系", each.outside_reason]]);
  const help = standard.items.filter(([value]) => content.selfcare.includes(value)).map(([, label]) => label).join("、");
  lines.push(["生活自理", help || "五项均不需他人帮助"], ["等级意见", content.is_decided ? grade : ""], ["评定理由", content.reason], ["对提示的说明", content.explanation]);
  return h("dl", { className: "kt-two" }, lines.filter(([, told]) => told).map(([label, told]) => h("div", {}, h("dt", {}, label), h("dd", {}, told))));
}

function reading(open, one, content, again, back) {
  const stands = against(content, one, open.pack.standard);
  const code = h("input", { id: "seal-code", className: "form-control", type: "password", autocomplete: "off" });
  const press = async (event) => {
    event.preventDefault();
    const pressed = event.submitter;
    pressed.disabled = true;
    if (await isCode(open.number, code.value)) {
      await seal(open, one, content);
      say("意见已在这台设备上签名封存，联网后自动上传。", "good");
      back();
    } else { say("设备口令不对，没有封存。您写的内容都还在。"); pressed.disabled = false; code.value = ""; code.focus(); }
  };
  say("");
  show(`核对并封存 ${one.exam_code}`, about(one), h("section", { className: "gj-panel" }, h("h2", {}, "我的意见"), read(content, open.pack.standard)),
    stands.length ? h("section", { className: "gj-panel" }, h("h2", {}, "还不能封存"), h("ul", { className: "kt-against" }, stands.map((each) => h("li", {}, each))), button("返回补充", again, "btn-primary"))
      : h("form", { className: "gj-panel", onsubmit: press }, h("h2", {}, "签名封存"), h("p", {}, "封存之后不能修改。上传之后，全体成员封存之前，任何人都看不到。"),
        h("div", { className: "gj-field" }, h("label", { htmlFor: "seal-code" }, "设备口令"), h("p", { className: "gj-help" }, "口令用来打开您授权给这台设备的签名密钥，代替手写签名。"), code),
        h("p", { className: "gj-basis" }, "依据：令55 第十五条、第三十四条"),
        h("div", { className: "gj-buttons" }, h("button", { className: "btn btn-primary" }, "签名并封存"), button("返回修改", again))));
}

function sealedSheet(open, one, now, back) {
  say("");
  show(`已封存 ${one.exam_code}`, h("section", { className: "gj-panel gj-narrow" }, h("p", {}, "意见已在这台设备上签名封存，不能再改。"),
    h("p", { className: "wb-hash" }, "校验值 ", h("code", {}, now.sealed.body.hash)), button("返回列表", back, "btn-primary")));
}
