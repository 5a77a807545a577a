/* Everything that is secret, by the browser's own means: how the code opens the device, how the device keeps, signs, and seals for the office. */
const subtle = crypto.subtle;
const written = new TextEncoder();
const read = new TextDecoder("utf-8", { fatal: true });
const ROUNDS = 600000;
const NONCE = 12;

export const bytes = (text) => written.encode(text);
export const text = (data) => read.decode(data);
export const chance = (count) => crypto.getRandomValues(new Uint8Array(count));
export const hex = (data) => Array.from(new Uint8Array(data), (each) => each.toString(16).padStart(2, "0")).join("");
export const hashOf = async (data) => hex(await subtle.digest("SHA-256", data));

export function base64(data) {
  let told = "";
  for (const each of new Uint8Array(data)) told += String.fromCharCode(each);
  return btoa(told);
}

export const unbase64 = (told) => Uint8Array.from(atob(told), (sign) => sign.charCodeAt(0));
const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...new Uint8Array(part)]));

/* The code of the day, however it was typed. */
export const plainCode = (typed) => typed.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "");

async function keyOfCode(code, salt) {
  const raw = await subtle.importKey("raw", bytes(plainCode(code)), "PBKDF2", false, ["deriveKey"]);
  const slowly = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return subtle.deriveKey(slowly, raw, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

/* A fresh key of the device, usable here, and as it is stored: wrapped under the code, which is stored nowhere. */
export async function newLock(code, place) {
  const key = await subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const salt = chance(16), iv = chance(NONCE);
  const wrapped = await subtle.wrapKey("raw", key, await keyOfCode(code, salt), { name: "AES-GCM", iv, additionalData: bytes(place) });
  return { key, lock: { salt, iv, wrapped } };
}

/* Throws when the code is not the one. */
export async function unlock(lock, code, place) {
  const how = { name: "AES-GCM", iv: lock.iv, additionalData: bytes(place) };
  return subtle.unwrapKey("raw", lock.wrapped, await keyOfCode(code, lock.salt), how, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/* What is kept on the device, bound to its place: moved elsewhere it does not open. */
export async function keep(key, data, place) {
  const iv = chance(NONCE);
  return { iv, data: await subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(place) }, key, data) };
}

export const kept = (key, { iv, data }, place) => subtle.decrypt({ name: "AES-GCM", iv, additionalData: bytes(place) }, key, data);

/* What is sent: sealed for the office alone. The device itself cannot open it again. */
export async function forOffice(office, data, place) {
  const pair = await subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]);
  const theirs = await subtle.importKey("raw", unbase64(office), { name: "X25519" }, false, []);
  const shared = await subtle.deriveBits({ name: "X25519", public: theirs }, pair.privateKey, 256);
  const point = await subtle.exportKey("raw", pair.publicKey);
  const raw = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: point, info: bytes("gj-kit-1") };
  const key = await subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = chance(NONCE);
  return joined(point, iv, await subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(place) }, key, data));
}

/* The key that signs away from the office. */
export const newSigner = () => subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
export const publicHalf = async (pair) => base64(await subtle.exportKey("raw", pair.publicKey));
export const secretHalf = (pair) => subtle.exportKey("pkcs8", pair.privateKey);
export const signer = (secret) => subtle.importKey("pkcs8", secret, { name: "Ed25519" }, false, ["sign"]);
export const signed = async (key, digest) => hex(await subtle.sign({ name: "Ed25519" }, key, bytes(`gj-signed-1:${digest}`)));
