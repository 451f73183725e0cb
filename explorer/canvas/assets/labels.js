// Which names are drawn, where, and how: no two overlap, and the more important come first.

const FONT_AT_REST = 12.5;

// Screen pixels: grows with the zoom, but slower, and stays readable when small.
export const labelSize = (scale) => Math.max(11.5, Math.min(20, FONT_AT_REST * Math.pow(scale, 0.45)));

class Grid {
  constructor() { this.cells = new Map(); }
  *keys(box) {
    for (let i = Math.floor(box.l / 64); i <= Math.floor(box.r / 64); i++)
      for (let j = Math.floor(box.t / 32); j <= Math.floor(box.b / 32); j++) yield i * 100003 + j;
  }
  hits(box, owner) {
    for (const key of this.keys(box))
      for (const other of this.cells.get(key) || [])
        if (other.owner !== owner && box.l < other.r && box.r > other.l && box.t < other.b && box.b > other.t) return true;
    return false;
  }
  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

const widths = new Map();
export const forgetWidths = () => widths.clear();
function widthOf(ctx, text, bold, family) {
  const key = (bold ? "b" : "n") + text;
  if (!widths.has(key)) {
    ctx.font = `${bold ? 700 : 400} 20px ${family}`;
    widths.set(key, ctx.measureText(text).width / 20);
  }
  return widths.get(key);
}

// items: {id, text, x, y, r, bold, must} in screen pixels, most important first -> placed labels.
export function placeLabels(ctx, items, size, family, width, height) {
  const nodes = new Grid();
  const taken = new Grid();
  // Where there are hundreds, only nodes that are seen as more than a speck keep names off.
  for (const n of items) if (items.length < 150 || n.r > 4.5) nodes.add({ l: n.x - n.r, r: n.x + n.r, t: n.y - n.r, b: n.y + n.r, owner: n.id });
  const placed = [];
  const most = Math.max(12, (width * height) / (items.length > 400 ? 13000 : 8000));
  for (const n of items) {
    if (placed.length >= most && !n.must) break;
    if (!n.text || n.x < -80 || n.x > width + 80 || n.y < -40 || n.y > height + 40) continue;
    const px = n.bold ? size * 1.08 : size;
    const w = widthOf(ctx, n.text, n.bold, family) * px + 4;
    const h = px * 1.3;
    const spots = [
      [n.x, n.y + n.r + 3 + h / 2], [n.x, n.y - n.r - 3 - h / 2],
      [n.x + n.r + 4 + w / 2, n.y], [n.x - n.r - 4 - w / 2, n.y],
    ];
    let chosen = null;
    for (const [x, y] of spots) {
      const box = { l: x - w / 2, r: x + w / 2, t: y - h / 2, b: y + h / 2, owner: n.id };
      const cut = box.l < 2 || box.r > width - 2 || box.t < 2 || box.b > height - 2;
      if (!cut && !taken.hits(box, n.id) && !nodes.hits(box, n.id)) { chosen = { ...n, lx: x, ly: y, px, box }; break; }
    }
    if (!chosen && n.must) {
      const [x, y] = spots[0];
      chosen = { ...n, lx: x, ly: y, px, box: { l: x - w / 2, r: x + w / 2, t: y - h / 2, b: y + h / 2, owner: n.id } };
    }
    if (chosen) { taken.add(chosen.box); placed.push(chosen); }
  }
  return { placed, taken, nodes };
}

export function paintText(ctx, text, x, y, font, colour, halo, alpha = 1) {
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.font = font;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
  ctx.restore();
}

// Edge captions go where no name is, along the edge's middle.
export function placeCaption(ctx, { taken, nodes }, text, x, y, size, family) {
  const w = widthOf(ctx, text, false, family) * size + 4;
  const box = { l: x - w / 2, r: x + w / 2, t: y - size * 0.65, b: y + size * 0.65, owner: `edge ${x} ${y}` };
  if (taken.hits(box, null) || nodes.hits(box, null)) return false;
  taken.add(box);
  return true;
}
