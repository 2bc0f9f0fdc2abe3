// A photo as the camera made it: every byte is kept, and its digest taken before anything else happens to it.

import { sha256 } from "./digest.js";

const LARGEST = Number(document.body.dataset.largestPhoto);

/** The file as a photo to keep, or null where it is larger than the hub takes. */
export async function taken(file, inspection, key) {
  if (file.size > LARGEST) return null;
  const content = await file.arrayBuffer();
  const taken_at = new Date().toISOString();
  return { id: crypto.randomUUID(), inspection, key, content, sha256: await sha256(content), taken_at, sent: false };
}

/** Draw it small. On a canvas: the page's policy lets no image come from memory. */
export async function draw(canvas, content) {
  try {
    const picture = await createImageBitmap(new Blob([content]));
    const scale = Math.min(canvas.width / picture.width, canvas.height / picture.height);
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
  } catch {
    canvas.hidden = true; // not a picture: the hub will say so in words
  }
}
