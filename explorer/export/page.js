// The script of an exported page: it draws what pyvis laid out as the canvas draws it. page_export.py fills in the
// words in capitals: the font, the canvas's own look.js and labels.js, the colours, the ground.
(function () {
DRAWING
const FONT = "FAMILY, sans-serif";
const ink = inkOf(PALETTE, DARK);
const drawn = nodes.get();
const view = { ink, scale: 1, byId: new Map(drawn.map((n) => [n.id, { ...n, shape: n.mark, name: shortName(n.name) }])) };
const ties = (id) => network.getConnectedEdges(id).length;
const ranked = [...view.byId.values()].sort((a, b) => b.focus - a.focus || b.size - a.size || ties(b.id) - ties(a.id));
let hovered = null;

// Names are placed on the screen as the canvas places them: readable at every zoom, none over another.
function paintNames(ctx) {
  const { clientWidth: w, clientHeight: h } = network.canvas.frame.canvas;
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const pointed = new Set([hovered, ...network.getSelectedNodes()]);
  const items = ranked.map((n) => {
    const { x, y } = network.getPosition(n.id);
    return {
      id: n.id, text: n.name, x: (x - corner.x) * view.scale, y: (y - corner.y) * view.scale,
      r: (n.size + ringReach(n, ink)) * view.scale + 2, bold: n.focus, must: n.focus || pointed.has(n.id),
    };
  });
  items.sort((a, b) => pointed.has(b.id) - pointed.has(a.id));
  const { placed } = placeLabels(ctx, items, labelSize(view.scale), FONT, w, h);
  ctx.save();
  ctx.translate(corner.x, corner.y);
  ctx.scale(1 / view.scale, 1 / view.scale);
  for (const n of placed.reverse()) paintText(ctx, n.text, n.lx, n.ly, `${n.bold ? 700 : 400} ${n.px}px ${FONT}`, ink.text, ink.ground);
  ctx.restore();
}

nodes.update(drawn.map((n) => {
  const now = view.byId.get(n.id);
  const made = visNode(now, view);
  // a title set here is shown as text; pyvis would turn one with "href" in it into markup
  return { ...made, title: n.detail, ctxRenderer: (asked) => {
    const { drawNode, nodeDimensions } = made.ctxRenderer(asked);
    const { ctx, x, y, state } = asked;
    return { nodeDimensions, drawNode: () => {
      drawNode();
      if (!state.hover && !state.selected) return;
      outline(ctx, ink, now, x, y, ringReach(now, ink) + 3);
      ctx.strokeStyle = ink.accent;
      ctx.lineWidth = 3;
      ctx.stroke();
    } };
  } };
}));
for (const { id } of drawn)
  network.body.nodes[id].shape.distanceToBorder = (_, angle) => reach(view.byId.get(id), angle, ink);
network.on("beforeDrawing", (ctx) => {
  view.scale = network.getScale();
  fitTies(Object.values(network.body.edges), ink, view.scale);
  for (const n of drawn.filter((one) => one.focus)) {
    const { x, y } = network.getPosition(n.id);
    ctx.fillStyle = nodeColour(ink, n.colour);
    for (const [grow, alpha] of ink.glow) {
      ctx.globalAlpha = alpha;
      tracePath(ctx, ink, "dot", x, y, n.size + grow);
      ctx.fill();
    }
    ctx.globalAlpha = 1;
  }
});
network.on("afterDrawing", paintNames);
network.on("hoverNode", ({ node }) => { hovered = node; network.redraw(); });
network.on("blurNode", () => { hovered = null; network.redraw(); });
network.fit();
document.fonts.load(`13px ${FONT}`).then(function () { forgetWidths(); network.redraw(); });
})();
