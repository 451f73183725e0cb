"""The errors that the core raises, and what each tells its reader.

    BranchmapError            everything below; has .text (zh and en) and .exit_code
    ├── SchemaError           our fault: a type, rule, form or profile is declared wrongly
    ├── StoreError            the store cannot be used
    │   ├── StoreUnavailable  nothing answers at the address, or the connection broke
    │   ├── StoreDenied       wrong user or password, or a right that is missing
    │   ├── StoreBusy         another load holds the store
    │   ├── QueryRefused      the query is wrong, writes, or ran over its limit
    │   │   └── DuplicateKey  what was to be made is there already
    │   └── LoadUncertain     the line broke while a load was being confirmed
    ├── EngineError           the bundled engine cannot be started or used
    └── InputError            what the user gave cannot be used (a file, a name, a round)

A text that speaks to the person who runs this, of commands, settings or addresses, has another beside it for the
pages, which office staff read (`for_page`); the page folds the text itself away.
Bad cells are not errors: they are returned as Problems (loaders/problems.py).
Exit codes of the command line: 1 our fault or the machine's, 2 refused because of what was given.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import ClassVar

from graph_model.text import Language, Text


class BranchmapError(Exception):
    """What happened, where, and what to do next, in both languages.

    `detail` is the message of another program, in its own language: for the person who runs this. `page`: what a
    page says in place of the text; by default what the kind of error has as PAGE, else the text.
    """

    exit_code: ClassVar[int] = 1
    PAGE: ClassVar[Text | None] = None

    def __init__(self, zh: str, en: str, *, detail: str = "", page: Text | None = None) -> None:
        super().__init__(f"{zh} / {en}" + (f" ({detail})" if detail else ""))
        self.text = Text(zh, en)
        self.detail = detail
        self.for_page = page or self.PAGE or self.text

    @property
    def whole(self) -> Text:
        """The text with the detail behind it, for a terminal."""
        if not self.detail:
            return self.text
        return Text(f"{self.text.zh}（{self.detail}）", f"{self.text.en} ({self.detail})")

    @property
    def folded(self) -> Text | None:
        """What a page folds away, for the person who runs this; None where it says all there is."""
        if self.for_page == self.text:
            return Text(self.detail, self.detail) if self.detail else None
        return self.whole

    def message(self, language: Language = "zh") -> str:
        """The message in one language."""
        return self.text.in_(language)


def file_error(error: OSError) -> BranchmapError:
    """An error of the file system: which file, what is wrong with it, what to do; never another program's words."""
    place = error.filename if isinstance(error.filename, str) else ""
    page = Text(
        "数据文件无法读写，操作没有完成。", "The data files cannot be read or written; nothing was done."
    )
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return BranchmapError(
            "磁盘已满，没有写完。请腾出空间后再运行。",
            "The disk is full and the work was not finished. Free some space and run again.",
            page=Text("磁盘空间不足，操作没有完成。", "The disk is full and the work was not finished."),
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return BranchmapError(
            f"没有权限读写 {place}（或磁盘是只读的）。请改正它的权限，或另选一个可写的位置（--data、--out）。",
            f"{place} may not be read or written (or its disk is read-only). Mend its permissions, or choose another "
            "place (--data, --out).",
            page=page,
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        place = next((str(p) for p in (Path(place), *Path(place).parents) if p.is_file()), place)
        zh, en = ("文件", "a file") if error.errno == errno.EISDIR else ("文件夹", "a folder")
        return BranchmapError(
            f"{place} 应为{zh}，现在不是。请移开它，或另选一个位置（--data、--out）。",
            f"{place} should be {en}, and is none. Move it aside, or choose another place (--data, --out).",
            page=page,
        )
    return BranchmapError(
        f"不能读写 {place}（{error.strerror}）。请检查它和所在的磁盘。",
        f"{place} cannot be read or written ({error.strerror}). Check it and its disk.",
        page=page,
    )


class SchemaError(BranchmapError):
    """Raised at start when a type, rule, form or profile is declared wrongly."""

    PAGE = Text("系统设置有误。", "Something is set up wrongly.")


class StoreError(BranchmapError):
    """Raised when the store cannot do what was asked."""

    PAGE: ClassVar[Text | None] = Text(
        "数据服务出错，操作没有完成。", "The data service failed; nothing was done."
    )


class StoreUnavailable(StoreError):
    """Raised when nothing answers at the store's address, or the connection broke."""

    PAGE = Text("数据服务没有应答。", "The data service does not answer.")


class StoreDenied(StoreError):
    """Raised for a wrong user or password, or a right that is missing."""

    exit_code = 2
    PAGE = Text("数据服务拒绝了访问。", "The data service refused access.")


class StoreBusy(StoreError):
    """Raised when another load holds the store."""

    PAGE = Text(
        "另一次导入正在进行，或已改变数据；本次未写入任何内容。请稍候重新操作。",
        "Another load is going on, or has changed the data; nothing was written. Do it again in a moment.",
    )


class QueryRefused(StoreError):
    """Raised when a query is wrong, tries to write, or runs over its limits.

    `values`: the store's own words where they may hold a value of the data, for who may see names only.
    """

    exit_code = 2
    PAGE = None  # it answers the analyst who wrote the query, in the words of queries

    def __init__(self, zh: str, en: str, *, detail: str = "", values: str = "") -> None:
        super().__init__(zh, en, detail=detail)
        self.values = values


class DuplicateKey(QueryRefused):
    """Raised when what was to be made is there already: somebody else may have made it at the same moment."""

    exit_code = 1


class LoadUncertain(StoreError):
    """Raised when the line broke while the store was confirming a load."""

    PAGE = Text(
        "导入即将完成时连接中断，结果不能确定。请重新检查同一批表格：已经导入的，不会再有变化。",
        "The line broke while the load was being confirmed. Check the same tables again: what has landed changes no "
        "more.",
    )


class EngineError(BranchmapError):
    """Raised when the bundled engine cannot be started or used."""

    PAGE = Text("数据服务未能启动。", "The data service could not be started.")


class InputError(BranchmapError):
    """Raised when what the user gave cannot be used: a file, a name, a round."""

    exit_code = 2
