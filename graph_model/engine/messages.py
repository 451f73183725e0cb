"""Error messages for when the bundled engine cannot be started: what happened, where, what next."""

from __future__ import annotations

import platform
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from graph_model.engine.config import EngineFolder
from graph_model.errors import BranchmapError, EngineError, StoreUnavailable, file_error
from graph_model.store.driver import more_heap

_TELLING = re.compile(
    r"\b(SEVERE|WARNING|ERROR|FATAL|Exception|Error|Caused by|No space left|denied|OutOf)\b"
)
_NOISE = re.compile(r"^\s*at |^\.\.\. |GraalVM|sponsor|BOLT: Database .* does not exist")
BEGINS = "the keeper begins"
"""The keeper's first line: what stands before it belongs to earlier runs."""


def not_on_this_machine() -> EngineError:
    """There is no engine for this platform."""
    here = (
        f"{platform.system()} {platform.machine()} {'/'.join(p for p in platform.libc_ver() if p)}".strip()
    )
    return EngineError(
        f"本机（{here}）没有可用的内置引擎：它支持 Linux x86_64/arm64（glibc 2.34 及以上）、"
        "macOS arm64 和 Windows x64。请改用 Neo4j 服务器：--store neo4j://主机:7687",
        f"There is no bundled engine for this machine ({here}): it runs on Linux x86_64 and arm64 "
        "(glibc 2.34 or later), macOS arm64 and Windows x64. Use a Neo4j server: --store neo4j://host:7687",
    )


def folder_unusable(folder: EngineFolder, fault: Exception) -> BranchmapError:
    """The folder cannot be read or written."""
    if isinstance(fault, OSError) and fault.filename is not None:
        return file_error(fault)
    return EngineError(
        f"无法使用引擎文件夹 {folder.root}：{fault}。"
        "请检查该文件夹的权限和磁盘剩余空间，或用 --data 另选一个文件夹",
        f"The engine's folder {folder.root} cannot be used: {fault}. "
        "Check its permissions and the free disk space, or choose another folder with --data",
    )


def accounts_unusable(folder: EngineFolder) -> EngineError:
    """The engine's own passwords cannot be read; it draws new ones where there are none."""
    return EngineError(
        f"引擎的账号文件 {folder.accounts} 不完整。"
        "请关闭 Branchmap 的页面和命令，删除这个文件后再运行；已导入的数据不受影响。",
        f"The engine's accounts file {folder.accounts} is not whole. Close Branchmap's pages and commands, delete that "
        "file and run again; the data are not touched.",
    )


def newer_data(folder: EngineFolder, kept: str, installed: str) -> EngineError:
    """The data were written by a newer engine than the installed one."""
    return EngineError(
        f"{folder.root} 中的数据由引擎 {kept} 写入，而当前安装的是较旧的 {installed}。"
        f"请升级 Branchmap；或把 {folder.databases} 移到别处，再重新导入各轮调查",
        f"The data in {folder.root} were written by engine {kept}; the installed {installed} is older. "
        f"Upgrade Branchmap, or move {folder.databases} aside and load the survey rounds again",
    )


def busy(folder: EngineFolder, seconds: float) -> EngineError:
    """Somebody else has been starting or stopping the engine for too long."""
    return EngineError(
        f"另一个程序正在启动或停止 {folder.root} 中的引擎，等待了 {seconds:.0f} 秒。"
        "请稍后再试，或先运行 branchmap engine stop",
        f"Another program has been starting or stopping the engine in {folder.root} for {seconds:.0f} s. "
        "Try again later, or run: branchmap engine stop",
    )


