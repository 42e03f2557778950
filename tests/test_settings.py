from pathlib import Path

import pytest

from zyqa import settings
from zyqa.errors import SettingsError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_later_sources_win(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.load().port == 7860
    settings.CONFIG.write_text("port = 1\nhost = '0.0.0.0'\n")
    assert settings.load().port == 1
    monkeypatch.setenv("ZYQA_PORT", "2")
    assert settings.load().port == 2
    assert settings.load(port=3).port == 3
    assert settings.load(port=None).host == "0.0.0.0"


@pytest.mark.parametrize(
    ("line", "said"), [("colour = 1", "colour"), ("port = 'x'", "port"), ("port = 70000", "port"), ("port", "TOML")]
)
def test_bad_settings_are_named(line: str, said: str) -> None:
    settings.CONFIG.write_text(line)
    with pytest.raises(SettingsError, match=said) as caught:
        settings.load()
    assert caught.value.hint
