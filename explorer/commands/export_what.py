"""Which picture `branchmap export` draws: around one thing, or a saved view; less what is switched off."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.answers import Answers
from explorer.commands.context import Context, reckoned
from explorer.explore.build_scene import exploration_scene, visible_graph
from explorer.explore.exploration import Exploration
from explorer.explore.saved_exploration import RestoredExploration, restore_exploration
from explorer.explore.saved_views import open_view, saved_views
from explorer.i18n import Words
from explorer.lookup.find import read_query, ways_to_write
from explorer.scene.filters import apply_filters, relationship_key
from explorer.scene.palette import RINGS
from explorer.scene.scene import LAYOUTS, Layout, Scene
from graph_model.errors import InputError
from graph_model.graph import Node
from graph_model.schema import EDGE_TYPES, NODE_TYPES, node_type
from graph_model.store.neighborhood import MAX_NODES
from graph_model.store.store import Store
from graph_model.text import LANGUAGES, Text
from loaders.clean.parse import canonical_name, flat_name

_CANDIDATES = 8
_ENTRIES: tuple[tuple[str, Text], ...] = (
    *((t.label, t.text) for t in NODE_TYPES.values() if t.survey),
    *((severity, ring.text) for severity, ring in RINGS.items()),
    *((relationship_key(t.type), t.text) for t in EDGE_TYPES.values()),
)
_DECLARED = [(key, text.in_(language)) for key, text in _ENTRIES for language in LANGUAGES]
"""What may be switched off in any picture, there or not: a line in a script need not know."""


def scene_near(
    context: Context, store: Store, focus: str, depth: int, types: str | None, layout: str, off: str | None
) -> Scene:
    """The scene of what lies around the one thing of that name or key, as the graph page draws it."""
    labels, kind = labels_of(types), layout_of(layout)
    reckoned(context, store)
    walk = Exploration((find_one(context, store, focus).key,), depth, labels, layout=kind)
    answers = _answers(context, store)
    if visible_graph(answers, walk)[1]:
        context.tell(
            Text(
                f"范围太大，只画出了 {MAX_NODES} 个对象；请减小 --depth。",
                f"There is more than fits: {MAX_NODES} things are drawn; choose a smaller --depth.",
            )
        )
    whole = exploration_scene(answers, walk, context.viewer, Words(context.viewer.language))
    return apply_filters(whole, entries_of(whole, off))


def scene_kept(context: Context, store: Store, name: str, off: str | None) -> Scene:
    """The scene of the saved view of that name, at its places and under its filters, as the graph page draws it."""
    reckoned(context, store)
    answers = _answers(context, store)
    kept = {one.name: one.key for one in saved_views(answers)}
    if name not in kept:
        raise InputError(
            f"没有名为“{name}”的视图；"
            + (f"可用的有：{'、'.join(kept)}。" if kept else "还没有保存过视图。"),
            f"No view is called “{name}”; "
            + (f"there are: {', '.join(kept)}." if kept else "none has been saved yet."),
        )
    found = restore_exploration(answers, open_view(answers, kept[name], context.viewer))
    if not found.walk.focus:
        raise InputError(
            f"视图“{name}”中的对象都已不在当前数据中，请另选一个。",
            f"Nothing of the view “{name}” is in the present data any more; choose another.",
        )
    _say_changes(context, found)
    words = Words(context.viewer.language)
    whole = exploration_scene(answers, found.walk, context.viewer, words, positions=found.places or None)
    return apply_filters(whole, {*found.walk.off, *entries_of(whole, off)})


def _answers(context: Context, store: Store) -> Answers:
    answers = Answers(store, context.settings.catalogue(), context.settings.profile())
    answers.refresh()  # a picture marks gaps as they are noted
    return answers


def _say_changes(context: Context, found: RestoredExploration) -> None:
    if found.gone or found.newer:
        context.tell(
            Text(
                f"与保存时不同：{found.gone.total()} 个对象已不在，新出现的 {found.newer} 个没有画出。",
                f"Since it was saved: {found.gone.total()} things are gone, "
                f"{found.newer} new ones are not drawn.",
            )
        )


def entries_of(scene: Scene, off: str | None) -> set[str]:
    """The keys of the legend's entries that a list names, by key or by text; InputError names those there are."""
    there = [(e.key, e.text) for e in scene.legend] + [(f.key, f.text) for f in scene.filters]
    known = [*there, *_DECLARED]
    found: set[str] = set()
    for word in (off or "").replace("，", ",").split(","):
        if not word.strip():
            continue
        keys = {key for key, text in known if word.strip().casefold() in (key.casefold(), text.casefold())}
        if not keys:
            raise InputError(
                f"图例中没有“{word.strip()}”；可用的有：{'、'.join(f'{text}（{key}）' for key, text in there)}。",
                f"The legend has no “{word.strip()}”; there are: "
                f"{', '.join(f'{text} ({key})' for key, text in there)}.",
            )
        found |= keys
    return found