def did_not_start(folder: EngineFolder, seconds: float | None = None) -> BranchmapError:
    """The engine ended while starting, or (`seconds`) did not open the database in time."""
    if disk_is_full(folder, end_of_logs(folder)):
        return disk_full(folder)
    zh = "启动时退出了" if seconds is None else f"在 {seconds:.0f} 秒内未能打开数据"
    en = "ended while starting" if seconds is None else f"did not open its data within {seconds:.0f} s"
    lines = last_lines(folder.log)
    said = "\n".join(f"  {line}" for line in lines) or "  -"
    return EngineError(
        f"{folder.root} 中的内置引擎{zh}。日志（{folder.log}）的最后几行：\n{said}\n"
        f"请检查磁盘空间和内存（BRANCHMAP_ENGINE_HEAP）。如果数据已损坏：把 {folder.databases} 移到别处，"
        "或恢复其备份，再重新导入各轮调查",
        f"The bundled engine in {folder.root} {en}. The last lines of its logs ({folder.log}):\n{said}\n"
        f"Check disk space and memory (BRANCHMAP_ENGINE_HEAP). If the data are damaged: move "
        f"{folder.databases} aside or put its backup copy back, then load the survey rounds again",
    )


def end_of_logs(folder: EngineFolder) -> str:
    """The last lines of the Java machine and of the engine."""
    return "\n".join(line for name in ("java.out", "engine.0.log") for line in _tail(folder.log / name))


def does_not_answer() -> StoreUnavailable:
    """The engine runs, and is too busy to answer."""
    return StoreUnavailable(
        "内置引擎正忙，没有应答。请稍候再试。",
        "The bundled engine is busy and did not answer. Try again in a moment.",
    )


def disk_full(folder: EngineFolder) -> StoreUnavailable:
    """The engine cannot write."""
    return StoreUnavailable(
        f"磁盘已满，内置引擎不能写入；没有写完的全部撤销，已有数据完好。"
        f"请在 {folder.root} 所在的磁盘上腾出空间后再运行。",
        "The disk is full, and the bundled engine cannot write; what was not finished is undone, and the data are "
        f"whole. Free some space on the disk of {folder.root} and run again.",
    )


def ended(heap_mib: int | None, log: str) -> StoreUnavailable:
    """The engine ended while it was used. `log`: the end of its logs."""
    if "OutOfMemoryError" in log:
        return StoreUnavailable(
            f"内置引擎的内存（{heap_mib} MiB）不够，已停止；没有写完的全部撤销，已有数据完好。"
            f"{more_heap(2 * (heap_mib or 1024)).zh}",
            f"The bundled engine ran out of its memory ({heap_mib} MiB) and has stopped; what was not finished is "
            f"undone, and the data are whole. {more_heap(2 * (heap_mib or 1024)).en}",
        )
    return StoreUnavailable(
        "内置引擎已停止（被关闭或被结束）；没有写完的全部撤销，已有数据完好。请再运行一次，引擎会自动启动。",
        "The bundled engine was stopped or ended; what was not finished is undone, and the data are whole. Run again: "
        "it starts by itself.",
    )


def disk_is_full(folder: EngineFolder, log: str) -> bool:
    """Whether the disk of the engine's folder has no room left to speak of, or had none at the end of a log."""
    try:
        return "No space left on device" in log or shutil.disk_usage(folder.root).free < 2**20
    except OSError:
        return False


def did_not_stop(folder: EngineFolder, seconds: float) -> EngineError:
    """The engine still runs after a stop was asked for."""
    return EngineError(
        f"{folder.root} 中的引擎在 {seconds:.0f} 秒内没有停止。请查看日志 {folder.log}，再试一次",
        f"The engine in {folder.root} did not stop within {seconds:.0f} s. "
        f"Look at its logs in {folder.log} and try again",
    )


def last_lines(log: Path, most: int = 6) -> tuple[str, ...]:
    """The last telling lines of the logs: problems first, else the last ones."""
    said = [line for name in ("keeper.log", "engine.0.log", "java.out") for line in _tail(log / name)]
    telling = [line for line in said if _TELLING.search(line)]
    return tuple(line[:300] for line in (telling or said)[-most:])


def _tail(path: Path) -> Iterator[str]:
    """The end of a log file without stack frames and noise; nothing where there is no file."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 20_000))
        text = file.read().decode("utf-8", errors="replace")
    lines = text.rpartition(BEGINS)[2].splitlines()
    yield from (line.strip() for line in lines if line.strip() and not _NOISE.search(line))


def version_of(text: str) -> tuple[int, ...]:
    """A version's numbers, for comparing.

    >>> version_of("26.10.2.post1") > version_of("26.9.1")
    True
    """
    return tuple(int(number) for number in re.findall(r"\d+", text))
