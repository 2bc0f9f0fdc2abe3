// Room on the device: asked to be lasting, and said where it is short.

/** Whether the browser promised not to clear what is kept here. */
export async function lasting() {
  if (!navigator.storage?.persist) return false;
  return (await navigator.storage.persisted()) || navigator.storage.persist();
}

/** Bytes still free, or null where the browser does not say. */
export async function free() {
  if (!navigator.storage?.estimate) return null;
  const { quota, usage } = await navigator.storage.estimate();
  return quota - usage;
}

/** Whether an error means that there is no room. */
export function full(error) {
  return error?.name === "QuotaExceededError" || error?.inner?.name === "QuotaExceededError";
}
