// The map of stations: each a shape and a colour by its state, the worst on top. Leaflet comes from this host, too.
(() => {
  const place = document.getElementById("map");
  const chosen = document.getElementById("chosen");
  if (!place || !window.L) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const MANY = 500;

  const SHAPES = {
    ok: (ctx, x, y, r) => ctx.arc(x, y, r, 0, 2 * Math.PI),
    degraded: (ctx, x, y, r) => polygon(ctx, [[x, y - 1.2 * r], [x + 1.15 * r, y + 0.9 * r], [x - 1.15 * r, y + 0.9 * r]]),
    down: (ctx, x, y, r) => ctx.rect(x - r, y - r, 2 * r, 2 * r),
    unknown: (ctx, x, y, r) => ctx.arc(x, y, r - 0.5, 0, 2 * Math.PI),
    excluded: (ctx, x, y, r) => ctx.rect(x - r, y - r / 3, 2 * r, (2 * r) / 3),
  };
  const polygon = (ctx, [first, ...rest]) => {
    ctx.moveTo(...first);
    rest.forEach((corner) => ctx.lineTo(...corner));
    ctx.closePath();
  };

  let few = true;
  const radius = (zoom) => Math.max(few ? 7 : 3.5, Math.min(9, 3.5 + 0.7 * (zoom - 7)));
  const Mark = L.CircleMarker.extend({
    _project() {
      this._radius = radius(this._map.getZoom());
      L.CircleMarker.prototype._project.call(this);
    },
    _updatePath() {
      const { _ctx: ctx, _drawing: drawing } = this._renderer;
      if (!drawing || this._empty()) return;
      ctx.beginPath();
      SHAPES[this.options.state](ctx, this._point.x, this._point.y, this._radius);
      this._renderer._fillStroke(ctx, this);
    },
  });

  const styles = () => {
    const read = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    const found = {};
    for (const state of Object.keys(SHAPES)) {
      found[state] = { fillColor: read(state), color: read("surface"), weight: 1, fillOpacity: 1 };
    }
    found.unknown = { fillColor: read("surface"), color: read("unknown"), weight: 2, fillOpacity: 0.8 };
    found.ring = { color: read("ink"), weight: 3, fill: false, interactive: false };
    return found;
  };

  const said = (text) => {
    const words = document.createElement("p");
    words.className = "map-said";
    words.textContent = text;
    place.replaceChildren(words);
  };

  const choose = async (id) => {
    const answer = await fetch(`/map/stations/${id}`);
    // A page of a sign-in that has ended is not about this station.
    if (!answer.ok || answer.redirected) {
      window.location.reload();
      return;
    }
    chosen.innerHTML = await answer.text();
    chosen.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  };

  // One station far off, by a wrong coordinate perhaps, must not make all others one dot.
  const middle = (points) => {
    const cut = points.length > 200 ? Math.floor(points.length / 200) : 0;
    const ends = [2, 3].map((axis) => {
      const sorted = points.map((point) => point[axis]).sort((a, b) => a - b);
      return [sorted[cut], sorted[sorted.length - 1 - cut]];
    });
    return L.latLngBounds([ends[0][0], ends[1][0]], [ends[0][1], ends[1][1]]);
  };

  const draw = ({ states, points, places }) => {
    const map = L.map(place, {
      zoomControl: false, attributionControl: false, preferCanvas: true, zoomAnimation: !calm, fadeAnimation: !calm,
      markerZoomAnimation: !calm, worldCopyJump: true, minZoom: 3, maxZoom: 18,
    });
    few = points.length < MANY;
    let look = styles();
    const renderer = L.canvas({ padding: 0.2, tolerance: window.matchMedia("(pointer: coarse)").matches ? 12 : 3 });
    L.control.zoom({ zoomInTitle: place.dataset.nearer, zoomOutTitle: place.dataset.farther }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    map.fitBounds(points.length ? middle(points) : [[18, 74], [54, 135]], { maxZoom: 14, padding: [24, 24] });
    if (place.dataset.tiles) {
      const attribution = document.createElement("span");
      attribution.textContent = place.dataset.attribution;
      L.control.attribution({ prefix: false }).addTo(map);
      L.tileLayer(place.dataset.tiles, { attribution: attribution.innerHTML, maxZoom: 18 }).addTo(map);
    }
    const grid = place.dataset.tiles ? () => {} : window.waystationGrid(map, places);
    const ring = L.circleMarker([0, 0], { ...look.ring, radius: 14, renderer });
    const marks = new Map();
    for (const [id, name, latitude, longitude, state] of points) {
      const mark = new Mark([latitude, longitude], { ...look[states[state]], state: states[state], renderer });
      mark.on("click", () => {
        ring.setLatLng(mark.getLatLng()).addTo(map).bringToFront();
        choose(id);
      });
      marks.set(id, { mark, name });
      mark.addTo(map);
    }
    for (const line of document.querySelectorAll("[data-station]")) {
      const found = marks.get(line.dataset.station);
      if (!found) continue;
      const show = () => ring.setLatLng(found.mark.getLatLng()).addTo(map).bringToFront();
      line.addEventListener("mouseenter", show);
      line.addEventListener("focusin", show);
    }
    const tip = L.tooltip({ direction: "top", offset: [0, -6] });
    marks.forEach(({ mark, name }) => mark.on("mouseover", () => {
      const text = document.createElement("span");
      text.textContent = name;
      tip.setLatLng(mark.getLatLng()).setContent(text).addTo(map);
    }).on("mouseout", () => tip.remove()));
    dark.addEventListener("change", () => {
      look = styles();
      marks.forEach(({ mark }) => mark.setStyle(look[mark.options.state]));
      ring.setStyle(look.ring);
      grid();
    });
    place.dataset.drawn = String(points.length);
  };

  fetch(place.dataset.points)
    .then((answer) => (answer.ok && !answer.redirected ? answer.json() : Promise.reject(answer.status)))
    .then((data) => {
      performance.mark("map-begin");
      place.replaceChildren();
      draw(data);
      performance.measure("map-drawn", "map-begin");
    })
    .catch(() => said(place.dataset.failed));
})();
