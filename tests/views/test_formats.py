"""The formats of exports, as they are listed."""

import pytest

from quotearchive.exporters import EXPORTERS
from tests.cli.conftest import Run


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_format_is_listed_with_its_purpose_and_what_it_leaves_out(run: Run, name: str) -> None:
    listed = " ".join(run("export", "--list").stdout.split())
    assert name in listed
    for words in (EXPORTERS[name].purpose, EXPORTERS[name].leaves_out):
        assert words.split()[0] in listed
