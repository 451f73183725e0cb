// One graph on the page: its elements, its network, and what the person does with it.

import { DataSet, Network } from "./vis-network.min.js";
import { listenChoose } from "./choose.js";
import { listenClicks } from "./clicks.js";
import { sayCounts, shownCounts } from "./counts.js";
import { make } from "./dom.js";
import { listenKeys, nearest } from "./keys.js";
import { forgetWidths } from "./labels.js";
import { fitTies, inkOf, shortName } from "./look.js";
import { memoryOf, settle } from "./memory.js";
import { paintAbove, paintBelow, paintPicture } from "./paint.js";
import { savePicture } from "./picture.js";
import { sayChosen } from "./say.js";
import { buildStrip } from "./strip.js";
import { borders, syncSets, wantedEdges, wantedNodes } from "./sync.js";
import { textsFor } from "./texts.js";
import { showTip } from "./tip.js";

const SCALES = [0.03, 5];
const MANY_EDGES = 1500;
const SPECK = 0.35; // below this zoom an arrow's head is a speck; of many edges, the heads are most of the work

export class GraphView {
  constructor(root) {
    this.stage = make("div", { class: "stage", tabindex: "0", role: "application", "data-testid": "branchmap-canvas" });
    this.tip = make("div", { class: "tip", role: "tooltip", hidden: "" });
    this.said = make("div", { class: "said", "aria-live": "polite" });
    this.note = make("div", { class: "note" });
    this.surface = make("div", { class: "surface" });
    this.stage.append(this.surface, this.note, this.tip);
    this.frame = make("div", { class: "branchmap" }, this.stage, this.said);
    root.append(this.frame);
    this.lit = [];
    this.pinned = [];
    this.choosing = false;
    this.stage.graph = this; // what tests and the console ask: see positionsOnScreen
    this.onFonts = () => { forgetWidths(); this.network?.redraw(); };
    document.fonts?.addEventListener("loadingdone", this.onFonts);
    listenKeys(this.stage, {
      step: (way) => this.step(way), open: () => this.act("click"), expand: () => this.act("double"),
      zoom: (by) => this.zoom(by), fit: () => this.fit(), clear: () => this.clear(),
      choose: () => this.chooseOne(this.memory.selected), wish: (name) => this.tell(name),
    });
    listenChoose(this.surface, {
      active: (event) => Boolean(this.network) && (event.shiftKey || this.choosing),
      nodeAt: (x, y) => this.network.getNodeAt({ x, y }) ?? null,
      placed: () => this.onSurface(),
      one: (id) => this.chooseOne(id), add: (ids) => this.choose(ids),
    });
    listenClicks(this.surface, {
      active: (event) => Boolean(this.network) && !event.shiftKey && !this.choosing,
      one: (at, event) => this.clicked(at, event), two: (at) => this.doubleClicked(at),
    });
    // vis-network does not notice the pointer leaving.
    this.stage.addEventListener("pointerleave", () => { if (this.network && (this.hover || this.hoverEdge)) this.over(null, null); });
    this.stage.addEventListener("focus", () => this.focusSeen());
  }

  // bytes: one line of JSON about the canvas, then the scene, which is read only if it changed.
  show(bytes, send) {
    this.send = send;
    const end = bytes.indexOf(10);
    const text = new TextDecoder();
    const data = JSON.parse(text.decode(bytes.subarray(0, end)));
    this.memory = memoryOf(data.name);
    this.lit = data.lit;
    this.pinned = data.pinned;
    const asked = data.select.turn && data.select.turn !== this.memory.asked;
    if (asked) this.memory.hidden = new Set(data.select.off);
    this.theme = data.dark;
    this.palette = data.palette;
    const look = `${data.version} ${data.dark} ${data.height}`;
    if (look !== this.look) {
      this.look = look;
      this.draw(JSON.parse(text.decode(bytes.subarray(end + 1))), data);
    } else if (asked) this.refilter();
    if (asked) {
      this.memory.asked = data.select.turn;
      this.memory.chosen = new Set(data.select.chosen.filter((id) => this.byId.has(id)));
      this.select(this.byId.has(data.select.id) ? data.select.id : null, null, null);
      if (this.memory.selected) this.bringIn(this.memory.selected);
    }
    this.network?.redraw();
  }

