// The inspection form on a phone: where it is, photos with their digest, signatures by finger, time spent.
// Without this script everything can still be entered; only the position and the drawing need it.
(() => {
  const opened = performance.now();

  // Time on a line: since the page was loaded, which every answer does again.
  for (const form of document.querySelectorAll("form[data-timed]")) {
    form.addEventListener("submit", () => {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "spent_s", value: Math.min(86400, Math.round((performance.now() - opened) / 1000)) });
      form.append(field);
    });
  }

  for (const form of document.querySelectorAll("form[data-locate]")) {
    if (!navigator.geolocation || !window.isSecureContext) continue;
    form.hidden = false;
    let found = false;
    form.addEventListener("submit", (event) => {
      if (found) return;
      event.preventDefault();
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        form.elements.latitude.value = coords.latitude;
        form.elements.longitude.value = coords.longitude;
        form.elements.accuracy_m.value = coords.accuracy;
        found = true;
        form.submit();
      }, () => { form.querySelector("[data-failed]").hidden = false; }, { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 });
    });
  }

  // A photo goes off as soon as it is taken, with the digest of its bytes as they are now.
  for (const form of document.querySelectorAll("form[data-photo]")) {
    const chosen = form.querySelector("input[type=file]");
    form.classList.add("one-touch");
    chosen.addEventListener("change", async () => {
      const file = chosen.files[0];
      if (!file) return;
      form.classList.add("sending");
      if (window.crypto && crypto.subtle) {
        const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
        const digest = form.elements.digest;
        digest.value = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        digest.disabled = false;
      }
      form.submit();
    });
  }

  for (const form of document.querySelectorAll("form[data-sign]")) {
    const canvas = form.querySelector("canvas"), clear = form.querySelector("[data-clear]"), pen = canvas.getContext("2d");
    let drawn = false, down = false;
    const fresh = () => { pen.fillStyle = "#fff"; pen.fillRect(0, 0, canvas.width, canvas.height); drawn = false; };
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
    };
    canvas.hidden = clear.hidden = false;
    fresh();
    Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#111" });
    canvas.addEventListener("pointerdown", (event) => {
      down = true;
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...at(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!down) return;
      pen.lineTo(...at(event));
      pen.stroke();
      drawn = true;
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { down = false; });
    clear.addEventListener("click", fresh);
    form.addEventListener("submit", () => { form.elements.drawing.value = drawn ? canvas.toDataURL("image/png") : ""; });
  }

  const refused = document.querySelector("main [role=alert]:not([hidden])");
  if (refused && document.querySelector(".line")) {
    refused.tabIndex = -1;
    refused.scrollIntoView({ block: "center" });
    refused.focus({ preventScroll: true });
  }
})();
