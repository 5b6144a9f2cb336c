"""The command as a whole: help, version, exit codes, and the world around it."""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cxquiz.cli import build_parser
from tests.cli.running import ROOT, interrupt, run, shell, start

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = ("ask", "classify", "compare", "map", "report", "check")


def parsers() -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Yield every command's words and its parser, the whole one's first."""
    whole = build_parser()
    yield (), whole
    for action in whole._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, parser in action.choices.items():
                yield (name,), parser


def examples() -> Iterator[str]:
    """Yield the examples in the help."""
    for words, _ in parsers():
        _, _, after = run(*words, "--help").out.partition("examples:\n")
        for line in after.partition("\n\n")[0].splitlines():
            yield re.split(r"\s{3,}", line.strip())[0]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a file that gives more results than a pipe holds."""
    path = tmp_path / "many.jsonl"
    path.write_text('{"id": "a", "answers": {"use": "use"}}\n' * 3000)
    return path


class TestHelp:
    """Rule: the help says everything there is to know."""

    def test_every_command_is_in_the_help(self) -> None:
        """What is not there does not exist for a newcomer."""
        assert [words for words, _ in parsers() if words] == [(name,) for name in COMMANDS]
        for name in COMMANDS:
            assert re.search(rf"^ +{name} +\w", run("--help").out, re.MULTILINE)

    @pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)])
    def test_every_option_is_in_the_help_and_explained(self, words: tuple[str, ...]) -> None:
        """An option without a sentence is a riddle."""
        help_text = run(*words, "--help").out
        for action in dict(parsers())[words]._actions:
            if isinstance(action, argparse._SubParsersAction):
                continue
            assert action.help
            assert action.help.split()[0] in help_text
            names = action.option_strings or [str(action.metavar)]
            assert [name for name in names if name not in help_text] == []

    def test_the_examples_can_be_typed(self) -> None:
        """People copy them before they read anything."""
        found = list(examples())
        assert len(found) > len(COMMANDS)
        for line in found:
            command = line[line.index("cxquiz ") :]
            argv = shlex.split(re.split(r"[|>]", command)[0])[1:]
            assert build_parser().parse_args(argv).command in COMMANDS

    @pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)])
    def test_the_help_fits_a_terminal(
        self, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Lines that wrap by themselves are hard to read."""
        monkeypatch.setenv("COLUMNS", "80")
        assert max(map(len, run(*words, "--help").out.splitlines())) <= 80

    @pytest.mark.parametrize("code", [0, 1, 2, 130])
    def test_the_exit_codes_are_explained(self, code: int) -> None:
        """Scripts depend on them."""
        assert re.search(rf"^ +{code} +\w", run("--help").out, re.MULTILINE)

    def test_the_documented_result_is_the_one_that_is_given(self) -> None:
        """The help must not promise another key than comes out."""
        (result,) = run("classify", stdin=[{"answers": {}}]).results
        listed = ", ".join(f'"{key}"' for key in result)
        assert "{" + listed + "}" in run("classify", "--help").out


class TestUsage:
    """Rule: wrong usage is exit code 2 and a word on standard error."""

    @pytest.mark.parametrize(
        "line",
        ["", "clasify", "classify a b", "classify --format xml", "--mod x", "ask x", "compare"],
    )
    def test_wrong_usage(self, line: str) -> None:
        """A script must notice, and a person must see what is right."""
        ran = run(*line.split())
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("usage: cxquiz")

    def test_the_version_is_one_line(self) -> None:
        """It is what people put in a report of a fault."""
        ran = run("--version")
        assert ran.code == 0
        assert re.fullmatch(r"cxquiz \S.*\n", ran.out)

    def test_python_dash_m_is_the_same_command(self) -> None:
        """It works where the folder of scripts is not on the path."""
        assert shell("cxquiz check") == run("check")

    @pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
    @pytest.mark.parametrize("argv", [["check"], ["ask"], ["--help"], ["classify"]])
    def test_a_terminal_without_the_right_characters_is_fine(
        self, argv: list[str], encoding: str
    ) -> None:
        """Some terminals and logs do not know curly quotation marks."""
        assert run(*argv, stdin='{"answers": {"Ĳ": 1}}', encoding=encoding).code in (0, 1)

    def test_a_pipe_does_not_pay_for_the_terminal(self) -> None:
        """Loading rich takes longer than classifying a thousand lines."""
        code = (
            "import sys; from cxquiz.cli import main; main(['classify']);"
            "sys.exit('rich' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, input=b"{}", check=False)
        assert done.returncode == 0


class TestWorld:
    """Rule: whatever happens to the streams, there is no traceback."""

    def test_a_reader_that_stops_early_ends_it_silently(self, many: Path) -> None:
        """``| head`` is how people look at a result."""
        with start("classify", many) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            assert running.stdout.readline().startswith(b'{"id": "a"')
            running.stdout.close()
            assert (running.stderr.read(), running.wait()) == (b"", 0)

    @pytest.mark.parametrize("argv", [["--help"], ["check"], ["--version"], ["ask"]])
    def test_a_reader_that_never_was_ends_it_silently(self, argv: list[str]) -> None:
        """The same for the short outputs."""
        with start(*argv, stdin=subprocess.DEVNULL) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.close()
            assert (running.stderr.read(), running.wait()) == (b"", 0)

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
    @pytest.mark.parametrize("argv", ["classify", "check", "ask", "--version"])
    def test_a_full_disk_is_said(self, argv: str, many: Path) -> None:
        """Half a result must not pass for a whole one."""
        ran = shell(f"cxquiz {argv} < '{many}' > /dev/full")
        assert (ran.code, len(ran.err.splitlines())) == (2, 1)

    @pytest.mark.parametrize(
        ("closed", "code"), [("<&-", 0), (">&-", 2), ("2>&-", 0), ("<&- >&- 2>&-", 2)]
    )
    @pytest.mark.parametrize("argv", ["classify", "check", "ask"])
    def test_a_closed_stream_is_no_surprise(self, argv: str, closed: str, code: int) -> None:
        """Schedulers start programs without one or the other."""
        ran = shell(f"echo '' | (cxquiz {argv} {closed})")
        assert ran.code == code
        assert "Traceback" not in ran.err
        assert "cxquiz: " not in ran.out

    def test_ctrl_c_ends_it_with_what_was_done(self) -> None:
        """Somebody has seen enough; what was classified so far is theirs."""
        with start("classify") as running:
            assert running.stdin is not None
            assert running.stderr is not None
            assert running.stdout is not None
            running.stdin.write(b'{"id": 1, "answers": {}}\n{\n')
            running.stdin.flush()
            assert b"line 2" in running.stderr.readline()
            assert interrupt(running) == 130
            assert len(running.stdout.read().splitlines()) == 2
            assert running.stderr.read() == b""

    def test_a_model_given_as_a_folder_is_said(self) -> None:
        """The wrong path is a sentence, whichever option it was given to."""
        for argv in (["ask"], ["classify"]):
            ran = run(*argv, "--model", ROOT)
            assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