  get dark() { return this.memory.dark ?? this.theme; }

  // The colours of the ground that is in force, for what is drawn and for the style sheet.
  takeInk() {
    this.ink = inkOf(this.palette, this.dark);
    this.frame.classList.toggle("dark", this.dark);
    for (const name of ["ground", "text", "faint", "line", "soft", "accent"]) this.frame.style.setProperty(`--${name}`, this.ink[name]);
  }

  draw(scene, data) {
    const memory = this.memory;
    this.began = performance.now();
    this.scene = scene;
    this.fonts = null;
    this.takeInk();
    this.texts = textsFor(scene.language);
    this.byId = new Map(scene.nodes.map((n) => [n.id, { ...n, label: shortName(n.caption) }]));
    this.edgeById = new Map(scene.edges.map((e) => [e.id, e]));
    this.ties = new Map(scene.nodes.map((n) => [n.id, []]));
    for (const e of scene.edges) { this.ties.get(e.source)?.push(e); this.ties.get(e.target)?.push(e); }
    this.ranked = [...this.byId.values()].sort((a, b) =>
      b.focus - a.focus || b.size - a.size || this.ties.get(b.id).length - this.ties.get(a.id).length
      || Boolean(b.ring) - Boolean(a.ring));
    const sameScene = memory.version === data.version;
    const stays = sameScene || settle(memory, scene);
    memory.version = data.version;
    if (!this.byId.has(memory.selected)) memory.selected = null;
    if (!this.edgeById.has(memory.edge)) memory.edge = null;
    memory.chosen = new Set([...memory.chosen].filter((id) => this.byId.has(id)));
    this.hover = null;
    this.hoverEdge = null;
    this.hideTip();
    this.frame.lang = scene.language === "zh" ? "zh-CN" : "en";
    this.fills = !data.height;
    this.frame.classList.toggle("fills", this.fills);
    this.stage.style.height = this.fills ? "" : `${data.height}px`;
    this.stage.setAttribute("aria-label", scene.title ? `${scene.title}。${this.texts.canvas}` : this.texts.canvas);
    this.replaceStrip();
    this.sayNote();
    if (scene.nodes.length && stays && this.network && !sameScene) this.changeNetwork();
    else {
      this.network?.destroy();
      this.network = null;
      if (scene.nodes.length) this.startNetwork(stays ? memory.view : null);
    }
    this.stage.dataset.version = data.version;
  }

  startNetwork(view) {
    this.scale = 1;
    const nodes = wantedNodes(this);
    const edges = wantedEdges(this);
    this.prints = { nodes: new Map(nodes.map((w) => [w.item.id, w.print])), edges: new Map(edges.map((w) => [w.item.id, w.print])) };
    this.nodes = new DataSet(nodes.map((w) => w.item));
    this.edges = new DataSet(edges.map((w) => w.item));
    const heavy = this.scene.edges.length > MANY_EDGES;
    this.surface.replaceChildren();
    this.network = new Network(this.surface, { nodes: this.nodes, edges: this.edges }, {
      physics: false, autoResize: true, layout: { improvedLayout: false },
      interaction: {
        hover: true, multiselect: false, selectConnectedEdges: false, hoverConnectedEdges: false,
        hideEdgesOnDrag: heavy, hideEdgesOnZoom: heavy, zoomSpeed: 0.7, tooltipDelay: 1e9,
      },
      nodes: { shapeProperties: { interpolation: false }, scaling: { label: false } },
      edges: { arrows: { to: { enabled: true, scaleFactor: 0.5 } }, selectionWidth: 0, hoverWidth: 0, arrowStrikethrough: false },
    });
    const network = this.network;
    // the stage around it is the one stop for the keyboard
    this.surface.querySelector(".vis-network").tabIndex = -1;
    const heads = network.renderer._drawArrows.bind(network.renderer);
    network.renderer._drawArrows = (ctx) => { if (!heavy || network.getScale() > SPECK) heads(ctx); };
    borders(this, this.byId.keys());
    network.on("beforeDrawing", (ctx) => {
      this.scale = network.getScale();
      fitTies(Object.values(network.body.edges), this.ink, this.scale);
      paintBelow(this, ctx);
    });
    network.on("afterDrawing", (ctx) => { paintAbove(this, ctx); this.firstFrame(); });
    network.on("hoverNode", ({ node, event }) => this.over(node, null, event));
    network.on("blurNode", () => this.over(null, null));
    network.on("hoverEdge", ({ edge, event }) => this.over(null, edge, event));
    network.on("blurEdge", () => this.over(this.hover, null));
    network.on("dragStart", () => { this.hideTip(); this.surface.classList.add("grabbing"); });
    network.on("dragEnd", ({ nodes }) => this.dropped(nodes));
    network.on("zoom", ({ scale }) => { this.keepScale(scale); this.keepView(); this.hideTip(); });
    // vis-network zooms along with its frame, also when that only just got its size: keep the view instead.
    network.on("resize", () => { this.keepInPlace(); requestAnimationFrame(() => this.keepInPlace()); });
    if (view) network.moveTo({ ...view, animation: false });
    else this.fit(false);
    this.askFonts();
  }

