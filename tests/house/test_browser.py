"""The browser that the journeys use: the installed one, Chinese, and looking at nothing outside."""

import shutil
import subprocess

from playwright.sync_api import Page


def test_the_browser_is_a_chinese_one_in_chinas_time_zone(page: Page):
    assert page.evaluate("navigator.language") == "zh-CN"
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Shanghai"


def test_there_is_a_font_for_chinese_text():
    fonts = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=True)
    assert fonts.stdout.strip()


def test_the_tool_that_looks_at_papers_is_there():
    assert shutil.which("pdftoppm")


def test_pages_of_the_platform_can_be_visited(page: Page, live_server):
    answer = page.goto(f"{live_server.url}/static/kernel/vendor/htmx.min.js")
    assert answer
    assert answer.status == 200
