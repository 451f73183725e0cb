"""Take the pictures of the matching step for the guide of office staff; needs Chromium and starts the pages."""

from __future__ import annotations

import tempfile
from pathlib import Path

from graph_model.connect import StoreChoice, open_store
from graph_model.keys import site_keys
from loaders.pipeline import apply, prepare
from loaders.prepared_load import LoadRequest
from tests.support.books import save
from tests.support.browser import chromium, explorer, made, window

IMAGES = Path(__file__).parents[1] / "docs" / "images"
ROSTER = [
    ["序号", "人员姓名", "性别", "民族", "学历", "入党年份", "归口", "人员分类", "联系方式"],
    ["1", "王甲", "男", "汉", "大专", "2001-05", "甲物业公司党支部", "正式党员", None],
    ["2", "李乙", "女", "汉", "本科", "2003-06", "甲物业公司党支部", "预备党员", None],
]
BRANCHES = [["党支部名称", "组建单位"], ["甲物业公司党支部", "甲物业公司"]]
_BUTTONS = {"zh": "检查", "en": "Check"}
_TITLES = {"zh": "列对应：", "en": "Columns:"}


def main() -> None:
    """Write docs/images/matching-zh.png and matching-en.png."""
    with tempfile.TemporaryDirectory() as folder:
        home, books = Path(folder) / "home", Path(folder) / "books"
        register = save(books / "2024-04.xlsx", 单位=[["单位名称"], ["甲物业公司"]], 党支部=BRANCHES)
        roster = save(books / "党员花名册2024-05.xlsx", 名册=ROSTER)
        with open_store(StoreChoice(home)) as store, chromium() as browser:
            apply(store, prepare(store, LoadRequest([register], keys=site_keys(home), data=home)))
            for language, button in _BUTTONS.items():
                with (
                    explorer(home, BRANCHMAP_NAMES="1", BRANCHMAP_LANG=language) as address,
                    window(browser, 1280, 1500) as context,
                ):
                    page = context.new_page()
                    page.goto(f"{address}/load")
                    made(page)
                    page.locator('input[type="file"]').first.set_input_files(str(roster))
                    made(page)
                    page.get_by_role("button", name=button, exact=True).click()
                    page.get_by_text(_TITLES[language]).first.wait_for()
                    made(page)
                    page.screenshot(path=str(IMAGES / f"matching-{language}.png"))


if __name__ == "__main__":
    main()
