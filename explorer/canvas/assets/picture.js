// Saves what the frame shows as a PNG: the same ground, twice the size, with title, legend and footer.

import { nodeColour, tracePath } from "./look.js";

const TIMES = 2;
const MARGIN = 24;

function legendRows(ctx, entries, family, width) {
  ctx.font = `400 13px ${family}`;
  const rows = [[]];
  let x = 0;
  for (const entry of entries) {
    const text = `${entry.text}  ${entry.count}`;
    const w = 22 + ctx.measureText(text).width + 20;
    if (x + w > width && rows.at(-1).length) { rows.push([]); x = 0; }
    rows.at(-1).push({ entry, text, x });
    x += w;
  }
  return rows;
}

function drawLegend(ctx, ink, rows, left, top, family) {
  ctx.font = `400 13px ${family}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  rows.forEach((row, i) => {
    for (const { entry, text, x } of row) {
      const y = top + i * 24 + 12;
      const ring = ink.rings[entry.key];
      tracePath(ctx, ink, ring ? "dot" : entry.shape, left + x + 8, y, ring ? 5.5 : 6.5);
      if (ring) {
        ctx.strokeStyle = ink.ring[entry.key];
        ctx.lineWidth = ring.width * 0.8;
        ctx.setLineDash(ring.dash);
        ctx.stroke();
        ctx.setLineDash([]);
      } else { ctx.fillStyle = nodeColour(ink, entry.colour); ctx.fill(); }
      ctx.fillStyle = ink.text;
      ctx.fillText(text, left + x + 22, y);
    }
  });
}

// drawView(ctx) draws the graph in screen pixels, its top left at 0,0. shown: legend entries not hidden.
export function savePicture(scene, ink, shown, width, height, family, drawView, fileName) {
  const canvas = document.createElement("canvas");
  let ctx = canvas.getContext("2d");
  const rows = legendRows(ctx, shown, family, width);
  const head = scene.title ? 40 : 0;
  const legend = shown.length ? rows.length * 24 + 12 : 0;
  const foot = scene.footer ? 28 : 0;
  const full = { w: width + 2 * MARGIN, h: height + head + legend + foot + 2 * MARGIN };
  canvas.width = full.w * TIMES;
  canvas.height = full.h * TIMES;
  ctx = canvas.getContext("2d");
  ctx.scale(TIMES, TIMES);
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, full.w, full.h);
  ctx.fillStyle = ink.text;
  ctx.textBaseline = "middle";
  ctx.font = `700 20px ${family}`;
  if (head) ctx.fillText(scene.title, MARGIN, MARGIN + 14, width);
  ctx.save();
  ctx.translate(MARGIN, MARGIN + head);
  ctx.beginPath();
  ctx.rect(0, 0, width, height);
  ctx.clip();
  drawView(ctx);
  ctx.restore();
  if (legend) drawLegend(ctx, ink, rows, MARGIN, MARGIN + head + height + 8, family);
  ctx.fillStyle = ink.faint;
  ctx.font = `400 12px ${family}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  if (foot) ctx.fillText(scene.footer, MARGIN, full.h - MARGIN - 6, width);
  return new Promise((done) => canvas.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    done({ width: canvas.width, height: canvas.height, bytes: blob.size });
  }, "image/png"));
}
