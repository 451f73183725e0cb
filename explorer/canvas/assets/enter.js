// A search box by the keyboard: Enter opens the first hit, once the hits are those of what stands in the box; arrows walk
// through the hits, Escape leaves them. Hits that lie over the page close when something else is pressed.

const STATES = new WeakMap();
const LISTENING = new Set();

const within = (key, what) => document.querySelector(`.st-key-${CSS.escape(key)} ${what}`);
const hitsOf = (box) => `${box.replace(/-typed$/, "")}-hits`;
const buttonsOf = (box) => [...document.querySelectorAll(`.st-key-${CSS.escape(hitsOf(box))} button`)];
const show = (open) => { document.documentElement.dataset.find = open ? "open" : "closed"; };

// The button is drawn a few frames after we are told of it.
function open(state, frames = 120) {
  state.pending = null;
  const button = state.first && within(state.first, "button");
  if (button) button.click();
  else if (state.first && frames) requestAnimationFrame(() => open(state, frames - 1));
}

function pressed(state, event) {
  if (event.isComposing) return; // Enter also ends the typing of a Chinese word
  if (event.key === "Enter") {
    const value = event.target.value.trim();
    if (value === state.typed) open(state);
    else state.pending = value; // the box sends it now; the hits come with the next call
  } else if (event.key === "ArrowDown") {
    show(true);
    const [first] = buttonsOf(state.box);
    if (first) { first.focus(); event.preventDefault(); }
  }
}

// As if the person had emptied the box: React listens to the element's own setter.
function empty(input) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, "");
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
}

function walk(box, event) {
  const buttons = buttonsOf(box);
  const at = buttons.findIndex((b) => b.contains(event.target));
  if (at < 0) return;
  const input = within(box, "input");
  const way = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (way) (buttons[at + way] ?? (way < 0 ? input : buttons[at])).focus();
  else if (event.key === "Escape") empty(input);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// Once for each box; its elements are looked for anew, because the page makes them anew.
function listen(box) {
  if (LISTENING.has(box)) return;
  LISTENING.add(box);
  document.addEventListener("keydown", (event) => walk(box, event), true);
  document.addEventListener("click", (event) => { if (buttonsOf(box).some((b) => b.contains(event.target))) show(false); });
  document.addEventListener("pointerdown", (event) => {
    const hits = document.querySelector(`.st-key-${CSS.escape(hitsOf(box))}`);
    if (hits && !hits.contains(event.target) && !within(box, "input")?.contains(event.target)) show(false);
  }, true);
}

export default function enter({ data, parentElement }) {
  const { box, typed, first } = data;
  const state = STATES.get(parentElement) ?? { pending: null };
  STATES.set(parentElement, Object.assign(state, { box, typed, first }));
  listen(box);
  const input = within(box, "input");
  if (input && state.input !== input) {
    state.input = input;
    input.addEventListener("keydown", (event) => pressed(state, event));
    for (const kind of ["input", "focus", "pointerdown"]) input.addEventListener(kind, () => show(true));
  }
  if (state.pending !== null && state.pending === typed) open(state);
}
