// What is painted around vis-network's own drawing: emphasis, dimming, names, captions.

import { labelSize, paintText, placeCaption, placeLabels } from "./labels.js";
import { fitTies, nodeColour, outline, paintPin, ringReach, tracePath } from "./look.js";

const FEW_EDGES = 40;
const CLOSE = 1.5; // from this zoom on, edges carry their captions
const MOST_CAPTIONS = 120;
const MOST_NAMED = 40; // of a path or a selection, all are named up to here

// Works in canvas units, as vis-network calls it.
export function paintBelow(view, ctx) {
  for (const n of view.ranked) {
    if (!n.focus) break; // focus nodes are ranked first
    if (view.isHidden(n)) continue;
    const [x, y] = view.memory.places.get(n.id);
    ctx.save();
    ctx.fillStyle = nodeColour(view.ink, n.colour);
    for (const [grow, alpha] of view.ink.glow) {
      ctx.globalAlpha = alpha;
      tracePath(ctx, view.ink, "dot", x, y, n.size + grow);
      ctx.fill();
    }
    ctx.restore();
  }
}

// The nodes and edges that stay lit, or null when all do.
function lit(view) {
  const { selected, edge } = view.memory;
  const tie = view.edgeById.get(view.hoverEdge ?? (view.hover ? null : edge));
  if (tie && !view.hover) return { nodes: new Set([tie.source, tie.target]), edges: new Set([tie.id]), centre: null };
  const several = view.memory.chosen.size > 1 ? [...view.memory.chosen] : view.lit;
  if (!view.hover && several.length) return among(view, several);
  const centre = view.hover ?? selected;
  if (!centre || !view.byId.has(centre)) return null;
  const nodes = new Set([centre]);
  const edges = new Set();
  for (const e of view.ties.get(centre)) {
    if (view.isTieHidden(e)) continue;
    edges.add(e.id);
    nodes.add(e.source).add(e.target);
  }
  return { nodes, edges, centre };
}

// A path or a selection: its nodes and the ties between them.
function among(view, ids) {
  const nodes = new Set(ids.filter((id) => view.byId.has(id) && !view.isHidden(view.byId.get(id))));
  if (!nodes.size) return null;
  const edges = new Set();
  for (const id of nodes)
    for (const e of view.ties.get(id))
      if (nodes.has(e.source) && nodes.has(e.target) && !view.isTieHidden(e)) edges.add(e.id);
  return { nodes, edges, centre: null };
}

function syncDragged(view) {
  // While a node is being dragged vis-network knows where it is and we do not.
  for (const id of view.network.getSelectedNodes()) {
    const body = view.network.body.nodes[id];
    if (body) view.memory.places.set(id, [body.x, body.y]);
  }
}

export function paintAbove(view, ctx) {
  if (!view.network) return;
  syncDragged(view);
  const { clientWidth: w, clientHeight: h } = view.surface;
  const scale = view.network.getScale();
  const corner = view.network.DOMtoCanvas({ x: 0, y: 0 });
  const light = lit(view);
  if (light) {
    ctx.save();
    ctx.fillStyle = view.ink.veil;
    ctx.fillRect(corner.x - 5 / scale, corner.y - 5 / scale, (w + 10) / scale, (h + 10) / scale);
    ctx.restore();
    paintLit(view, ctx, light, view.ink);
  }
  for (const id of view.pinned) {
    const n = view.byId.get(id);
    if (n && !view.isHidden(n)) paintPin(ctx, n, ...view.memory.places.get(id), view.ink);
  }
  ctx.save();
  ctx.translate(corner.x, corner.y);
  ctx.scale(1 / scale, 1 / scale);
  paintWords(view, ctx, light, view.ink, w, h, scale, corner);
  ctx.restore();
}

function paintLit(view, ctx, light, palette) {
  const { nodes, edges } = view.network.body;
  for (const id of light.edges) {
    const e = edges[id];
    if (!e || e.options.hidden) continue;
    const held = { ...e.options.color };
    const width = e.options.width;
    // vis-network keeps a computed colour: lend it the lit one for this stroke.
    e.options.color = { ...held, color: palette.litTie, inherit: false, opacity: 1 };
    e.options.width = Math.max(2.2, 2.2 / view.scale);
    e.draw(ctx);
    e.drawArrows(ctx);
    e.options.color = held;
    e.options.width = width;
  }
  for (const id of light.nodes) if (nodes[id] && !nodes[id].options.hidden) nodes[id].draw(ctx);
  for (const id of new Set([view.memory.selected, ...view.memory.chosen])) {
    const chosen = view.byId.get(id);
    if (!chosen || view.isHidden(chosen)) continue;
    const [x, y] = view.memory.places.get(id);
    outline(ctx, palette, chosen, x, y, chosen.ring ? 11 : 5);
    ctx.strokeStyle = palette.accent;
    ctx.lineWidth = Math.max(3, 2 / view.scale);
    ctx.lineJoin = "round";
    ctx.stroke();
  }
}

