"""Characters that take no room, and characters that are letters, whatever version of Unicode Python knows."""

from __future__ import annotations

import re

# Soft hyphens, joiners and spaces of no width, marks of direction, fillers, separators of lines, choosers of a
# glyph, tags: what takes no room or shows nothing.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)


def is_rare_ideograph(character: str) -> bool:
    """Is it a place of planes 2 and 3, which Unicode keeps for Chinese characters: new ones come every other year.

    >>> is_rare_ideograph("\\U00031350"), is_rare_ideograph("张")
    (True, False)
    """
    return "\U00020000" <= character <= "\U0003fffd"


def is_letter(character: str) -> bool:
    """Is it a letter of any script, or a Chinese character or part of one.

    >>> is_letter("\\U00031350"), is_letter("⻊"), is_letter("1")
    (True, True, False)
    """
    return character.isalpha() or is_rare_ideograph(character) or "\u2e80" <= character <= "\u2fd5"


# What GBK of 1995 had no place for in Unicode stood among the private characters, in the order of its codes FE50 to
# FEA0; GB 18030-2005 and 2022 name the place of each.
_GBK_RARE = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋\u9fb4㖞㘚㘎⺌⺗㥮㤘\u9fb5㧏㧟㩳㧐\u9fb6\u9fb7㭎㱮㳠⺧𡗗\u9fb8⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝"
    "䓖䙡䙌\u9fb9䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶\u9fba𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮\u9fbb"
)
_GBK_SIGNS = {
    0xE766: "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ",
    0xE78D: "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19",
    0xE7C7: "\u1e3f\u01f9",
    0xE7E7: "\u303e\u2ff0\u2ff1\u2ff2\u2ff3\u2ff4\u2ff5\u2ff6\u2ff7\u2ff8\u2ff9\u2ffa\u2ffb",
    0xE815: _GBK_RARE,
}
# Radicals that copying from a PDF leaves in the place of the character, and that look no different.
_RADICALS = dict(
    zip(
        "⺠⺟⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "民母西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
_DOT_ABOVE = "\u02d9"  # a middle dot for some keyboards; NFKC would put it over the character before
_STANDARD = str.maketrans(
    {chr(first + n): c for first, run in _GBK_SIGNS.items() for n, c in enumerate(run)}
    | _RADICALS
    | {_DOT_ABOVE: "·"}
)
_IN_UNSEEN = re.compile(f"[{_UNSEEN}]")
_ODD = re.compile(f"[{_UNSEEN}\ue766-\ue864{_DOT_ABOVE}{''.join(_RADICALS)}]")


def is_standard(text: str) -> bool:
    """Does `standard` surely leave a text as it is; asked of many texts at once."""
    return text.isascii() or _ODD.search(text) is None


def standard(text: str) -> str:
    """A text without the characters that cannot be seen, and with the standard ones for those of old fonts.

    What cannot be seen comes along when text is copied. The private characters of old GBK, and radicals that stand
    for a character, look like the standard one and are not equal to it.

    >>> standard("青松\\u200b物业\\u202c"), standard("张\\ue863"), standard("⻢超")
    ('青松物业', '张䶮', '马超')
    """
    return text if is_standard(text) else _IN_UNSEEN.sub("", text).translate(_STANDARD)


_DOTS = re.compile("[·•・･‧∙⋅⸱⸳ꞏ᛫ᐧ⦁●▪‣◦]+")


def one_dot(text: str) -> str:
    """A text with one kind of middle dot.

    >>> one_dot("买买提•艾力"), one_dot("买买提‧艾力")
    ('买买提·艾力', '买买提·艾力')
    """
    return text if text.isascii() else _DOTS.sub("·", text)


def private_use(text: str) -> str:
    """The first private character of a text, which other machines show otherwise or not at all; "" for none."""
    return next((c for c in text if "\ue000" <= c <= "\uf8ff" or c >= "\U000f0000"), "")
