// A box to sign in, by finger, pen or mouse. Whoever cannot draw types the name: that is enough.

/** Make the canvas a pad: `{clear(), drawn(), png()}`. */
export function pad(canvas) {
  const pen = canvas.getContext("2d");
  let empty = true;
  let drawing = false;
  clear();

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    empty = false;
    pen.lineTo(...place(event));
    pen.stroke();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      drawing = false;
    });
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * canvas.width) / box.width,
      ((event.clientY - box.top) * canvas.height) / box.height,
    ];
  }

  function clear() {
    empty = true;
    // Ink on white in every colour scheme: it is printed.
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#111";
    pen.lineWidth = 4;
    pen.lineCap = pen.lineJoin = "round";
  }

  return {
    clear,
    drawn: () => !empty,
    png: () => new Promise((resolve) => canvas.toBlob((blob) => resolve(blob.arrayBuffer()), "image/png")),
  };
}
