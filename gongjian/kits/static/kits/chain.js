/* The log of what happens on the device: each event bears the hash of the one before, is signed, and is sealed for the office. */
import * as secrets from "./secrets.js";
import * as vault from "./vault.js";

/* Write one event down; two pages of one device write one after the other. picture: its bytes, for an event that brings one. */
export function append(open, kind, examCode, body, picture = null) {
  return navigator.locks.request(`gongjian-kit-${open.number}`, async () => {
    const { tip } = await vault.kitOf(open.number);
    const shown = picture && { sha256: await secrets.hashOf(picture), data: picture };
    const event = { form: "gj-kit-event-1", kit: open.number, n: tip.n + 1, before: tip.hash, id: crypto.randomUUID(), kind,
      exam_code: examCode, at: new Date().toISOString(), body: shown ? { ...body, sha256: shown.sha256 } : body };
    const told = JSON.stringify(event);
    const data = secrets.bytes(told);
    const hash = await secrets.hashOf(data);
    const sealed = secrets.base64(await secrets.forOffice(open.office, data, `${open.number}/event/${event.n}`));
    if (shown) shown.sealed = await secrets.forOffice(open.office, picture, `${open.number}/file/${shown.sha256}`);
    await vault.put(open, tip.hash, event, { told, hash, sealed, signature: await secrets.signed(open.signer, hash) }, shown);
    open.events.push(event);
    if (shown) open.pictures.set(shown.sha256, picture);
    return event;
  });
}

/* How an examination stands: its sheet as written last, its pictures, whether it is sealed. */
export function standing(open, one) {
  const mine = open.events.filter((each) => each.exam_code === one.exam_code);
  const last = mine.findLast((each) => each.kind === "drafted");
  return {
    content: structuredClone(last ? last.body.content : one.content),
    pictures: mine.filter((each) => each.kind === "pictured").map((each) => each.body.sha256),
    signatures: mine.filter((each) => each.kind === "signed").map((each) => each.body.sha256),
    declared: one.declared || mine.some((each) => each.kind === "declared"),
    sealed: mine.find((each) => each.kind === "sealed"),
    written: Boolean(last),
  };
}