  // In place: what is there stays, and so does the view.
  changeNetwork() {
    syncSets(this);
    this.network.unselectAll();
    this.askFonts();
    this.network.redraw();
  }

  keepInPlace() {
    if (!this.network) return;
    if (this.memory.view) this.network.moveTo({ ...this.memory.view, animation: false });
    else this.fit(false);
  }

  firstFrame() {
    if (!this.began) return;
    this.stage.dataset.painted = String(Math.round(performance.now() - this.began)); // ms, asked by the benchmarks
    this.began = 0;
  }

  // Canvas text does not make the browser fetch a font by itself.
  askFonts() {
    const text = this.ranked.slice(0, 3000).map((n) => n.label).join("");
    for (const weight of [400, 700]) document.fonts?.load(`${weight} 14px ${this.family()}`, text).catch(() => {});
  }

  family() {
    // Asked once a scene: asking in every frame makes the browser lay out the page each time.
    this.fonts ||= getComputedStyle(this.frame).fontFamily || "sans-serif";
    return this.fonts;
  }

  isHidden(n) {
    const hidden = this.memory.hidden;
    return hidden.size > 0 && (hidden.has(n.type) || hidden.has(n.ring) || n.facets.some((f) => hidden.has(f)));
  }
  isTieHidden(e) { return this.memory.hidden.has(`tie:${e.type}`) || [e.source, e.target].some((id) => !this.byId.has(id) || this.isHidden(this.byId.get(id))); }

  replaceStrip() {
    const types = new Set(this.scene.nodes.map((n) => n.type));
    this.strip?.remove();
    this.strip = null;
    if (!this.scene.nodes.length) return;
    this.strip = buildStrip(this, types, {
      toggle: (key) => this.toggle(key),
      zoomIn: () => this.zoom(1.25), zoomOut: () => this.zoom(0.8), fit: () => this.fit(),
      labels: () => { this.memory.labels = !this.memory.labels; this.network.redraw(); this.tell("look"); return this.memory.labels; },
      choose: () => { this.choosing = !this.choosing; return this.choosing; },
      dark: () => this.turnDark(),
      save: () => this.save(),
      full: () => this.fullScreen(),
    });
    this.stage.after(this.strip);
    sayCounts(this);
  }

  sayNote() {
    const empty = !this.scene.nodes.length;
    const hidden = !empty && this.scene.nodes.every((n) => this.isHidden(n));
    this.note.hidden = !empty && !hidden;
    this.note.replaceChildren();
    if (empty) this.note.append(make("strong", {}, this.texts.empty), make("span", {}, this.texts.emptyHint));
    if (hidden) this.note.append(make("span", {}, this.texts.allHidden));
  }

  toggle(key) {
    const hidden = this.memory.hidden;
    if (!hidden.delete(key)) hidden.add(key);
    this.refilter();
    this.tell("filter");
    return !hidden.has(key);
  }

  refilter() {
    if (this.network) syncSets(this);
    for (const item of this.strip?.querySelectorAll("button.entry") ?? [])
      item.setAttribute("aria-pressed", String(!this.memory.hidden.has(item.dataset.key)));
    sayCounts(this);
    const seen = (id) => this.byId.has(id) && !this.isHidden(this.byId.get(id));
    if (this.memory.selected && !seen(this.memory.selected)) this.select(null, null, null);
    this.memory.chosen = new Set([...this.memory.chosen].filter(seen));
    this.sayNote();
    this.network?.redraw();
  }

