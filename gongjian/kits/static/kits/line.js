/* The line to the office: what waits is sent, in order, as often as it takes. Sending needs no code: what is sent is sealed already. */
import * as vault from "./vault.js";

const AT_ONCE = 40;
export class SignIn extends Error {}
export class Refused extends Error {}

async function asked(address, options = {}) {
  const answer = await fetch(address, { redirect: "manual", cache: "no-store", ...options, headers: { Accept: "application/json", ...options.headers } });
  if (answer.type === "opaqueredirect") throw new SignIn();
  const told = await answer.json();
  if (!answer.ok) throw new Refused(told.message);
  return told;
}

const post = (address, token, body, type) => asked(address, { method: "POST", body, headers: { "X-CSRFToken": token, "Content-Type": type } });

/* Send everything of a kit; how far the office has it. Throws SignIn, Refused, or a network's own error. Nothing is lost by any of them. */
export function send(home, number) {
  return navigator.locks.request(`gongjian-line-${number}`, async () => {
    let far = await asked(`${home}${number}/line/`);
    const { token } = far;
    for (const { sha256, sealed } of await vault.files(number)) {
      await post(`${home}${number}/files/${sha256}/`, token, sealed, "application/octet-stream");
      await vault.sentFile(number, sha256);
    }
    await vault.sentEvents(number, far.next);
    for (let waiting = await vault.outgoing(number); waiting.length; waiting = await vault.outgoing(number)) {
      const events = waiting.slice(0, AT_ONCE).map(({ n, sealed, signature }) => ({ n, sealed, signature }));
      const before = far.next;
      far = await post(`${home}${number}/bring/`, token, JSON.stringify({ events }), "application/json");
      await vault.sentEvents(number, far.next);
      if (far.next === before) throw new Refused("平台没有收下这台设备的记录，请联系工作人员核对。");
    }
    return { ...far, token };
  });
}

/* Tell the office that the kit is back, and forget it here. */
export async function giveBack(home, number) {
  const { token } = await send(home, number);
  const answer = await fetch(`${home}${number}/end/`, { method: "POST", redirect: "manual", headers: { "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded" }, body: "how=returned" });
  if (answer.type !== "opaqueredirect") throw new Refused("没有交回成功，请稍后再试。");
  await vault.remove(number);
}

