// How many of each legend entry are shown now, as pictures count them: what is switched off takes others along.

export function shownCounts(view) {
  const counts = new Map();
  const add = (key) => { if (key) counts.set(key, (counts.get(key) ?? 0) + 1); };
  for (const n of view.scene.nodes) if (!view.isHidden(n)) [n.type, n.ring, ...n.facets].forEach(add);
  for (const e of view.scene.edges) if (!view.isTieHidden(e)) add(`tie:${e.type}`);
  return counts;
}

// An entry that is switched off says how many it would bring back.
export function sayCounts(view) {
  const counts = shownCounts(view);
  for (const entry of [...view.scene.legend, ...view.scene.filters]) {
    const item = view.strip?.querySelector(`[data-key="${CSS.escape(entry.key)}"] .count`);
    if (item) item.textContent = view.memory.hidden.has(entry.key) ? entry.count : counts.get(entry.key) ?? 0;
  }
}
