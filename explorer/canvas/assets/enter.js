// Enter in a search box opens the first hit, once the hits are those of what stands in the box.

const STATES = new WeakMap();

const within = (key, what) => document.querySelector(`.st-key-${CSS.escape(key)} ${what}`);

// The button is drawn a few frames after we are told of it.
function open(state, frames = 120) {
  state.pending = null;
  const button = state.first && within(state.first, "button");
  if (button) button.click();
  else if (state.first && frames) requestAnimationFrame(() => open(state, frames - 1));
}

function pressed(state, event) {
  if (event.key !== "Enter" || event.isComposing) return; // Enter also ends the typing of a Chinese word
  const value = event.target.value.trim();
  if (value === state.typed) open(state);
  else state.pending = value; // the box sends it now; the hits come with the next call
}

export default function enter({ data, parentElement }) {
  const { box, typed, first } = data;
  const state = STATES.get(parentElement) ?? { pending: null };
  STATES.set(parentElement, Object.assign(state, { typed, first }));
  const input = within(box, "input");
  if (input && state.input !== input) {
    state.input = input;
    input.addEventListener("keydown", (event) => pressed(state, event));
  }
  if (state.pending !== null && state.pending === typed) open(state);
}
