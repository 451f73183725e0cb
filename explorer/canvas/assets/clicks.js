// What is a click and what a double click, as the system counts them.

// vis-network measures both by when it gets to see them: a press held for a quarter of a second is none to it, and
// two clicks 0.3 s apart are two. A slow hand or a busy browser is slower than that; how fast a double click
// has to be is the person's own setting.

const STILL = 5; // px: from there on vis-network drags

// act: { active(event), one({ x, y }, event), two({ x, y }) }
export function listenClicks(surface, act) {
  let from = null;
  let moved = false;
  const far = (event) => from !== null && Math.hypot(event.clientX - from[0], event.clientY - from[1]) > STILL;
  const at = (event) => {
    const box = surface.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  surface.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY]; moved = false; }, true);
  surface.addEventListener("pointermove", (event) => { moved ||= far(event); }, true);
  surface.addEventListener("click", (event) => {
    if (event.detail < 2 && !moved && act.active(event)) act.one(at(event), event);
  });
  surface.addEventListener("dblclick", (event) => { if (!moved && act.active(event)) act.two(at(event)); });
}
