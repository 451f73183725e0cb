// The strip under the canvas: legend entries that hide and show, further filters, and the buttons.

import { icon, make, mark, stroke } from "./dom.js";
import { nodeColour, tieColour } from "./look.js";

function entryButton(entry, sign, view, actions, live = true) {
  const item = make(live ? "button" : "span", { class: "entry", "data-key": entry.key });
  const count = make("span", { class: "count" });
  count.textContent = entry.count;
  const words = make("span", { class: "words", dir: "auto" });
  words.textContent = entry.text;
  item.append(...(sign ? [sign] : []), words, count);
  if (live) {
    item.type = "button";
    item.setAttribute("aria-pressed", String(!view.memory.hidden.has(entry.key)));
    item.addEventListener("click", () => item.setAttribute("aria-pressed", String(actions.toggle(entry.key))));
  }
  return item;
}

function filterBlock(view, actions) {
  const { scene, texts, ink } = view;
  const block = make("div", { class: "filters", role: "group", "aria-label": texts.filters });
  block.hidden = !view.memory.filters;
  for (const group of ["tie", "own", "round"]) {
    const entries = scene.filters.filter((f) => f.group === group);
    if (!entries.length) continue;
    const row = make("div", { class: "legend" });
    row.append(make("span", { class: "group" }, texts.groups[group]));
    for (const entry of entries) row.append(entryButton(entry, group === "tie" ? stroke(tieColour(ink, entry.colour), entry.dashed) : null, view, actions));
    block.append(row);
  }
  return block;
}

export function buildStrip(view, types, actions) {
  const { scene, texts, ink, memory } = view;
  const legend = make("div", { class: "legend", role: "group", "aria-label": texts.legend });
  for (const entry of scene.legend) {
    const ring = ink.rings[entry.key];
    const colour = ring ? ink.ring[entry.key] : nodeColour(ink, entry.colour);
    const sign = mark(ink.shapes[entry.shape], colour, ring);
    legend.append(entryButton(entry, sign, view, actions, Boolean(ring) || types.has(entry.key)));
  }
  const folded = () => memory.folded ?? view.frame.clientWidth < 560; // on a telephone the picture needs the room
  const fold = make("button", { type: "button", class: "fold" });
  const sayFold = () => {
    legend.classList.toggle("folded", view.fills && folded());
    fold.setAttribute("aria-expanded", String(!folded()));
    fold.textContent = `${texts.legendShort} ${folded() ? "»" : "«"}`;
  };
  fold.addEventListener("click", () => { memory.folded = !folded(); sayFold(); view.refit(); });
  if (scene.legend.length) legend.prepend(fold);
  sayFold();
  const tools = make("div", { class: "tools", role: "group", "aria-label": texts.tools });
  const button = (name, text, act, wordy) => {
    const made = make("button", { type: "button", class: "tool", "data-tool": name, title: text, "aria-label": text });
    made.append(icon(name));
    if (wordy) made.append(make("span", { class: "words" }, text));
    made.addEventListener("click", () => act(made));
    tools.append(made);
    return made;
  };
  const pressed = (made, on) => made.setAttribute("aria-pressed", String(on));
  button("zoomOut", texts.zoomOut, actions.zoomOut);
  button("zoomIn", texts.zoomIn, actions.zoomIn);
  button("fit", texts.fit, actions.fit, true);
  pressed(button("choose", texts.choose, (made) => pressed(made, actions.choose())), view.choosing);
  const name = (shown) => (shown ? texts.hideLabels : texts.showLabels);
  button("labels", name(memory.labels), (made) => {
    const text = name(actions.labels());
    made.title = text;
    made.setAttribute("aria-label", text);
    made.querySelector(".words").textContent = text;
  }, true);
  pressed(button("dark", texts.dark, actions.dark), view.dark);
  const block = filterBlock(view, actions);
  if (block.childElementCount) {
    const made = button("filter", texts.filters, (it) => {
      memory.filters = !memory.filters;
      block.hidden = !memory.filters;
      it.setAttribute("aria-expanded", String(memory.filters));
    }, true);
    made.setAttribute("aria-expanded", String(memory.filters));
  }
  button("save", texts.save, actions.save, true);
  if (view.fills && document.fullscreenEnabled) pressed(button("full", texts.full, actions.full), Boolean(document.fullscreenElement));
  return make("div", { class: "strip" }, legend, tools, block);
}
