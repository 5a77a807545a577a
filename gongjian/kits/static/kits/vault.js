/* What lies on the device. Four shelves: kits (numbers, times, the wrapped key; nothing personal), records (encrypted under the key),
   outgoing and files (sealed for the office). Everything that belongs together is put down together or not at all. */
import * as secrets from "./secrets.js";

const SHELVES = { kits: "number", records: ["kit", "name"], outgoing: ["kit", "n"], files: ["kit", "sha256"] };
let opening;

function database() {
  opening ??= new Promise((done, failed) => {
    const asked = indexedDB.open("gongjian-kits", 1);
    asked.onupgradeneeded = () => Object.entries(SHELVES).forEach(([name, keyPath]) => asked.result.createObjectStore(name, { keyPath }));
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opening;
}

/* Run `act` on the shelves in one transaction; what it asks for is answered when all of it lies on the disk. */
async function together(mode, act) {
  const base = await database();
  return new Promise((done, failed) => {
    const work = base.transaction(Object.keys(SHELVES), mode, { durability: "strict" });
    const asked = act(...Object.keys(SHELVES).map((name) => work.objectStore(name)));
    work.oncomplete = () => done(asked?.result);
    work.onerror = work.onabort = () => failed(work.error ?? new Error("这台设备的另一个页面刚刚写过，请重新打开工作包。"));
  });
}

const ofKit = (number) => IDBKeyRange.bound([number], [number, []]);

export const kits = () => together("readonly", (shelf) => shelf.getAll());
export const kitOf = (number) => together("readonly", (shelf) => shelf.get(number));
export const outgoing = (number) => together("readonly", (a, b, shelf) => shelf.getAll(ofKit(number)));
export const files = (number) => together("readonly", (a, b, c, shelf) => shelf.getAll(ofKit(number)));
export const sentEvents = (number, next) => together("readwrite", (a, b, shelf) => shelf.delete(IDBKeyRange.bound([number], [number, next], false, true)));
export const sentFile = (number, sha256) => together("readwrite", (a, b, c, shelf) => shelf.delete([number, sha256]));
export const note = (kit) => together("readwrite", (shelf) => shelf.put(kit));

/* Put a kit into this device: what was packed, and the key that signs, both under a key that only the code opens. */
export async function fill(pack, pair) {
  const { code, ...rest } = pack;
  const { key, lock } = await secrets.newLock(code, pack.number);
  const put = async (name, data) => ({ kit: pack.number, name, ...(await secrets.keep(key, data, `${pack.number}/${name}`)) });
  const records = [await put("pack", secrets.bytes(JSON.stringify(rest))), await put("signer", await secrets.secretHalf(pair))];
  const kit = { number: pack.number, expires: Date.parse(pack.expires), office: pack.office, lock, tip: { n: 0, hash: "0".repeat(64) }, seen: Date.now() };
  await together("readwrite", (kitShelf, recordShelf) => { kitShelf.put(kit); records.forEach((each) => recordShelf.put(each)); });
  await navigator.storage?.persist?.();
}

/* What the kit holds, opened; throws when the code is not the one. */
export async function open(number, code) {
  const kit = await kitOf(number);
  const key = await secrets.unlock(kit.lock, code, number);
  const records = await together("readonly", (a, shelf) => shelf.getAll(ofKit(number)));
  const told = async (name) => secrets.kept(key, records.find((each) => each.name === name), `${number}/${name}`);
  const events = await Promise.all(records.filter((each) => each.name.startsWith("event:")).map(
    async (each) => JSON.parse(secrets.text(await secrets.kept(key, each, `${number}/${each.name}`)))));
  const pictures = await Promise.all(records.filter((each) => each.name.startsWith("file:")).map(
    async (each) => [each.name.slice(5), await secrets.kept(key, each, `${number}/${each.name}`)]));
  return { number, key, office: kit.office, pack: JSON.parse(secrets.text(await told("pack"))), signer: await secrets.signer(await told("signer")),
    events: events.sort((left, right) => left.n - right.n), pictures: new Map(pictures) };
}

export const isCode = (number, code) => kitOf(number).then((kit) => secrets.unlock(kit.lock, code, number)).then(() => true, () => false);

/* One more event, with its picture where it has one. Fails when another page of this device has written meanwhile: then nothing is put down. */
export async function put(vault, before, event, sent, picture) {
  const { number } = vault;
  const named = async (name, data) => ({ kit: number, name, ...(await secrets.keep(vault.key, data, `${number}/${name}`)) });
  const records = [await named(`event:${event.n}`, secrets.bytes(sent.told))];
  if (picture) records.push(await named(`file:${picture.sha256}`, picture.data));
  const kit = { ...(await kitOf(number)), tip: { n: event.n, hash: sent.hash }, seen: Date.now() };
  await together("readwrite", (kitShelf, recordShelf, outShelf, fileShelf) => {
    kitShelf.get(number).onsuccess = ({ target }) => { if (target.result.tip.hash !== before) target.transaction.abort(); };
    outShelf.add({ kit: number, n: event.n, sealed: sent.sealed, signature: sent.signature });
    records.forEach((each) => recordShelf.put(each));
    if (picture) fileShelf.put({ kit: number, sha256: picture.sha256, sealed: picture.sealed });
    kitShelf.put(kit);
  });
}

/* A clock that is put back does not make time: the latest that was ever seen counts. */
export async function isOver(kit) {
  const now = Math.max(Date.now(), kit.seen);
  if (now > kit.seen + 60000) await note({ ...kit, seen: now });
  return now >= kit.expires;
}

/* Forget everything that can be read here. What is sealed for the office and not yet sent stays. */
export async function forget(number) {
  await together("readwrite", (kitShelf, recordShelf) => {
    recordShelf.delete(ofKit(number));
    kitShelf.get(number).onsuccess = ({ target }) => { if (target.result) kitShelf.put({ ...target.result, lock: null }); };
  });
}

/* Nothing of the kit is left. */
export const remove = (number) => together("readwrite", (kitShelf, recordShelf, outShelf, fileShelf) => {
  kitShelf.delete(number);
  [recordShelf, outShelf, fileShelf].forEach((shelf) => shelf.delete(ofKit(number)));
});
