// Live refresh: the body's data-live is a stream of fragments; each replaces the element with that data-fragment.
// Without this script, or without the network, the page stays as it was loaded.
(() => {
  const source = document.body.dataset.live;
  if (!source || !window.EventSource) return;
  const stream = new EventSource(source);
  for (const place of document.querySelectorAll("[data-fragment]")) {
    stream.addEventListener(place.dataset.fragment, (event) => {
      if (place.innerHTML.trim() === event.data.trim()) return;
      const focused = place.contains(document.activeElement) ? document.activeElement : null;
      // A person typing or choosing in a form is never interrupted.
      if (focused && focused.form) return;
      const address = focused && focused.getAttribute("href");
      place.innerHTML = event.data;
      if (address) {
        for (const link of place.querySelectorAll("a")) {
          if (link.getAttribute("href") === address) link.focus();
        }
      }
    });
  }
  window.addEventListener("pagehide", () => stream.close());
})();
