"""One server with the real page over a library of its own, and one Chromium, for all browser tests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from zyqa.answer.assistant import Assistant
from zyqa.apps.ui import mount
from zyqa.ingest import open_library
from zyqa.settings import Settings, load

CHROMIUM = Path("/usr/bin/chromium")
WIDE, NARROW = (1440, 900), (390, 844)
expect.set_options(timeout=20_000)


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with a library of the browser tests' own: they add to it and remove from it."""
    corpus = Path(__file__).parents[3] / "corpus"
    return load(library=tmp_path_factory.mktemp("served") / "library", corpus=corpus)


@pytest.fixture(scope="package")
def address(served: Settings) -> Iterator[str]:
    """The address of a running server."""
    app = FastAPI()
    mount(app, lambda: Assistant.open(served, open_library(served)), served)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of this package; while it lives, no other test can run an event loop here."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield browser
        browser.close()


class Desk:
    """A page in the browser, and what it asked for and said."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: self.errors.append(f"dialog: {dialog.message}"))
        self.page.goto(address)
        self.page.wait_for_selector("#zy-box textarea")

    def _note(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.outside.append(request.url)

    def ask(self, question: str) -> None:
        """Asks, and waits for the answer's foot."""
        answered = self.page.locator(".zy-foot").count()
        self.page.fill("#zy-box textarea", question)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".zy-foot")).to_have_count(answered + 1)

    def tab(self, name: str) -> None:
        """Opens a tab, from the menu where the screen is too narrow to show it."""
        shown = self.page.locator(f'button[role=tab]:visible:has-text("{name}")')
        if not shown.count():
            self.page.locator(".overflow-menu > button").click()
            shown = self.page.locator(f'.overflow-dropdown button:has-text("{name}")')
        shown.first.click()

    def overflow(self) -> int:
        """By how many pixels the page is wider than the screen."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.fixture
def desk(chromium: Browser, address: str) -> Iterator[Desk]:
    """A fresh visitor at a wide screen; at the end nothing was asked of other hosts and no script failed."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": WIDE[0], "height": WIDE[1]})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk = Desk(context, address)
    yield desk
    context.close()
    assert desk.outside == []
    assert desk.errors == []


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Desk]:
    """A fresh visitor with a telephone in dark mode."""
    context = chromium.new_context(
        locale="zh-CN", viewport={"width": NARROW[0], "height": NARROW[1]}, color_scheme="dark"
    )
    desk = Desk(context, address)
    yield desk
    context.close()
    assert desk.outside == []
    assert desk.errors == []
