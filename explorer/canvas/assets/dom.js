// Small helpers that make page elements. Text goes in as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const ICONS = {
  fit: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4",
  zoomIn: "M8 3v10M3 8h10",
  zoomOut: "M3 8h10",
  labels: "M3 4V3h10v1M8 3v10M6 13h4",
  choose: "M2 2h3M7 2h3M12 2h2v2M14 7v3M2 5v3M2 11v3h3M8 8l5.5 2.2-2.4 1-1 2.4z",
  dark: "M12.8 9.8A5.6 5.6 0 0 1 6.2 3.2 5.6 5.6 0 1 0 12.8 9.8z",
  filter: "M2 3h12L9.5 8.5V13l-3-1.6V8.5z",
  save: "M8 2v8M5 7l3 3 3-3M3 13h10",
};

export function icon(name) {
  const picture = svg("svg", { viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true" });
  picture.append(svg("path", {
    d: ICONS[name], fill: "none", stroke: "currentColor", "stroke-width": "1.6",
    "stroke-linecap": "round", "stroke-linejoin": "round",
  }));
  return picture;
}

// A tie's mark: a piece of line.
export function stroke(colour, dashed) {
  const picture = svg("svg", { viewBox: "0 0 22 16", width: "22", height: "16", "aria-hidden": "true" });
  picture.append(svg("path", { d: "M1 8h20", stroke: colour, "stroke-width": "3", "stroke-dasharray": dashed ? "5 3" : "none" }));
  return picture;
}

const polygon = (n, start, radius) => Array.from({ length: n }, (_, i) => {
  const a = start + (i * 2 * Math.PI) / n;
  return `${8 + radius(i) * Math.cos(a)},${8 + radius(i) * Math.sin(a)}`;
}).join(" ");

// A legend entry's mark: filled for a type, a ring for a severity.
export function mark(shape, colour, ring) {
  const picture = svg("svg", { viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true" });
  const look = ring ? { fill: "none", stroke: colour, "stroke-width": "3" } : { fill: colour };
  const corners = {
    diamond: [4, 0, () => 7.2], triangle: [3, -Math.PI / 2, () => 7.2], triangleDown: [3, Math.PI / 2, () => 7.2],
    hexagon: [6, 0, () => 7], star: [10, -Math.PI / 2, (i) => (i % 2 ? 3.4 : 7.6)],
  }[shape];
  if (ring) picture.append(svg("circle", { cx: 8, cy: 8, r: 5.5, ...look }));
  else if (corners) picture.append(svg("polygon", { points: polygon(...corners), ...look }));
  else if (shape === "square") picture.append(svg("rect", { x: 2, y: 2, width: 12, height: 12, ...look }));
  else if (shape === "box") picture.append(svg("rect", { x: 0.5, y: 3, width: 15, height: 10, rx: 2.5, ...look }));
  else picture.append(svg("circle", { cx: 8, cy: 8, r: 6.5, ...look }));
  return picture;
}