function paintWords(view, ctx, light, palette, w, h, scale, corner) {
  const family = view.family();
  const size = labelSize(scale);
  const onScreen = (id) => {
    const [x, y] = view.memory.places.get(id);
    return [(x - corner.x) * scale, (y - corner.y) * scale];
  };
  const items = [];
  const add = (n, first) => {
    const [x, y] = onScreen(n.id);
    items.push({
      id: n.id, text: n.label, x, y, r: (n.size * (n.shape === "box" ? 1.1 : 1) + ringReach(n, palette)) * scale + 2,
      bold: n.focus || n.id === light?.centre, must: first,
    });
  };
  const seen = view.ranked.filter((n) => !view.isHidden(n));
  const first = new Set([light?.centre, ...(light && !light.centre ? light.nodes : [])].filter(Boolean));
  const must = first.size <= MOST_NAMED;
  for (const n of seen) if (first.has(n.id)) add(n, must);
  for (const n of seen) if (!first.has(n.id) && light?.nodes.has(n.id)) add(n, false);
  for (const n of seen) if (!first.has(n.id) && !light?.nodes.has(n.id)) add(n, n.focus && !light);
  const named = view.memory.labels ? items : items.filter((n) => n.must && first.has(n.id)); // only what is pointed at
  const names = placeLabels(ctx, named, size, family, w, h);
  const bright = (id) => !light || light.nodes.has(id);
  paintCaptions(view, ctx, light, palette, { names, size: size * 0.88, family, w, h, scale, corner, seen });
  for (const n of names.placed.reverse()) {
    if (!bright(n.id) && seen.length > 60) continue;
    const font = `${n.bold ? 700 : 400} ${n.px}px ${family}`;
    paintText(ctx, n.text, n.lx, n.ly, font, palette.text, palette.ground, bright(n.id) ? 1 : 0.22);
  }
}

function paintCaptions(view, ctx, light, palette, o) {
  const few = view.scene.edges.length <= FEW_EDGES && o.scale > 0.75;
  const close = o.scale >= CLOSE;
  const ids = light ? light.edges : few || close ? new Set(view.edgeById.keys()) : new Set();
  if (!view.memory.labels && !light) return;
  let drawn = 0;
  for (const id of ids) {
    const e = view.edgeById.get(id);
    const body = view.network.body.edges[id];
    if (!e?.caption || !body?.connected || body.options.hidden || view.isTieHidden(e)) continue;
    if (drawn >= MOST_CAPTIONS) break;
    for (const part of [0.5, 0.36, 0.64]) {
      const point = body.edgeType.getPoint(part);
      const x = (point.x - o.corner.x) * o.scale;
      const y = (point.y - o.corner.y) * o.scale;
      if (x < 0 || y < 0 || x > o.w || y > o.h) continue;
      if (!placeCaption(ctx, o.names, e.caption, x, y, o.size, o.family)) continue;
      paintText(ctx, e.caption, x, y, `400 ${o.size}px ${o.family}`, palette.faint, palette.ground);
      drawn += 1;
      break;
    }
  }
}

// The view once more for a saved picture, as it is seen; ctx is in screen pixels.
export function paintPicture(view, ctx) {
  const scale = view.network.getScale();
  const { clientWidth: w, clientHeight: h } = view.surface;
  const corner = view.network.DOMtoCanvas({ x: 0, y: 0 });
  const light = lit(view);
  const { nodes, edges } = view.network.body;
  ctx.save();
  ctx.scale(scale, scale);
  ctx.translate(-corner.x, -corner.y);
  fitTies(Object.values(edges), view.ink, scale);
  paintBelow(view, ctx);
  const shown = Object.values(edges).filter((e) => e.connected && !e.options.hidden);
  for (const e of shown) e.draw(ctx);
  for (const n of Object.values(nodes)) if (!n.options.hidden) n.draw(ctx);
  for (const e of shown) e.drawArrows(ctx);
  if (light) {
    ctx.fillStyle = view.ink.veil;
    ctx.fillRect(corner.x, corner.y, w / scale, h / scale);
    paintLit(view, ctx, light, view.ink);
  }
  ctx.restore();
  paintWords(view, ctx, light, view.ink, w, h, scale, corner);
}
