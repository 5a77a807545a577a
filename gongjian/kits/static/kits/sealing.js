/* Signing and sealing away from the office: the statement is written down, hashed and signed here, and never changes again. */
import { append } from "./chain.js";
import { canonical } from "./canonical.js";
import { bytes, chance, hashOf, hex, signed } from "./secrets.js";

/* content: as it was read; texts with half a sign in them cannot be written down and are mended. */
export async function seal(open, one, content) {
  const statement = canonical({
    form: "gj-opinion-3", kit: open.number, exam_code: one.exam_code, round: one.round, seat: one.seat, expert: one.expert,
    standard: open.pack.standard.name, sealed_at: new Date().toISOString(), salt: hex(chance(16)), content,
  }).toWellFormed();
  const digest = await hashOf(bytes(statement));
  return append(open, "sealed", one.exam_code, { statement, hash: digest, signature: await signed(open.signer, digest) });
}
