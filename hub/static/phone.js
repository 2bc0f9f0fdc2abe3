// The phone's own random number: it tells this phone from others for a month, and leaves it only hashed at the hub.
// Without this script, or without storage, everything works and nobody is told apart.
(() => {
  const KEY = "waystation-phone";
  try {
    let own = localStorage.getItem(KEY);
    if (!/^[0-9a-f]{32}$/.test(own ?? "")) {
      own = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      localStorage.setItem(KEY, own);
    }
    for (const field of document.querySelectorAll("input[name=phone]")) field.value = own;
  } catch {
    // No storage: the forms go without.
  }

  const asked = document.getElementById(location.hash.slice(1));
  if (asked instanceof HTMLDetailsElement) {
    asked.open = true;
    asked.scrollIntoView();
  }
})();
