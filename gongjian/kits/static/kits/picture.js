/* Pictures from the camera, made smaller and without what a camera adds to them; signatures drawn by hand. */
const LONGEST = 1600;

const asFile = (canvas, type) => new Promise((done) => canvas.toBlob(async (blob) => done(await blob.arrayBuffer()), type, 0.85));

/* The picture alone, as JPEG: drawn anew, so that neither place nor device nor time of the camera goes along. */
export async function fromCamera(file) {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return asFile(canvas, "image/jpeg");
}

/* A field to sign in, by finger, pen or mouse. Gives {field, isEmpty, file, clear}. */
export function pad(label) {
  const field = document.createElement("canvas");
  Object.assign(field, { className: "kt-pad", width: 1152, height: 352, tabIndex: 0 });
  field.setAttribute("role", "img");
  field.setAttribute("aria-label", label);
  const pen = field.getContext("2d");
  let drawn = 0, last = null;
  const clear = () => { pen.fillStyle = "#fff"; pen.fillRect(0, 0, field.width, field.height); drawn = 0; };
  const at = (event) => [(event.offsetX * field.width) / field.clientWidth, (event.offsetY * field.height) / field.clientHeight];
  field.addEventListener("pointerdown", (event) => { field.setPointerCapture(event.pointerId); last = at(event); });
  field.addEventListener("pointerup", () => { last = null; });
  field.addEventListener("pointermove", (event) => {
    if (!last) return;
    const here = at(event);
    Object.assign(pen, { lineWidth: 6, lineCap: "round", strokeStyle: "#12343b" });
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...here);
    pen.stroke();
    drawn += Math.hypot(here[0] - last[0], here[1] - last[1]);
    last = here;
  });
  clear();
  return { field, clear, isEmpty: () => drawn < 60, file: () => asFile(field, "image/png") };
}
