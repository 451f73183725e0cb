// Choosing several nodes: Shift and drag draws a box, with Alt a free line around them; Shift and click adds one.

const SLIGHT = 4; // px: less is a click

const inside = (points, x, y) => {
  let within = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [xi, yi] = points[i];
    const [xj, yj] = points[j];
    if ((yi > y) !== (yj > y) && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
  }
  return within;
};

const SVG = "http://www.w3.org/2000/svg";

// act: { active(event), nodeAt(x, y), placed() -> [[id, x, y]], add(ids, keep), one(id) }
export function listenChoose(surface, act) {
  let points = null;
  let free = false;
  let sheet = null;
  const at = (event) => {
    const box = surface.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const ring = () => {
    const [[x0, y0], [x1, y1]] = [points[0], points.at(-1)];
    return free ? points : [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
  };
  const draw = () => {
    if (!sheet) {
      sheet = document.createElementNS(SVG, "svg");
      sheet.setAttribute("class", "choosing");
      sheet.append(document.createElementNS(SVG, "polygon"));
      surface.append(sheet);
    }
    sheet.firstChild.setAttribute("points", ring().map((p) => p.join(",")).join(" "));
  };
  const stop = () => { sheet?.remove(); sheet = null; points = null; };
  surface.addEventListener("pointerdown", (event) => {
    if (event.button || !act.active(event)) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    surface.setPointerCapture(event.pointerId);
    points = [at(event)];
    free = event.altKey;
  }, true);
  surface.addEventListener("pointermove", (event) => {
    if (!points) return;
    event.stopImmediatePropagation();
    points.push(at(event));
    draw();
  }, true);
  surface.addEventListener("pointerup", (event) => {
    if (!points) return;
    event.stopImmediatePropagation();
    points.push(at(event));
    const around = ring();
    const [x, y] = points[0];
    const far = points.some(([a, b]) => Math.hypot(a - x, b - y) > SLIGHT);
    stop();
    if (!far) { act.one(act.nodeAt(x, y)); return; }
    act.add(act.placed().filter(([, a, b]) => inside(around, a, b)).map(([id]) => id));
  }, true);
  surface.addEventListener("pointercancel", stop, true);
}