  turnDark() {
    this.memory.dark = !this.dark;
    this.takeInk();
    this.replaceStrip(); // its marks have the colours of the other ground
    this.strip?.querySelector('[data-tool="dark"]').focus({ preventScroll: true });
    if (this.network) syncSets(this);
    this.network?.redraw();
    this.tell("look");
  }

  over(node, edge, event) {
    this.hover = node;
    this.hoverEdge = edge;
    this.surface.classList.toggle("pointing", Boolean(node || edge));
    if (node && event) showTip(this.tip, this.stage, this.byId.get(node), event);
    else this.hideTip();
    this.network?.body.emitter.emit("_requestRedraw"); // with the next frame: the pointer is quicker than those
  }

  hideTip() { this.tip.hidden = true; }

  clicked(at, event) {
    this.stage.focus({ preventScroll: true });
    const node = this.network.getNodeAt(at) ?? null;
    const edge = node ? null : this.network.getEdgeAt(at) ?? null;
    if (node && (event.ctrlKey || event.metaKey)) { this.chooseOne(node); return; }
    const before = this.memory.selected || this.memory.edge || this.memory.chosen.size || this.lit.length;
    this.memory.chosen = new Set();
    this.select(node, edge, null);
    if (!node && !edge && !before) return;
    const kind = node ? "click" : edge ? "edge" : "clear";
    this.tell(kind);
  }

  doubleClicked(at) {
    const node = this.network.getNodeAt(at);
    if (!node) return;
    this.select(node, null, null);
    this.tell("double");
  }

  act(kind) { if (this.memory.selected) this.tell(kind); }

  tell(kind) {
    const { selected, edge, chosen, hidden, asked, dark, labels } = this.memory;
    this.send({
      kind, turn: asked, node: selected, edge, positions: this.movedPlaces(),
      chosen: chosen.size > 1 ? [...chosen] : [], off: [...hidden], dark, names: labels,
    });
  }

  movedPlaces() {
    return Object.fromEntries([...this.memory.moved].map((id) => [id, this.memory.places.get(id).map((v) => Math.round(v * 10) / 10)]));
  }

  select(node, edge, kind) {
    const changed = this.memory.selected !== node || this.memory.edge !== edge;
    this.memory.selected = node;
    this.memory.edge = edge;
    if (changed) this.announce();
    this.network?.redraw();
    if (changed && kind) this.tell(kind);
  }

  clear() {
    this.memory.chosen = new Set();
    this.select(null, null, null);
    this.tell("clear");
  }

  // Adds a node to the selection or takes it out again.
  chooseOne(id) {
    if (!id) return;
    const chosen = this.memory.chosen;
    if (!chosen.size && this.memory.selected && this.memory.selected !== id) chosen.add(this.memory.selected);
    if (!chosen.delete(id)) chosen.add(id);
    this.choose([]);
  }

  choose(ids) {
    const chosen = this.memory.chosen;
    for (const id of ids) chosen.add(id);
    this.memory.edge = null;
    this.memory.selected = [...chosen].at(-1) ?? null;
    this.announce();
    this.network?.redraw();
    this.tell("choose");
  }

  onSurface() {
    return this.scene.nodes.filter((n) => !this.isHidden(n)).map((n) => {
      const [x, y] = this.memory.places.get(n.id);
      const at = this.network.canvasToDOM({ x, y });
      return [n.id, at.x, at.y];
    });
  }

  announce() { this.said.textContent = sayChosen(this); }

  dropped(nodes) {
    this.surface.classList.remove("grabbing");
    this.keepView();
    if (!nodes.length) return;
    for (const [id, { x, y }] of Object.entries(this.network.getPositions(nodes))) {
      this.memory.places.set(id, [x, y]);
      this.memory.moved.add(id);
    }
    this.memory.selected = nodes[0];
    this.memory.edge = null;
    this.announce();
    this.tell("move");
  }

