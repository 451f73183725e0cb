// The edge between canvas and panel: drag or arrow keys set the panel's width, a button folds it; kept in this browser.

import { make } from "./dom.js";

const KEY = "branchmap-panel";
const LEAST = 240;
const STEP = 40;
const PLAIN = 340;

const root = document.documentElement;
const most = () => Math.max(LEAST, Math.round(innerWidth * 0.6));

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // a browser that keeps nothing
  }
}

function keep(now) {
  try { localStorage.setItem(KEY, JSON.stringify(now)); } catch { /* as above */ }
}

function apply(view) {
  const { now, frame, grip, fold, texts } = view;
  root.style.setProperty("--graph-panel", `${Math.min(now.width, most())}px`);
  root.dataset.panel = now.folded ? "folded" : "open";
  frame.classList.toggle("folded", now.folded);
  grip.setAttribute("aria-valuenow", String(now.width));
  grip.setAttribute("aria-valuemax", String(most()));
  grip.tabIndex = now.folded ? -1 : 0;
  fold.textContent = now.folded ? "‹" : "›";
  fold.title = now.folded ? texts.open : texts.fold;
  fold.setAttribute("aria-label", fold.title);
  fold.setAttribute("aria-expanded", String(!now.folded));
}

function change(view, what) {
  Object.assign(view.now, what);
  view.now.width = Math.round(Math.max(LEAST, Math.min(most(), view.now.width)));
  apply(view);
  keep(view.now);
}

function build(place) {
  const grip = make("div", { class: "grip", role: "separator", "aria-orientation": "vertical", "aria-valuemin": String(LEAST) });
  const fold = make("button", { class: "fold", type: "button" });
  const frame = make("div", { class: "edge" }, grip, fold);
  const view = { grip, fold, frame, texts: {}, now: { width: PLAIN, folded: false, ...kept() } };
  let from = null;
  grip.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    grip.setPointerCapture(event.pointerId);
    from = { x: event.clientX, width: view.now.width };
    grip.classList.add("held");
    event.preventDefault();
  });
  grip.addEventListener("pointermove", (event) => { if (from) change(view, { width: from.width + from.x - event.clientX }); });
  const stop = () => { from = null; grip.classList.remove("held"); };
  grip.addEventListener("pointerup", stop);
  grip.addEventListener("lostpointercapture", stop);
  grip.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (!way) return;
    event.preventDefault();
    change(view, { width: view.now.width + way });
  });
  fold.addEventListener("click", () => change(view, { folded: !view.now.folded }));
  place.append(frame);
  return view;
}

const VIEWS = new WeakMap();

export default function edge({ data, parentElement }) {
  let view = VIEWS.get(parentElement);
  if (!view) VIEWS.set(parentElement, (view = build(parentElement)));
  view.texts = data.texts;
  view.grip.setAttribute("aria-label", data.texts.move);
  view.grip.title = data.texts.move;
  apply(view);
}
