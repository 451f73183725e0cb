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
  full: "M2 6V2h4L2 6M10 2h4v4l-4-4M14 10v4h-4l4-4M6 14H2v-4l4 4",
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

// A legend entry's mark: filled for a type, a ring for a severity, drawn as its rings are.
export function mark(corners, colour, ring) {
  const picture = svg("svg", { viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true" });
  if (ring) picture.append(svg("circle", {
    cx: 8, cy: 8, r: 5.5, fill: "none", stroke: colour, "stroke-width": ring.width * 0.8, "stroke-dasharray": ring.dash.join(" ") || "none",
  }));
  else if (corners?.length) picture.append(svg("polygon", { points: corners.map(([x, y]) => `${8 + 6.1 * x},${8 + 6.1 * y}`).join(" "), fill: colour }));
  else picture.append(svg("circle", { cx: 8, cy: 8, r: 6.3, fill: colour }));
  return picture;
}
