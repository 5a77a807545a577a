/* The one way a statement is written down before it is hashed: sorted keys, no spaces. The office writes it the same way. */
const collated = (left, right) => (left < right ? -1 : left > right ? 1 : 0);

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    return `{${Object.keys(value).sort(collated).map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
