// How things look: palettes, vis-network options of a node or an edge, shapes as paths, short names.

export const LIGHT = {
  ground: "#ffffff", text: "#1b2a33", faint: "#5c6b73", halo: "#ffffff", accent: "#0b62c4",
  veil: "rgba(255,255,255,0.68)", edge: "#a9b4bb", litEdge: "#3f5560",
  ring: { high: "#b3261e", medium: "#b26a00", low: "#5c6b73" },
};
export const DARK = {
  ground: "#11161c", text: "#eef2f5", faint: "#9fb0ba", halo: "#11161c", accent: "#7db8ff",
  veil: "rgba(17,22,28,0.68)", edge: "#566570", litEdge: "#b9c8d1",
  ring: { high: "#ff6f61", medium: "#f0a63a", low: "#a3b3bc" },
};
const RING_WIDTH = { high: 5, medium: 3.5, low: 2.5 };
const RING_GAP = 2;

// Bidirectional overrides, marks and line breaks would disturb a label drawn on a canvas.
const UNDRAWABLE = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]+/g;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3ffff}]/u;
const MOST = 32; // half-widths: 16 Chinese characters
const splitter = typeof Intl !== "undefined" && Intl.Segmenter ? new Intl.Segmenter("zh", { granularity: "grapheme" }) : null;

export function shortName(text) {
  const clean = text.replace(UNDRAWABLE, " ").replace(/\s+/g, " ").trim();
  const parts = splitter ? Array.from(splitter.segment(clean.slice(0, 400)), (s) => s.segment) : Array.from(clean);
  let width = 0;
  for (let i = 0; i < parts.length; i++) {
    width += WIDE.test(parts[i]) ? 2 : 1;
    if (width > MOST) return parts.slice(0, Math.max(1, i - 1)).join("") + "…";
  }
  return clean;
}

// One path per shape, used for boxes on the canvas, rings, legend and saved pictures.
export function tracePath(ctx, shape, x, y, r) {
  ctx.beginPath();
  const corners = (n, start, radius = () => r) => {
    for (let i = 0; i < n; i++) {
      const a = start + (i * 2 * Math.PI) / n;
      ctx[i ? "lineTo" : "moveTo"](x + radius(i) * Math.cos(a), y + radius(i) * Math.sin(a));
    }
    ctx.closePath();
  };
  if (shape === "square") ctx.rect(x - r, y - r, 2 * r, 2 * r);
  else if (shape === "box") ctx.roundRect(x - 1.35 * r, y - 0.85 * r, 2.7 * r, 1.7 * r, 0.35 * r);
  else if (shape === "diamond") corners(4, 0);
  else if (shape === "triangle") corners(3, -Math.PI / 2);
  else if (shape === "triangleDown") corners(3, Math.PI / 2);
  else if (shape === "hexagon") corners(6, 0);
  else if (shape === "star") corners(10, -Math.PI / 2, (i) => (i % 2 ? 0.5 * r : 1.15 * r));
  else ctx.arc(x, y, r, 0, 2 * Math.PI);
}

// How much further out a corner goes when every side goes out by one.
const CORNER = { diamond: 1.414, hexagon: 1.155, triangle: 2, triangleDown: 2, star: 1.6 };
const grown = (node, by) => node.size + by * (CORNER[node.shape] || 1);
export const ringReach = (node) => (node.ring ? RING_GAP + RING_WIDTH[node.ring] : 0);

export const outline = (ctx, node, x, y, by) => tracePath(ctx, node.shape, x, y, grown(node, by));

function paintNode(ctx, node, x, y, ink, scale) {
  if (node.size * scale < 1.5 && !node.ring) { // a speck: its shape cannot be seen, and thousands are drawn
    ctx.fillStyle = node.colour;
    ctx.fillRect(x - node.size, y - node.size, 2 * node.size, 2 * node.size);
    return;
  }
  ctx.lineJoin = "round";
  if (node.ring) {
    outline(ctx, node, x, y, RING_GAP + RING_WIDTH[node.ring]);
    ctx.fillStyle = ink.ring[node.ring];
    ctx.fill();
    outline(ctx, node, x, y, RING_GAP);
    ctx.fillStyle = ink.ground;
    ctx.fill();
  }
  tracePath(ctx, node.shape, x, y, node.size);
  ctx.fillStyle = node.colour;
  ctx.fill();
  if (!node.ring && node.size * scale > 6) {
    ctx.strokeStyle = ink.ground;
    ctx.lineWidth = 1.2;
    ctx.stroke();
  }
}

// From the centre to where an edge should end, in the direction of `angle`.
export function reach(node, angle) {
  const [c, s] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const r = node.size;
  const edge = {
    square: r / Math.max(c, s), diamond: r / (c + s), box: Math.min((1.35 * r) / (c || 1e-9), (0.85 * r) / (s || 1e-9)),
    hexagon: 0.94 * r, triangle: 0.75 * r, triangleDown: 0.75 * r, star: 0.8 * r,
  }[node.shape] ?? r;
  return edge + ringReach(node) + 1.5;
}

// `view.ink` is the palette in force: a picture is saved in light colours from a dark page.
export function visNode(node, view) {
  const { id } = node;
  return {
    id, x: node.x, y: node.y, shape: "custom", size: node.size, chosen: false,
    // vis-network keeps the first renderer of a node for good: it asks for the node of the present scene.
    ctxRenderer: ({ ctx, x, y }) => {
      const now = view.byId.get(id) || node;
      return { drawNode: () => paintNode(ctx, now, x, y, view.ink, view.scale), nodeDimensions: dimensions(now) };
    },
  };
}

function dimensions(node) {
  const r = grown(node, ringReach(node));
  const [w, h] = node.shape === "box" ? [2.7 * r, 1.7 * r] : [2 * r, 2 * r];
  return { width: Math.max(22, w), height: Math.max(22, h) };
}

// A pinned node wears a pin's head at its upper right.
export function paintPin(ctx, node, x, y, ink) {
  const r = Math.max(4, node.size * 0.28);
  ctx.beginPath();
  ctx.arc(x + node.size * 0.72, y - node.size * 0.72, r, 0, 2 * Math.PI);
  ctx.fillStyle = ink.accent;
  ctx.fill();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = ink.ground;
  ctx.stroke();
}

export function visEdge(edge, bend, palette, opacity) {
  const tint = edge.colour || palette.edge;
  return {
    id: edge.id, from: edge.source, to: edge.target, dashes: edge.dashed ? [6, 5] : false, width: 1.2,
    color: { color: tint, hover: tint, highlight: tint, opacity }, chosen: false,
    smooth: bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false,
  };
}

// Parallel edges are bent apart: the first of an odd number stays straight.
export function bends(edges) {
  const groups = new Map();
  for (const edge of edges) {
    const pair = edge.source < edge.target ? `${edge.source}\n${edge.target}` : `${edge.target}\n${edge.source}`;
    if (!groups.has(pair)) groups.set(pair, []);
    groups.get(pair).push(edge);
  }
  const found = new Map();
  for (const group of groups.values()) {
    group.forEach((edge, i) => {
      const place = group.length % 2 ? i : i + 1;
      const side = place % 2 ? 1 : -1;
      // An edge that runs the other way sees left and right swapped.
      const turned = edge.source === group[0].source ? 1 : -1;
      found.set(edge.id, place === 0 ? 0 : side * turned * 0.16 * Math.ceil(place / 2));
    });
  }
  return found;
}