  step(way) {
    if (!this.network) return;
    const seen = this.ranked.filter((n) => !this.isHidden(n));
    if (!seen.length) return;
    const places = this.memory.places;
    const now = this.memory.selected;
    const next = now
      ? nearest(seen.filter((n) => n.id !== now).map((n) => [n.id, places.get(n.id)]), places.get(now), way)
      : seen[0].id;
    if (!next) return;
    this.select(next, null, null);
    this.bringIn(next);
  }

  bringIn(id) {
    const [x, y] = this.memory.places.get(id);
    const at = this.network.canvasToDOM({ x, y });
    const { clientWidth: w, clientHeight: h } = this.surface;
    if (at.x < 40 || at.y < 40 || at.x > w - 40 || at.y > h - 40) {
      this.network.moveTo({ position: { x, y }, animation: false });
      this.keepView();
    }
  }

  focusSeen() { if (this.memory.selected) this.announce(); }

  keepScale(scale) {
    const held = Math.max(SCALES[0], Math.min(SCALES[1], scale));
    if (held !== scale) this.network.moveTo({ scale: held, animation: false });
  }

  keepView() { this.memory.view = { position: this.network.getViewPosition(), scale: this.network.getScale() }; }

  zoom(by) {
    if (!this.network) return;
    this.keepScale(this.network.getScale() * by);
    this.network.moveTo({ scale: Math.max(SCALES[0], Math.min(SCALES[1], this.network.getScale() * by)), animation: false });
    this.keepView();
  }

  // Our own fit: room for the names under the nodes, and few nodes are not blown up.
  fit(keep = true) {
    if (!this.network) return;
    const seen = this.scene.nodes.filter((n) => !this.isHidden(n));
    if (!seen.length) return;
    let [l, r, t, b] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const n of seen) {
      const [x, y] = this.memory.places.get(n.id);
      l = Math.min(l, x - n.size); r = Math.max(r, x + n.size);
      t = Math.min(t, y - n.size); b = Math.max(b, y + n.size);
    }
    const wide = this.surface.clientWidth;
    const over = this.overlays();
    const w = Math.max(1, wide - over.right - (wide < 500 ? 56 : 96));
    const h = Math.max(1, this.surface.clientHeight - over.bottom - 84);
    const scale = Math.max(SCALES[0], Math.min(1.35, w / Math.max(1, r - l), h / Math.max(1, b - t)));
    this.network.moveTo({ position: { x: (l + r + over.right / scale) / 2, y: (t + b + over.bottom / scale) / 2 + 8 / scale }, scale, animation: false });
    if (keep) this.keepView();
  }

  // What of the picture lies under the legend and the buttons, where they are over it.
  overlays() {
    if (!this.fills || !this.strip) return { right: 0, bottom: 0 };
    const legend = this.strip.querySelector(".legend").offsetHeight;
    return { right: this.strip.querySelector(".tools").offsetWidth, bottom: legend ? legend + 4 : 0 };
  }

  // As at the beginning, where the person has not moved the picture.
  refit() { if (!this.memory.view) this.fit(false); }

  fullScreen() {
    const left = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    left.catch(() => {}); // the browser may refuse: then all stays as it is
  }

  save() {
    const { clientWidth: w, clientHeight: h } = this.surface;
    const counts = shownCounts(this);
    const shown = this.scene.legend.filter((e) => counts.get(e.key)).map((e) => ({ ...e, count: counts.get(e.key) }));
    const name = this.scene.file || (shortName(this.scene.title) || this.texts.file).replace(/[\\/:*?"<>|…]/g, "_");
    const done = savePicture(this.scene, this.ink, shown, w, h, this.family(), (ctx) => paintPicture(this, ctx), `${name}.png`);
    done.then((facts) => { this.stage.dataset.saved = JSON.stringify(facts); });
    return done;
  }

  // Page coordinates of every visible node, by id.
  positionsOnScreen() {
    const box = this.surface.getBoundingClientRect();
    return Object.fromEntries(this.onSurface().map(([id, x, y]) => [id, [box.left + x, box.top + y]]));
  }

  end() {
    document.fonts?.removeEventListener("loadingdone", this.onFonts);
    this.network?.destroy();
    this.network = null;
    this.frame.remove();
  }
}
