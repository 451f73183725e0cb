// The hover text beside the pointer. Names go in as text, never as HTML.

import { make } from "./dom.js";

export function showTip(tip, stage, node, event) {
  const title = make("strong", { dir: "auto" });
  title.textContent = node.caption;
  tip.replaceChildren(title);
  for (const line of (node.detail || "").split("\n").filter(Boolean)) {
    const fact = make("span", { dir: "auto" });
    fact.textContent = line;
    tip.append(fact);
  }
  tip.hidden = false;
  const frame = stage.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const at = event.center || { x: event.clientX, y: event.clientY };
  const x = at.x - frame.left;
  const y = at.y - frame.top;
  tip.style.left = `${Math.max(6, Math.min(x + 14, frame.width - width - 6))}px`;
  tip.style.top = `${y + 18 + height > frame.height ? Math.max(6, y - height - 12) : y + 18}px`;
}
