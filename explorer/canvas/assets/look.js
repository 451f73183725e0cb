// How things are drawn: vis-network options of a node or an edge, shapes as paths, rings, short names.

// What explorer/palette.py declares, as the canvas was handed it: `ink` for the ground that is in force.
export function inkOf(palette, dark) {
  const { rings, gap, glow, tie, shapes, plain } = palette;
  return { ...palette[dark ? "dark" : "light"], rings, gap, glow, tie, shapes, plain };
}

export const nodeColour = (ink, colour) => ink.nodes[colour] ?? colour;
export const tieColour = (ink, colour) => ink.ties[colour] ?? colour;

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

// The outline of a shape, every side moved outward by `by`: for nodes, rings, legend and saved pictures.
export function tracePath(ctx, ink, shape, x, y, r, by = 0) {
  ctx.beginPath();
  const corners = ink.shapes[shape] ?? [];
  if (!corners.length) ctx.arc(x, y, r + by, 0, 2 * Math.PI);
  corners.forEach(([a, b, outA, outB], i) => ctx[i ? "lineTo" : "moveTo"](x + r * a + by * outA, y + r * b + by * outB));
  ctx.closePath();
}

export const ringReach = (node, ink) => (node.ring ? ink.gap + ink.rings[node.ring].width : 0);

export const outline = (ctx, ink, node, x, y, by) => tracePath(ctx, ink, node.shape, x, y, node.size, by);

function paintRing(ctx, node, x, y, ink) {
  const { width, dash } = ink.rings[node.ring];
  outline(ctx, ink, node, x, y, ink.gap + width);
  ctx.fillStyle = ink.ground;
  ctx.fill();
  outline(ctx, ink, node, x, y, ink.gap + width / 2);
  ctx.strokeStyle = ink.ring[node.ring];
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.stroke();
  ctx.setLineDash([]);
}

function paintNode(ctx, node, x, y, ink, scale) {
  ctx.fillStyle = nodeColour(ink, node.colour);
  if (node.size * scale < 1.5 && !node.ring) { // a speck: its shape cannot be seen, and thousands are drawn
    ctx.fillRect(x - node.size, y - node.size, 2 * node.size, 2 * node.size);
    return;
  }
  ctx.lineJoin = "round";
  if (node.ring) paintRing(ctx, node, x, y, ink);
  tracePath(ctx, ink, node.shape, x, y, node.size);
  ctx.fillStyle = nodeColour(ink, node.colour);
  ctx.fill();
  if (!node.ring && node.size * scale > 6) {
    ctx.strokeStyle = ink.ground;
    ctx.lineWidth = 1.2;
    ctx.stroke();
  }
}

// From the centre to where an edge should end, in the direction of `angle`.
export function reach(node, angle, ink) {
  const by = ringReach(node, ink) + 1.5;
  const corners = ink.shapes[node.shape] ?? [];
  if (!corners.length) return node.size + by;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const at = corners.map(([a, b, outA, outB]) => [node.size * a + by * outA, node.size * b + by * outB]);
  let found = 0;
  at.forEach(([ax, ay], i) => {
    const [bx, by_] = at[(i + 1) % at.length];
    const across = c * (by_ - ay) - s * (bx - ax);
    const part = (ax * s - ay * c) / across;
    if (part >= -1e-9 && part <= 1 + 1e-9) found = Math.max(found, (ax * (by_ - ay) - ay * (bx - ax)) / across);
  });
  return found;
}

// `view.ink` is the palette in force.
export function visNode(node, view) {
  const { id } = node;
  return {
    id, x: node.x, y: node.y, shape: "custom", size: node.size, chosen: false,
    // vis-network keeps the first renderer of a node for good: it asks for the node of the present scene.
    ctxRenderer: ({ ctx, x, y }) => {
      const now = view.byId.get(id) || node;
      return { drawNode: () => paintNode(ctx, now, x, y, view.ink, view.scale), nodeDimensions: dimensions(now, view.ink) };
    },
  };
}

function dimensions(node, ink) {
  const by = ringReach(node, ink);
  const far = (i) => Math.max(...(ink.shapes[node.shape]?.length ? ink.shapes[node.shape] : [[1, 1, 1, 1]])
    .map((c) => Math.abs(node.size * c[i] + by * c[i + 2])));
  return { width: Math.max(22, 2 * far(0)), height: Math.max(22, 2 * far(1)) };
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

export function visEdge(edge, bend, ink) {
  const tint = tieColour(ink, edge.colour);
  return {
    id: edge.id, from: edge.source, to: edge.target, dashes: edge.dashed ? [...ink.tie.dash] : false, width: ink.tie.width,
    arrows: { to: { enabled: !ink.plain.includes(edge.type) } },
    color: { color: tint, hover: tint, highlight: tint, opacity: 1 }, chosen: false,
    smooth: bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false,
  };
}

// A tie is as wide on the screen at every zoom, but thinner among thousands (palette.tie_growth). vis-network reads
// these two each time that it draws a tie: setting them costs nothing, where telling it of new options would.
export function fitTies(edges, ink, scale) {
  let shown = 0;
  for (const { options } of edges) if (!options.hidden) shown += 1;
  const share = Math.min(1, Math.sqrt(ink.tie.ease / Math.max(1, shown)));
  const grow = Math.max(1, Math.max(ink.tie.thinnest, share) / scale);
  const dash = ink.tie.dash.map((part) => part * grow);
  for (const { options } of edges) {
    options.width = ink.tie.width * grow;
    if (options.dashes) options.dashes = dash;
  }
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
