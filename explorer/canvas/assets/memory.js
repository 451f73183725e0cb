// What outlives a rerun, and a change of page: places, zoom, filters, selection, by canvas key.

const KEPT = new Map();

export function memoryOf(key) {
  if (!KEPT.has(key)) {
    KEPT.set(key, {
      version: null, given: new Map(), places: new Map(), moved: new Set(), view: null, dark: null,
      hidden: new Set(), labels: true, filters: false, folded: null, selected: null, edge: null, chosen: new Set(), asked: 0,
    });
  }
  return KEPT.get(key);
}

const MOST_OF = 0.5;

// Sets memory.places for a new scene and returns whether the view should stay. A node that was given the
// same place as last time stays where it is now (it may have been dragged); else it goes where it is given.
export function settle(memory, scene) {
  const given = new Map(scene.nodes.map((n) => [n.id, [n.x, n.y]]));
  const places = new Map(given);
  let staying = 0;
  let unmoved = 0;
  for (const [id, place] of given) {
    const now = memory.places.get(id);
    if (!now) continue;
    staying += 1;
    if (same(memory.given.get(id), place)) places.set(id, now);
    if (same(now, places.get(id))) unmoved += 1;
  }
  const few = staying < MOST_OF * Math.min(memory.places.size || 1, given.size || 1);
  const relaid = unmoved < MOST_OF * staying;
  if (few) memory.moved = new Set();
  else memory.moved = new Set([...memory.moved].filter((id) => same(places.get(id), memory.places.get(id))));
  memory.given = given;
  memory.places = places;
  return staying > 0 && !few && !relaid;
}

const same = (a, b) => a && b && Math.abs(a[0] - b[0]) < 0.5 && Math.abs(a[1] - b[1]) < 0.5;
