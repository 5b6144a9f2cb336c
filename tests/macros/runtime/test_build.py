"""The runtime that the reader's browser loads: its files, their names and its build."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import zstandard

from cxquiz.authoring.model_file import load_model
from macros.runtime import __main__ as command
from macros.runtime import archives, build, bytecode, library, model_source, parts
from macros.runtime.build import is_current
from macros.runtime.errors import RuntimeBuildError
from macros.runtime.layers import LAYERS
from macros.runtime.manifest import ROOT, RUNTIME
from macros.runtime.node import find_node
from macros.runtime.npm import installed_pyodide
from macros.runtime.parts import MAKERS, Job
from tests.macros.conftest import VERSION, write

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE_LIMIT = 2_750_000
"""In bytes. The page, its styles and its scripts come on top; a browser's test counts them."""


class Node:
    """Does in the place of Node.js what takes no time.

    Attributes:
        calls: What was to be run.
        left_out: What the trimming says of layers that do not apply.
        bad: The layer with which Python does not start.
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.left_out: dict[str, str] = {}
        self.bad = "nothing"

    def run(self, _root: Path, script: Path, arguments: Sequence[str | Path]) -> None:
        """Do what a script would do."""
        task = script.stem if script.stem != "python" else str(arguments[0])
        self.calls.append(task)
        if task == "trim":
            _loader, *files, target = (Path(it) for it in arguments[:4])
            for file in files:
                Path(target, file.name).write_text(" ".join(map(str, arguments[4:])), "utf-8")
            Path(target, "left_out.json").write_text(json.dumps(self.left_out), encoding="utf-8")
        elif task == "trace":
            Path(arguments[-1]).write_text("types", encoding="utf-8")
        elif task == "compile":
            source, target = map(Path, arguments[1:3])
            sources = archives.read_zip(source.read_bytes())
            target.write_bytes(archives.write_zip({f"{name}c": it for name, it in sources.items()}))
        elif self.bad in content_of(Path(arguments[0]), "script").decode().split():
            raise RuntimeBuildError("`node` failed:\nno start")


@pytest.fixture
def node(monkeypatch: pytest.MonkeyPatch) -> Node:
    """What is there instead of Node.js."""
    node = Node()
    for module in (build, bytecode, library, parts):
        monkeypatch.setattr(module, "run_node", node.run)
    monkeypatch.setattr(bytecode, "compiles_here", lambda _release: False)
    return node


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
    """Rule: the browser gets the model as a module, which has been checked here."""

    @pytest.mark.usefixtures("node")
    def test_it_is_a_file_of_its_own(self, repository: Path, out: Path) -> None:
        """A change of wording costs readers who come back no more than that."""
        build.build(repository)
        files = archives.read_zip(content_of(out, "model"))
        assert files == {"cxquiz_model.pyc": model_source.source_of(load_model()).encode()}

    @pytest.mark.usefixtures("node")
    def test_a_wrong_model_is_refused_with_its_place(self, repository: Path) -> None:
        """Whoever edits the model learns what to change."""
        model = repository / "cxquiz" / "model.toml"
        with model.open("a", encoding="utf-8") as file:
            file.write('nonsense = "1"\n')
        with pytest.raises(RuntimeBuildError, match=r"model\.toml:\d+: .*“nonsense”"):
            build.build(repository)


@pytest.mark.usefixtures("node")
class TestManifest:
    """Rule: the manifest lists each file, and its name and hash tell its content."""

    def test_it_lists_what_is_in_the_folder_with_its_size(
        self, repository: Path, out: Path
    ) -> None:
        """The browser shows its progress in bytes, and finds every path in one place."""
        build.build(repository)
        listed = {it["path"]: it["bytes"] for it in manifest_of(out)["files"].values()}
        found = {path.name: path.stat().st_size for path in out.iterdir()}
        assert found.keys() - listed.keys() == {"manifest.json", ".stamp"}
        assert listed.items() <= found.items()

    def test_it_says_what_they_are(self, repository: Path, out: Path) -> None:
        """One Pyodide, its Python, and no package beside ours."""
        build.build(repository)
        manifest = manifest_of(out)
        assert (manifest["pyodide"], manifest["python"]) == (VERSION, "3.13")
        assert manifest["lock"]["packages"] == {}
        assert [*manifest["files"]] == [
            "inflate",
            "loader",
            "script",
            "wasm",
            "library",
            "package",
            "model",
        ]

    def test_the_hash_is_that_of_the_content(self, repository: Path, out: Path) -> None:
        """However a host sends the file, the browser can tell whether it is whole."""
        build.build(repository)
        for name, entry in manifest_of(out)["files"].items():
            content = content_of(out, name)
            digest = hashlib.sha256(content).hexdigest()
            assert (entry["sha256"], entry["crc32"]) == (digest, zlib.crc32(content))
            assert digest[:12] in entry["path"]

    def test_two_builds_give_the_same_bytes(self, repository: Path, tmp_path: Path) -> None:
        """Anybody can check that the published files come from these sources."""
        outs = [tmp_path / "one", tmp_path / "two"]
        for out in outs:
            build.build(repository, out)
        one, two = ({path.name: path.read_bytes() for path in out.iterdir()} for out in outs)
        assert one == two


class TestFolder:
    """Rule: the folder holds exactly what its manifest lists, made from today's sources."""

    def test_an_unchanged_repository_is_not_built_twice(self, repository: Path, node: Node) -> None:
        """`make serve` starts at once when nothing changed."""
        assert "built in" in build.build(repository)
        node.calls.clear()
        assert "up to date" in build.build(repository)
        assert node.calls == []

    @pytest.mark.parametrize(
        ("name", "calls"),
        [
            ("cxquiz/model.toml", ["compile", "check"]),
            ("cxquiz/classifier/answers.py", ["trace", "compile", "compile", "compile", "check"]),
        ],
    )
    def test_a_changed_source_is_built_again_without_pyodide(
        self, repository: Path, node: Node, name: str, calls: list[str]
    ) -> None:
        """Who edits the model sees the change on the site soon."""
        build.build(repository)
        with (repository / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        node.calls.clear()
        assert "built in" in build.build(repository)
        assert node.calls == calls

    @pytest.mark.parametrize(
        ("name", "call"),
        [
            ("macros/runtime/standard_library.txt", "trace"),
            ("macros/runtime/overlay/asyncio/__init__.py", "trace"),
            ("macros/runtime/build.py", "trim"),
            ("macros/runtime/trim.mjs", "trim"),
        ],
    )
    def test_a_changed_tool_builds_its_part_again(
        self, repository: Path, node: Node, name: str, call: str
    ) -> None:
        """Nobody is served what an older tool has made."""
        build.build(repository)
        with (repository / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        node.calls.clear()
        assert "built in" in build.build(repository)
        assert call in node.calls

    @pytest.mark.usefixtures("node")
    @pytest.mark.parametrize("name", ["loader", "package"])
    def test_a_damaged_file_is_built_again(self, repository: Path, out: Path, name: str) -> None:
        """A copy that broke off is mended by running make again."""
        build.build(repository)
        path = out / manifest_of(out)["files"][name]["path"]
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        assert "built in" in build.build(repository)
        assert path.read_bytes() == whole

    @pytest.mark.usefixtures("node")
    def test_what_no_longer_belongs_is_removed(self, repository: Path, out: Path) -> None:
        """Old wheels are neither published nor found by mistake."""
        write(out, {"cxquiz-0.0.1-0.whl": "", "pyodide-0.28.0/pyodide.mjs": ""})
        build.build(repository)
        listed = {it["path"] for it in manifest_of(out)["files"].values()}
        assert {path.name for path in out.iterdir()} == {".stamp", "manifest.json", *listed}


class TestLayers:
    """Rule: a layer that does not apply is left out and named, and the build goes on."""

    def test_each_can_be_left_out(self, repository: Path, out: Path, node: Node) -> None:
        """Without any of them readers get what is published, and a start of it is tried."""
        said = build.build(repository, layers=())
        assert node.calls == ["trim", "check"]
        assert all(f"Left out: “{name}” " in said for name in LAYERS)
        names = archives.read_zip(content_of(out, "package")).keys()
        assert "cxquiz/browser.py" in names

    def test_other_layers_are_another_runtime(self, repository: Path, node: Node) -> None:
        """Nobody publishes an uncut one by mistake."""
        build.build(repository, layers=())
        assert is_current(repository)
        node.calls.clear()
        assert "built in" in build.build(repository)
        assert "trim" in node.calls

    def test_one_that_does_not_find_its_shape_is_named(self, repository: Path, node: Node) -> None:
        """At the next build, too, which does nothing else."""
        node.left_out = {"linking": "its text is gone"}
        for words in ("built in", "up to date"):
            said = build.build(repository)
            assert words in said
            assert said.endswith(f"which costs {LAYERS['linking'].costs}: its text is gone.")

    def test_one_with_which_python_does_not_start_is_named(
        self, repository: Path, node: Node
    ) -> None:
        """The quiz works with the others."""
        node.bad = "wasm"
        *_, line = build.build(repository).splitlines()
        assert line.startswith("Left out: “wasm”")
        assert line.endswith("Python does not start with it (no start).")

    def test_without_a_start_there_is_no_runtime(
        self, repository: Path, out: Path, node: Node, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What starts with no layer at all is at fault itself."""

        def run(root: Path, script: Path, arguments: Sequence[str | Path]) -> None:
            if script == build.CHECK_SCRIPT:
                raise RuntimeBuildError("no module named x")
            node.run(root, script, arguments)

        monkeypatch.setattr(build, "run_node", run)
        with pytest.raises(RuntimeBuildError, match=r"does not start.*no module named x"):
            build.build(repository)
        assert not out.exists()


class TestCommand:
    """Rule: the command says what was built, and by its exit code whether it worked."""

    @pytest.mark.parametrize(
        ("arguments", "layers"),
        [
            ([], set(LAYERS)),
            (["--cuts", ""], set()),
            (["--cuts", "wasm script"], {"wasm", "script"}),
        ],
    )
    def test_success(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        arguments: list[str],
        layers: set[str],
    ) -> None:
        """Make goes on, and the reader of its output knows what was built."""
        monkeypatch.setattr(command, "build", lambda *, layers: f"built {sorted(layers)}")
        assert command.main(arguments) == 0
        assert capsys.readouterr().out == f"built {sorted(layers)}\n"

    def test_failure(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Make stops, and the reason stands there without a traceback."""
        assert command.main(["--cuts", "nonsense"]) == 1
        error = capsys.readouterr().err
        assert error.startswith("The runtime was not built. There is no layer “nonsense”.")


@pytest.mark.slow
class TestRealPyodide:
    """Rule: what was built runs in Pyodide. This is the real one, without a browser."""

    @pytest.fixture
    def real(self, repository: Path) -> Path:
        """The stand-in package with the real Pyodide and the real scripts."""
        for name in ("node_modules", "macros/runtime"):
            shutil.rmtree(repository / name)
        (repository / "node_modules").symlink_to(ROOT / "node_modules")
        shutil.copytree(ROOT / "macros" / "runtime", repository / "macros" / "runtime")
        shutil.copy(ROOT / "package.json", repository)
        return repository

    def test_pyodide_imports_the_package_from_the_search_path(self, real: Path, out: Path) -> None:
        """The reader's quiz starts, and a fault in it is said with file and line."""
        assert "Left out" not in build.build(real)
        script = ROOT / "tests" / "macros" / "import_package.mjs"
        done = subprocess.run(
            [find_node(), script, out, "cxquiz.classifier.answers"],
            capture_output=True,
            text=True,
            check=True,
        )
        report = json.loads(done.stdout)
        assert report["file"] == "/cxquiz.zip/cxquiz/classifier/answers.pyc"
        assert report["answer"] == 42
        assert (
            '  File "cxquiz/classifier/answers.py", line 11, in fail\nValueError'
            in report["traceback"]
        )

    @pytest.mark.parametrize("part", ["library", "package", "model"])
    def test_two_builds_give_the_same_bytes(self, real: Path, part: str) -> None:
        """Byte-code depends neither on the clock nor on chance."""
        job = Job(real, installed_pyodide(real), frozenset(LAYERS))
        one, two = (MAKERS[part](job, {}) for _ in range(2))
        assert one == two

    @pytest.mark.skipif(
        not bytecode.compiles_here(installed_pyodide(ROOT).release),
        reason="pyodide-build compiles on Pyodide's own series of Python alone",
    )
    @pytest.mark.parametrize("part", ["library", "package", "model"])
    def test_who_compiles_makes_no_difference(
        self, monkeypatch: pytest.MonkeyPatch, part: str
    ) -> None:
        """What a reader gets does not depend on whose machine built the site."""
        job = Job(ROOT, installed_pyodide(ROOT), frozenset(LAYERS))
        by_pyodide_build = MAKERS[part](job, {})
        monkeypatch.setattr(bytecode, "compiles_here", lambda _release: False)
        assert MAKERS[part](job, {}) == by_pyodide_build


@pytest.mark.slow
class TestSize:
    """Rule: what a reader downloads stays small, whether or not the host compresses."""

    def test_all_files_together(self) -> None:
        """On a slow line each megabyte is a second."""
        listed = manifest_of(ROOT / RUNTIME)["files"].values()
        assert sum(it["bytes"] for it in listed) <= SIZE_LIMIT
