/* What a device has recorded and not yet sent, kept on it encrypted until the server has it. The key comes from the server and is never kept here:
   without a signed-in member of staff of the office nobody can read a piece. */
"use strict";
window.gongjianUnsent = (() => {
  const NAME = "gongjian-recordings";
  const STORE = "pieces";

  function opened() {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: ["recording", "position"] });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  async function within(mode, act) {
    const database = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const change = database.transaction(STORE, mode);
        const asked = act(change.objectStore(STORE));
        change.oncomplete = () => resolve(asked.result);
        change.onerror = change.onabort = () => reject(change.error);
      });
    } finally {
      database.close();
    }
  }

  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const keyOf = (hex) => crypto.subtle.importKey("raw", bytes(hex).slice(0, 32), "AES-GCM", false, ["encrypt", "decrypt"]);
  const of = (recording) => IDBKeyRange.bound([recording, 0], [recording, Number.MAX_SAFE_INTEGER]);

  return {
    async put(recording, hex, piece) {
      const nonce = crypto.getRandomValues(new Uint8Array(12));
      const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await keyOf(hex), piece.data);
      await within("readwrite", (store) => store.put({ ...piece, recording, data, nonce }));
    },
    async all(recording, hex) {
      const key = await keyOf(hex);
      const rows = await within("readonly", (store) => store.getAll(of(recording)));
      return Promise.all(rows.map(async (row) => ({
        ...row, data: await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.nonce }, key, row.data),
      })));
    },
    drop: (recording, position) => within("readwrite", (store) => store.delete([recording, position])),
    clear: (recording) => within("readwrite", (store) => store.delete(of(recording))),
  };
})();