def labels_of(types: str | None) -> tuple[str, ...] | None:
    """The labels that a list of types means, in either language or as labels; InputError names those there are."""
    if types is None:
        return None
    found: list[str] = []
    for word in types.replace("，", ",").replace("、", ",").split(","):
        labels = read_query(f"{word.strip()}:").labels
        if labels is None:
            known = [t for t in NODE_TYPES.values() if t.survey]
            raise InputError(
                f"没有类型“{word.strip()}”；可用的有：{'、'.join(t.text.zh for t in known)}。",
                f"There is no type “{word.strip()}”; there are: {', '.join(t.label for t in known)}.",
            )
        found += labels
    return tuple(dict.fromkeys(found))


def layout_of(name: str) -> Layout:
    """The layout of that name; InputError names those there are."""
    if name not in LAYOUTS:
        raise InputError(
            f"没有排列方式“{name}”；可用的有：{'、'.join(LAYOUTS)}。",
            f"There is no layout “{name}”; there are: {', '.join(LAYOUTS)}.",
        )
    return name


def find_one(context: Context, store: Store, text: str) -> Node:
    """The one node of that key or name; InputError names the candidates where there is none, or several."""
    viewer = context.viewer
    if by_key := [n for n in store.nodes([text]) if node_type(n.label).survey]:
        return by_key[0]
    found = _called(store, text, viewer.searchable())
    exact = [n for n in found if n.properties.get("name") == text] or [
        n for n in found if canonical_name(str(n.properties.get("name", ""))) == canonical_name(text)
    ]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if exact or found:
        shown = _listed(context, exact or found)
        raise InputError(
            f"有多个对象符合“{text}”，请用标识指明：{shown}",
            f"Several things are called “{text}”; give one's key: {shown}",
        )
    near = next(
        (
            hits
            for size in range(len(text) - 1, 1, -1)
            if (hits := store.find(flat_name(text)[:size], labels=viewer.searchable()))
        ),
        (),
    )
    hint_zh = f"相近的有：{_listed(context, near)}" if near else "请检查名称。"
    hint_en = f"The nearest are: {_listed(context, near)}" if near else "Check the name."
    if not viewer.names:
        people = [t for t in NODE_TYPES.values() if t.survey and t.of_people()]
        hint_zh += f"（按姓名找{'、'.join(t.text.zh for t in people)}需要 --names）"
        hint_en += f" (finding people by name needs --names: {', '.join(t.text.en for t in people)})"
    raise InputError(f"没有叫“{text}”的对象。{hint_zh}", f"Nothing is called “{text}”. {hint_en}")


def _called(store: Store, text: str, labels: Sequence[str]) -> list[Node]:
    """What is called so, however it is written; what is called more than that only where nothing else is."""
    *ways, bare = ways_to_write(text)
    found = {n.key: n for way in ways for n in store.find(way, labels=labels, limit=_CANDIDATES * 4)}
    more = {n.key: n for n in store.find(bare, labels=labels, limit=_CANDIDATES * 4)}
    same = {key: n for key, n in more.items() if canonical_name(str(n.properties.get("name", ""))) == bare}
    return list((found | (same if found else more)).values())


def _listed(context: Context, nodes: list[Node] | tuple[Node, ...]) -> str:
    shown = [f"{context.viewer.caption(n.label, n.properties)}（{n.key}）" for n in nodes[:_CANDIDATES]]
    return "、".join(shown) + ("……" if len(nodes) > _CANDIDATES else "")
