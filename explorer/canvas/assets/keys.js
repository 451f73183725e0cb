// The keyboard: arrows to the nearest node in that direction, Enter, zoom, and the steps of the walk.

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const WISHES = { h: "hide", Delete: "hide", p: "pin", "[": "back", "]": "forward" };

// Nearest in a cone of 120 degrees; a node off the axis counts as further away.
export function nearest(places, from, [wx, wy]) {
  let best = null;
  let least = Infinity;
  for (const [id, [x, y]] of places) {
    const along = (x - from[0]) * wx + (y - from[1]) * wy;
    const off = Math.abs((x - from[0]) * wy) + Math.abs((y - from[1]) * wx);
    if (along <= 0.5 || off > 1.75 * along) continue;
    const cost = along + 1.4 * off;
    if (cost < least) { least = cost; best = id; }
  }
  return best;
}

function command(event, act) {
  const name = event.key.toLowerCase();
  if (name === "y" || (name === "z" && event.shiftKey)) act.wish("redo");
  else if (name === "z") act.wish("undo");
  else return false;
  return true;
}

function plain(event, act) {
  const name = event.key;
  if (name in WAYS) act.step(WAYS[name]);
  else if (name in WISHES) act.wish(WISHES[name]);
  else if (name === "Enter") (event.shiftKey ? act.expand : act.open)();
  else if (name === " ") act.choose();
  else if (name === "+" || name === "=") act.zoom(1.25);
  else if (name === "-" || name === "_") act.zoom(0.8);
  else if (name === "0") act.fit();
  else if (name === "Escape") act.clear();
  else return false;
  return true;
}

export function listenKeys(element, act) {
  element.addEventListener("keydown", (event) => {
    if (event.altKey) return;
    if (!(event.ctrlKey || event.metaKey ? command : plain)(event, act)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
