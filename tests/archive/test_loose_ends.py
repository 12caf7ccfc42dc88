"""Records that no longer fit together after a repair."""

from pathlib import Path

from tests.cli.by_hand import damage, repaired, tables, verified
from tests.cli.conftest import Run


def test_quotes_outlive_a_document_of_which_nothing_is_left(with_letter: Run, tmp_path: Path) -> None:
    quotes = tables(tmp_path)["quotes"]
    damage(tmp_path, "documents", "1", lambda line: b"\x00" * len(line))
    assert "lost but for the words of its quotes" in repaired(with_letter)
    assert tables(tmp_path)["quotes"] == quotes
    assert verified(with_letter)[1]["outcomes"] == {"exact": 2}


def test_a_repaired_archive_holds_together(with_letter: Run, tmp_path: Path) -> None:
    path = tmp_path / "archive.json"
    content = path.read_bytes().replace(b'"exact":"Under the Shah', b'"exact":"under the Shah', 1)
    content = content.replace(b'"within":1', b'"within":2', 1).replace(b'"kind":"article"', b'"replies_to":7', 1)
    path.write_bytes(content.replace(b'"when"', b'"when', 1))
    (tmp_path / "archive.json.bak").unlink()
    result = with_letter("verify", "--repair", "--yes")
    assert "marked as missing" in " ".join(result.stdout.split())
    assert tables(tmp_path)["quotes"]["1"]["missing"] is True
    assert "within" not in tables(tmp_path)["quotes"]["2"]
    assert verified(with_letter)[1]["problems"] == []
