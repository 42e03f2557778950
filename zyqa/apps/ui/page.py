"""The page: header, tabs and the source panel beside them; and its place in a FastAPI application."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import gradio as gr

from zyqa.apps.ui import ask, checklist, duties, library, targets, training
from zyqa.apps.ui.bench import Workbench, asset
from zyqa.apps.ui.markup import plain, tag
from zyqa.settings import Settings
from zyqa.study.messages import LANGUAGES, Messages

if TYPE_CHECKING:
    from fastapi import FastAPI

    from zyqa.answer.assistant import Assistant

FONTS = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "system-ui", "sans-serif"]
USERS_AT_ONCE = 16
HOURS = 3600

_theme = gr.themes.Soft(
    primary_hue="blue", secondary_hue="slate", neutral_hue="slate", radius_size="md", font=FONTS,
    font_mono=["ui-monospace", "Consolas", "monospace"],
).set(
    button_primary_background_fill="#1f4e79", button_primary_background_fill_hover="#2a659b",
    button_primary_background_fill_dark="#2a659b", button_primary_background_fill_hover_dark="#3577b3",
    button_primary_text_color="#ffffff", body_background_fill="#f4f6f9", body_background_fill_dark="#0e151d",
    block_background_fill_dark="#17212c", input_background_fill_dark="#1f2b38", color_accent="#1f4e79",
    checkbox_label_background_fill_selected="#1f4e79", checkbox_label_background_fill_selected_dark="#2a659b",
    checkbox_background_color_selected="#2a659b", slider_color="#1f4e79", slider_color_dark="#8cbcf0",
    block_title_background_fill="transparent", block_title_text_color="#52606d", block_title_text_color_dark="#a5b3c1",
    block_title_padding="0", block_label_background_fill="transparent", block_label_text_color="#52606d",
    block_label_background_fill_dark="transparent", block_label_text_color_dark="#a5b3c1",
)  # fmt: skip


_TABS = {
    "library": library.tab,
    "duties": duties.tab,
    "targets": targets.tab,
    "checklist": checklist.tab,
    "training": training.tab,
}


def build(bench: Workbench, language: str = "zh", home: str = "/") -> gr.Blocks:
    """The page in one language; ``home`` is the path of the Chinese one, from which the other's follows."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # else components call out when they are built
    words = Messages(language)
    with gr.Blocks(
        title=words("page.title"), analytics_enabled=False, fill_width=True, delete_cache=(HOURS, HOURS)
    ) as page:
        source = gr.HTML(elem_id="zy-panel", js_on_load=asset("ui.js"), render=False)
        gr.HTML(_header(words, home), elem_id="zy-header")
        with gr.Tabs(elem_id="zy-tabs"):
            with gr.Tab(words("ask.tab"), id="ask"):
                ask.tab(bench, words, source)
            for name, fill in _TABS.items():
                with gr.Tab(words(f"{name}.tab"), id=name) as item:
                    fill(bench, words, item)
        source.render()  # type: ignore[no-untyped-call]
    page.queue(default_concurrency_limit=USERS_AT_ONCE)
    return page  # type: ignore[no-any-return]


def _header(words: Messages, home: str) -> str:
    other = home + "en/" if words.language == "zh" else home
    name = tag("h1", plain(words("page.title"))) + tag("p", plain(words("page.tagline")))
    links = tag("a", "◐", "zy-tool", href="#theme", title=words("page.theme"), aria_label=words("page.theme"))
    links += tag("a", plain(words("page.other")), "zy-tool", href=other, hreflang=words.language)
    return tag("div", tag("div", name) + tag("nav", links), "zy-head")


def mount(app: FastAPI, opener: Callable[[], Assistant], settings: Settings, path: str = "/") -> FastAPI:
    """Puts the page into ``app`` at ``path`` (Chinese) and ``path`` + ``en``. Mount it after all other routes.

    ``opener`` is called once, in a thread of its own, so that the first paint waits for nothing.
    """
    bench = Workbench(opener, settings)
    home = path.rstrip("/") + "/"
    for language in reversed(LANGUAGES):  # the longer path first: a mount takes all that begins with it
        app = gr.mount_gradio_app(
            app, build(bench, language, home), path=home + "en" if language == "en" else home.rstrip("/"),
            theme=_theme, head=f"<style>{asset('ui.css')}</style>", footer_links=[], run_history=False, ssr_mode=False,
            max_file_size=settings.max_file_mb * 1024 * 1024, show_error=True,
        )  # fmt: skip
    return app
