// The script of an exported page: it draws what pyvis laid out as the canvas draws it. page_export.py fills in the
// words in capitals: the font, the canvas's own look.js, the colours, the ground.
(function () {
DRAWING
const ink = inkOf(PALETTE, DARK);
const drawn = nodes.get();
const view = { ink, scale: 1, byId: new Map(drawn.map((n) => [n.id, { ...n, shape: n.mark }])) };
function paintName(ctx, n, x, y) {
  if (!n.words.length || n.nameSize * view.scale < 5) return;
  ctx.font = `${n.nameSize}px FAMILY`;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = ink.ground;
  ctx.fillStyle = ink.text;
  n.words.forEach((line, i) => {
    const top = y + n.below + 3 + i * n.nameSize * 1.25;
    ctx.strokeText(line, x, top);
    ctx.fillText(line, x, top);
  });
}
nodes.update(drawn.map((n) => {
  const now = view.byId.get(n.id);
  const made = visNode(now, view);
  // a title set here is shown as text; pyvis would turn one with "href" in it into markup
  return { ...made, title: n.detail, ctxRenderer: (asked) => {
    const { drawNode, nodeDimensions } = made.ctxRenderer(asked);
    const { ctx, x, y, state } = asked;
    return { nodeDimensions, drawExternalLabel: () => paintName(ctx, n, x, y), drawNode: () => {
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
network.fit();
document.fonts.load("13px FAMILY").then(function () { network.redraw(); });
})();
