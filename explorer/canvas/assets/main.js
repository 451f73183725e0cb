// The component's entry: one view per place on the page, redrawn only when the scene changes.

import { GraphView } from "./view.js";

const VIEWS = new WeakMap();

export default function canvas({ data, parentElement, setTriggerValue }) {
  let held = VIEWS.get(parentElement);
  if (!held) {
    held = { view: new GraphView(parentElement), ending: 0 };
    VIEWS.set(parentElement, held);
  }
  clearTimeout(held.ending);
  held.view.show(data, (act) => setTriggerValue("act", act));
  // The clean-up also runs between two calls for the same place: end only if no call follows.
  return () => {
    held.ending = setTimeout(() => {
      held.view.end();
      VIEWS.delete(parentElement);
    }, 60);
  };
}
