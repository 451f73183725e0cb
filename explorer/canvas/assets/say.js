// What a screen reader is told about the selection.

export function sayChosen({ memory, byId, edgeById, ties, scene, texts }) {
  const { selected, edge, chosen } = memory;
  if (chosen.size > 1) return texts.chosen(chosen.size);
  const node = byId.get(selected);
  const tie = edgeById.get(edge);
  const name = (id) => byId.get(id)?.caption ?? "";
  if (node) {
    const type = scene.legend.find((e) => e.key === node.type)?.text;
    const ring = scene.legend.find((e) => e.key === node.ring)?.text;
    return texts.selected(node.caption, type, ties.get(node.id).length) + (ring ? `, ${ring}` : "");
  }
  return tie ? texts.edgeSelected(tie.caption, name(tie.source), name(tie.target)) : texts.cleared;
}
