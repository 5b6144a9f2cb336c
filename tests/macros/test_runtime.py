"""The runtime that the reader's browser loads: its files, their names and its build."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import zstandard

from cxquiz.model_file import load_model
from macros import archives, built_model, pyodide, runtime, wheel
from macros.errors import RuntimeBuildError
from macros.manifest import ROOT, RUNTIME
from macros.node import find_node
from macros.pyodide import STAND_INS, installed_pyodide
from tests.macros.conftest import write

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE_LIMIT = 2_750_000
"""In bytes. The page, its styles and its scripts come on top; a browser's test counts them."""


@pytest.fixture
def without_node(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Do in place of Node.js what takes no time; the names of what was to be run."""
    calls: list[str] = []

    def run_node(_root: Path, script: Path, arguments: Sequence[str | Path]) -> None:
        calls.append(script.name)
        if script == pyodide.TRIM_SCRIPT:
            source, target = map(Path, arguments)
            for name in (pyodide.SCRIPT, pyodide.WASM):
                shutil.copy(source / name, target)
            return
        _, source, target = map(Path, arguments)
        files = archives.read_zip(source.read_bytes())
        compiled = {
            name + "c" if name.endswith(".py") else name: data for name, data in files.items()
        }
        target.write_bytes(archives.write_zip(compiled))

    monkeypatch.setattr(runtime, "run_node", run_node)
    monkeypatch.setattr(pyodide, "run_node", run_node)
    return calls


@pytest.fixture
def out(repository: Path) -> Path:
    """Where the runtime is built."""
    return repository / RUNTIME


def manifest_of(out: Path) -> dict[str, Any]:
    """Read the manifest of a built runtime."""
    content = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def content_of(out: Path, name: str) -> bytes:
    """Return the content of a file of the runtime, as the browser has it after inflating."""
    path = out / manifest_of(out)["files"][name]["path"]
    data = path.read_bytes()
    return zstandard.decompress(data) if path.suffix == ".zst" else data


class TestModel:
    """Rule: the package in the browser holds the model, which has been checked here."""

    @pytest.mark.usefixtures("without_node")
    def test_it_is_a_module_of_the_package(self, repository: Path, out: Path) -> None:
        """It comes with the package, so the two always fit."""
        runtime.build(repository)
        files = archives.read_zip(content_of(out, "package"))
        assert files["cxquiz/built_model.pyc"] == built_model.source_of(load_model()).encode()

    @pytest.mark.usefixtures("without_node")
    def test_a_wrong_model_is_refused_with_its_place(self, repository: Path) -> None:
        """Whoever edits the model learns what to change."""
        model = repository / "cxquiz" / "model.toml"
        with model.open("a", encoding="utf-8") as file:
            file.write('nonsense = "1"\n')
        with pytest.raises(RuntimeBuildError, match=r"model\.toml:\d+: .*“nonsense”"):
            runtime.build(repository)


@pytest.mark.usefixtures("without_node")
class TestManifest:
    """Rule: the manifest lists each file, and its name and hash tell its content."""

    def test_it_lists_what_is_in_the_folder_with_its_size(
        self, repository: Path, out: Path
    ) -> None:
        """The browser shows its progress in bytes, and finds every path in one place."""
        runtime.build(repository)
        listed = {it["path"]: it["bytes"] for it in manifest_of(out)["files"].values()}
        found = {path.name: path.stat().st_size for path in out.iterdir()}
        assert found.keys() - listed.keys() == {"manifest.json", ".stamp"}
        assert listed.items() <= found.items()

    def test_it_says_what_they_are(self, repository: Path, out: Path) -> None:
        """One Pyodide, its Python, and no package beside ours."""
        runtime.build(repository)
        manifest = manifest_of(out)
        assert (manifest["pyodide"], manifest["python"]) == ("0.29.5", "3.13")
        assert manifest["lock"]["packages"] == {}
        assert [*manifest["files"]] == [
            "inflate",
            "loader",
            "script",
            "wasm",
            "library",
            "package",
        ]

    def test_the_hash_is_that_of_the_content(self, repository: Path, out: Path) -> None:
        """However a host sends the file, the browser can tell whether it is whole."""
        runtime.build(repository)
        for name, entry in manifest_of(out)["files"].items():
            content = content_of(out, name)
            digest = hashlib.sha256(content).hexdigest()
            assert (entry["sha256"], entry["crc32"]) == (digest, zlib.crc32(content))
            assert digest[:12] in entry["path"]

    def test_two_builds_give_the_same_bytes(self, repository: Path, tmp_path: Path) -> None:
        """Anybody can check that the published files come from these sources."""
        outs = [tmp_path / "one", tmp_path / "two"]
        for out in outs:
            runtime.build(repository, out)
        one, two = ({path.name: path.read_bytes() for path in out.iterdir()} for out in outs)
        assert one == two


class TestFolder:
    """Rule: the folder holds exactly what its manifest lists, made from today's sources."""

    def test_an_unchanged_repository_is_not_built_twice(
        self, repository: Path, without_node: list[str]
    ) -> None:
        """`make serve` starts at once when nothing changed."""
        assert "built in" in runtime.build(repository)
        without_node.clear()
        assert "up to date" in runtime.build(repository)
        assert without_node == []

    @pytest.mark.parametrize("name", ["cxquiz/answers.py", "cxquiz/model.toml", "pyproject.toml"])
    def test_a_changed_source_is_built_again_without_pyodide(
        self, repository: Path, without_node: list[str], name: str
    ) -> None:
        """Who edits the model sees the change on the site soon."""
        runtime.build(repository)
        with (repository / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        without_node.clear()
        assert "built in" in runtime.build(repository)
        assert without_node == ["compile_python.mjs"]

    @pytest.mark.parametrize(
        "name",
        [
            "macros/standard_library.txt",
            "macros/stand_ins/asyncio/__init__.py",
            "macros/runtime.py",
        ],
    )
    def test_a_changed_tool_builds_pyodide_again(
        self, repository: Path, without_node: list[str], name: str
    ) -> None:
        """Nobody is served what an older tool has made."""
        runtime.build(repository)
        with (repository / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        without_node.clear()
        assert "built in" in runtime.build(repository)
        assert "trim_pyodide.mjs" in without_node

    @pytest.mark.usefixtures("without_node")
    @pytest.mark.parametrize("name", ["loader", "package"])
    def test_a_damaged_file_is_built_again(self, repository: Path, out: Path, name: str) -> None:
        """A copy that broke off is mended by running make again."""
        runtime.build(repository)
        path = out / manifest_of(out)["files"][name]["path"]
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        assert "built in" in runtime.build(repository)
        assert path.read_bytes() == whole

    @pytest.mark.usefixtures("without_node")
    def test_what_no_longer_belongs_is_removed(self, repository: Path, out: Path) -> None:
        """Old wheels are neither published nor found by mistake."""
        write(out, {"cxquiz-0.0.1-0.whl": "", "pyodide-0.28.0/pyodide.mjs": ""})
        runtime.build(repository)
        listed = {it["path"] for it in manifest_of(out)["files"].values()}
        assert {path.name for path in out.iterdir()} == {".stamp", "manifest.json", *listed}


class TestCommand:
    """Rule: the command answers in one line and says by its exit code whether it worked."""

    def test_success(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Make goes on, and the reader of its output knows what was built."""
        monkeypatch.setattr(runtime, "build", lambda: "built")
        assert runtime.main([]) == 0
        assert capsys.readouterr().out == "built\n"

    def test_failure(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Make stops, and the reason stands there without a traceback."""

        def fail() -> str:
            message = "No Node."
            raise RuntimeBuildError(message)

        monkeypatch.setattr(runtime, "build", fail)
        assert runtime.main([]) == 1
        assert capsys.readouterr().err == "The runtime was not built. No Node.\n"


@pytest.mark.slow
class TestRealPyodide:
    """Rule: what was built runs in Pyodide. This is the real one, without a browser."""

    @pytest.fixture
    def real(self, repository: Path) -> Path:
        """The stand-in package with the real Pyodide and the real scripts."""
        shutil.rmtree(repository / "node_modules")
        (repository / "node_modules").symlink_to(ROOT / "node_modules")
        scripts = ("compile_python.mjs", "trim_pyodide.mjs", "standard_library.txt")
        for name in ("package.json", *(f"macros/{name}" for name in scripts)):
            shutil.copy(ROOT / name, repository / name)
        shutil.copytree(ROOT / STAND_INS, repository / STAND_INS, dirs_exist_ok=True)
        return repository

    def test_pyodide_imports_the_wheel_from_the_search_path(self, real: Path, out: Path) -> None:
        """The reader's quiz starts, and a fault in it is said with file and line."""
        runtime.build(real)
        script = ROOT / "tests" / "macros" / "import_wheel.mjs"
        done = subprocess.run(
            [find_node(), script, out, "cxquiz.answers"], capture_output=True, text=True, check=True
        )
        report = json.loads(done.stdout)
        assert report["file"] == "/cxquiz.whl/cxquiz/answers.pyc"
        assert report["answer"] == 42
        assert '  File "cxquiz/answers.py", line 11, in fail\nValueError' in report["traceback"]

    def test_two_builds_of_the_package_give_the_same_bytes(self, real: Path) -> None:
        """Byte-code depends neither on the clock nor on chance."""
        installed = installed_pyodide(real)
        one, two = (runtime.package_assets(real, installed) for _ in range(2))
        assert one == two

    @pytest.mark.skipif(
        sys.version_info[:2] != (3, 13),
        reason="pyodide-build compiles for Pyodide's Python on Python 3.13 alone",
    )
    def test_who_compiles_makes_no_difference(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What a reader gets does not depend on whose machine built the site."""
        installed = installed_pyodide(ROOT)
        by_pyodide_build = runtime.package_assets(ROOT, installed)
        monkeypatch.setattr(wheel, "byte_compiled", lambda wheel, _python: wheel)
        assert runtime.package_assets(ROOT, installed) == by_pyodide_build

    def test_sources_that_do_not_compile_are_named(self, real: Path) -> None:
        """A slip of the keyboard is found by the build, with file and line."""
        write(real, {"cxquiz/answers.py": "def answer(:\n"})
        with pytest.raises(RuntimeBuildError, match=r"cxquiz/answers\.py.*line 1"):
            runtime.package_assets(real, installed_pyodide(real))


@pytest.mark.slow
class TestSize:
    """Rule: what a reader downloads stays small, whether or not the host compresses."""

    def test_all_files_together(self) -> None:
        """On a slow line each megabyte is a second."""
        listed = manifest_of(ROOT / RUNTIME)["files"].values()
        assert sum(it["bytes"] for it in listed) <= SIZE_LIMIT
