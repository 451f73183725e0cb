// Brings vis-network's nodes and edges to a new scene: only what differs is touched.

import { bends, reach, tieColour, visEdge, visNode } from "./look.js";

export function wantedNodes(view) {
  return view.scene.nodes.map((n) => {
    const [x, y] = view.memory.places.get(n.id);
    const hidden = view.isHidden(n);
    return { item: { ...visNode({ ...n, x, y }, view), hidden }, print: `${x} ${y} ${n.size} ${n.shape} ${hidden}` };
  });
}

export function wantedEdges(view) {
  const bent = bends(view.scene.edges);
  return view.scene.edges.map((e) => {
    const hidden = view.isTieHidden(e);
    const bend = bent.get(e.id);
    return { item: { ...visEdge(e, bend, view.ink), hidden }, print: `${bend} ${tieColour(view.ink, e.colour)} ${e.dashed} ${hidden}` };
  });
}

function bring(set, prints, wanted) {
  const now = new Map(wanted.map((w) => [w.item.id, w.print]));
  const gone = [...prints.keys()].filter((id) => !now.has(id));
  const added = wanted.filter((w) => !prints.has(w.item.id)).map((w) => w.item);
  const changed = wanted.filter((w) => prints.has(w.item.id) && prints.get(w.item.id) !== w.print).map((w) => w.item);
  return { now, gone, added, changed, apply: () => { if (changed.length) set.update(changed); if (added.length) set.add(added); } };
}

export function syncSets(view) {
  const nodes = bring(view.nodes, view.prints.nodes, wantedNodes(view));
  const edges = bring(view.edges, view.prints.edges, wantedEdges(view));
  if (edges.gone.length) view.edges.remove(edges.gone);
  if (nodes.gone.length) view.nodes.remove(nodes.gone);
  nodes.apply();
  edges.apply();
  view.prints = { nodes: nodes.now, edges: edges.now };
  borders(view, nodes.added.map((n) => n.id));
}

// vis-network takes a shape of our own for a box: tell it where edges really end.
export function borders(view, ids) {
  for (const id of ids) {
    const body = view.network.body.nodes[id];
    if (body) body.shape.distanceToBorder = (_, angle) => reach(view.byId.get(id), angle, view.ink);
  }
}
