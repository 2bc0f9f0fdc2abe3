// Live refresh: the body's data-live is a stream of fragments; each replaces the element with that data-fragment.
// Without this script, or without the network, the page stays as it was loaded.
(() => {
  const source = document.body.dataset.live;
  if (!source || !window.EventSource) return;
  const stream = new EventSource(source);
  const written = (html) => Object.assign(document.createElement("template"), { innerHTML: html }).innerHTML.trim();
  for (const place of document.querySelectorAll("[data-fragment]")) {
    // As this browser writes it, and without what a person has opened since.
    let shown = place.innerHTML.trim();
    stream.addEventListener(place.dataset.fragment, (event) => {
      const fresh = written(event.data);
      if (fresh === shown) return;
      const focused = place.contains(document.activeElement) ? document.activeElement : null;
      // A person typing or choosing in a form is never interrupted.
      if (focused && focused.form) return;
      const address = focused && focused.getAttribute("href");
      const fold = focused && focused.matches("summary") && focused.parentElement.id;
      const open = [...place.querySelectorAll("details[id][open]")].map(({ id }) => id);
      place.innerHTML = event.data;
      shown = fresh;
      // What a person has opened stays open.
      for (const one of place.querySelectorAll("details[id]")) {
        if (open.includes(one.id)) one.open = true;
        if (one.id === fold) one.querySelector("summary").focus();
      }
      if (address) {
        for (const link of place.querySelectorAll("a")) {
          if (link.getAttribute("href") === address) link.focus();
        }
      }
    });
  }
  window.addEventListener("pagehide", () => stream.close());
})();
