// The live board: new alerts are announced, and, where somebody asked for it, heard. Without this script the list is
// the same, silent. The choice is this browser's own.
(() => {
  const board = document.querySelector('[data-fragment="alerts"]');
  const button = document.querySelector("[data-sound]");
  const said = document.querySelector("[data-announce]");
  if (!board || !button || !said) return;
  const KEY = "waystation-sound";
  let context = null;

  const ids = () => new Set([...board.querySelectorAll("[data-alert]")].map((row) => row.dataset.alert));
  const wanted = () => button.getAttribute("aria-pressed") === "true";

  // Two short tones; three for safety. Made here: no file is loaded.
  const sound = (times) => {
    if (!context) return;
    for (let turn = 0; turn < times; turn += 1) {
      const tone = context.createOscillator();
      const loud = context.createGain();
      const at = context.currentTime + turn * 0.22;
      tone.frequency.value = turn % 2 ? 660 : 880;
      loud.gain.setValueAtTime(0.0001, at);
      loud.gain.exponentialRampToValueAtTime(0.2, at + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.0001, at + 0.18);
      tone.connect(loud).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.2);
    }
  };

  const press = (on) => {
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? button.dataset.on : button.dataset.off;
    localStorage.setItem(KEY, on ? "1" : "");
    if (on && !context) context = new AudioContext();
    if (on) context.resume();
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    press(!wanted());
    if (wanted()) sound(2);
  });
  // A browser lets a page sound only after somebody touched it.
  if (localStorage.getItem(KEY)) {
    document.addEventListener("pointerdown", (event) => {
      if (event.target !== button && !wanted()) press(true);
    }, { once: true });
  }

  let known = ids();
  new MutationObserver(() => {
    const now = ids();
    const fresh = [...now].filter((id) => !known.has(id));
    known = now;
    if (!fresh.length) return;
    const rows = fresh.map((id) => board.querySelector(`[data-alert="${id}"]`));
    said.textContent = rows.map((row) => row.dataset.says).join("; ");
    for (const row of rows) row.classList.add("fresh");
    if (wanted()) sound(rows.some((row) => row.dataset.severity === "safety") ? 3 : 2);
  }).observe(board, { childList: true });
})();
