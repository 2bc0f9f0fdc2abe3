// What lies under the stations where there are no tiles: lines of latitude and longitude, and the names of places.
window.waystationGrid = (map, places) => {
  const STEPS = [20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];
  const MOST_LINES = 7;
  const lines = L.layerGroup().addTo(map);
  const names = L.layerGroup().addTo(map);
  const renderer = L.canvas({ pane: "tilePane", padding: 0.1 });

  const label = (at, className, html) =>
    L.marker(at, { icon: L.divIcon({ className, html, iconSize: null }), pane: "tilePane", interactive: false, keyboard: false });
  const element = (text) => {
    const span = document.createElement("span");
    span.textContent = text;
    return span;
  };
  const degrees = (value, step, [positive, negative]) =>
    `${Math.abs(value).toFixed(step < 1 ? String(step).length - 2 : 0)}° ${value < 0 ? negative : positive}`;

  const drawLines = () => {
    lines.clearLayers();
    const seen = map.getBounds();
    const [south, north, west, east] = [seen.getSouth(), seen.getNorth(), seen.getWest(), seen.getEast()];
    const step = STEPS.filter((one) => (east - west) / one <= MOST_LINES).pop() || STEPS[0];
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--line").trim();
    const style = { renderer, color: colour, weight: 1, interactive: false };
    const size = map.getSize();
    const corner = map.containerPointToLatLng([size.x - 64, size.y - 24]);
    for (let at = Math.ceil(west / step) * step; at <= east; at += step) {
      L.polyline([[south, at], [north, at]], style).addTo(lines);
      label([corner.lat, at], "map-degree", element(degrees(at, step, ["E", "W"]))).addTo(lines);
    }
    for (let at = Math.ceil(south / step) * step; at <= north; at += step) {
      L.polyline([[at, west], [at, east]], style).addTo(lines);
      label([at, corner.lng], "map-degree", element(degrees(at, step, ["N", "S"]))).addTo(lines);
    }
  };

  // Those with the most stations first; a name that would lie over another is left out until there is room.
  const drawNames = () => {
    names.clearLayers();
    const taken = [];
    const seen = map.getBounds();
    for (const [name, latitude, longitude] of places) {
      if (!seen.contains([latitude, longitude])) continue;
      const { x, y } = map.latLngToContainerPoint([latitude, longitude]);
      const wide = [...name].reduce((sum, letter) => sum + (letter > "\u2e80" ? 15 : 8), 12) / 2;
      if (taken.some((one) => Math.abs(one.x - x) < one.wide + wide && Math.abs(one.y - y) < 24)) continue;
      taken.push({ x, y, wide });
      label([latitude, longitude], "map-name", element(name)).addTo(names);
    }
  };

  const draw = () => {
    drawLines();
    drawNames();
  };
  map.on("moveend", draw);
  draw();
  return draw;
};
