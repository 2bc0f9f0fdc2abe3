// What lies on this device lies encrypted: AES-256-GCM, a fresh nonce each time, bound to the place it lies in.

const NAME = "AES-GCM";
const NONCE_BYTES = 12;
const text = new TextEncoder();

/** Opens and seals with these 32 bytes: `{seal(where, bytes), open(where, sealed)}`. The key cannot be read out again. */
export async function safeOf(raw) {
  const key = await crypto.subtle.importKey("raw", raw, NAME, false, ["encrypt", "decrypt"]);
  return {
    async seal(where, bytes) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      return { iv, data: await crypto.subtle.encrypt({ name: NAME, iv, additionalData: text.encode(where) }, key, bytes) };
    },
    /** Rejects where it was changed, moved, or sealed with another key. */
    open(where, { iv, data }) {
      return crypto.subtle.decrypt({ name: NAME, iv, additionalData: text.encode(where) }, key, data);
    },
  };
}

/** A value as JSON, sealed. */
export function sealed(safe, where, value) {
  return safe.seal(where, text.encode(JSON.stringify(value)));
}

/** The value again. */
export async function opened(safe, where, box) {
  return JSON.parse(new TextDecoder().decode(await safe.open(where, box)));
}
