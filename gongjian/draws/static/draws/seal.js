/* Seals a word on this device. The word and its salt stay here: the field of the word has no name, and only the seal is handed in.
   The seal is SHA-256 over domain, commitment, place, part, word and salt, each preceded by its length (docs/guide/verify-a-draw.md, 七). */
"use strict";
(() => {
  const DOMAIN = "gongjian-lot-1/word";
  const SALT_BYTES = 16;
  const LONGEST_WORD = 64;
  const byId = (id) => document.getElementById(id);
  const store = (() => { try { return window.localStorage; } catch { return null; } })();
  const utf8 = (text) => new TextEncoder().encode(text);
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const eight = (number) => unhex(number.toString(16).padStart(16, "0"));
  const inFours = (text) => (text.match(/.{1,4}/g) || []).join(" ");
  const tidied = (text) => text.trim().normalize("NFC");

  async function sealOf(place, word, salt) {
    const parts = [utf8(DOMAIN), unhex(place.commitment), eight(Number(place.position)), utf8(place.who), utf8(word), salt];
    const framed = parts.flatMap((part) => [...eight(part.length), ...part]);
    return hex(await crypto.subtle.digest("SHA-256", Uint8Array.from(framed)));
  }

  const keyOf = (place) => `gongjian-word:${place.commitment}:${place.position}`;
  const remember = (place, kept) => { try { store.setItem(keyOf(place), JSON.stringify(kept)); } catch { /* the page asks to write it down */ } };
  const remembered = (place) => { try { return JSON.parse(store.getItem(keyOf(place))); } catch { return null; } };

  function show(word, salt) {
    byId("kept-word").textContent = word;
    byId("kept-salt").textContent = inFours(salt);
    byId("kept").hidden = false;
  }

  function fault(text) {
    byId("own-fault").textContent = text;
    byId("own-fault").hidden = !text;
  }

  async function seal(place) {
    const word = tidied(byId("own-word").value);
    if (!word || [...word].length > LONGEST_WORD || /\p{C}|\p{Zl}|\p{Zp}/u.test(word)) {
      fault(`请写1至${LONGEST_WORD}个字，不要换行。`);
      byId("own-word").focus();
      return;
    }
    fault("");
    const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
    const sealed = await sealOf(place, word, salt);
    remember(place, { word, salt: hex(salt), seal: sealed });
    byId("id_seal").value = sealed;
    show(word, hex(salt));
    byId("hand-in").hidden = false;
    byId("hand-in").scrollIntoView({ block: "nearest" });
    byId("kept").focus();
  }

  function prepare() {
    const page = byId("own");
    if (!page || page.dataset.ready) return;
    page.dataset.ready = "yes";
    const place = page.dataset, kept = remembered(place);
    if (place.stage === "choose") {
      if (!window.crypto || !crypto.subtle) { byId("own-cannot").hidden = false; return; }
      byId("own-choose").hidden = false;
      byId("own-seal").addEventListener("click", () => seal(place));
    } else if (kept && kept.seal === place.seal) {
      show(kept.word, kept.salt);
      if (byId("id_word") && !byId("id_word").value) { byId("id_word").value = kept.word; byId("id_salt").value = inFours(kept.salt); }
    } else {
      byId("own-elsewhere").hidden = false;
    }
  }

  document.addEventListener("DOMContentLoaded", prepare);
  document.addEventListener("htmx:afterSettle", prepare);
})();
