"""The runtime that the reader's browser loads: its files, their names and its build."""

from __future__ import annotations

import importlib.util
import json
import marshal
import py_compile
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from macros import runtime
from macros.manifest import ROOT, RUNTIME
from macros.runtime import RuntimeBuildError

if TYPE_CHECKING:
    from pathlib import Path

NEXT_TO_PYODIDE = ".".join(map(str, sys.version_info[:2]))
LOCK = '{"info": {"python": "3.13.2", "abi_version": "2025_0"}, "packages": {"numpy": {}}}'
MODULE = '''"""A stand-in for the classifier."""


def answer() -> int:
    """Return what the test asks for."""
    return 42
'''


def write(root: Path, files: dict[str, str]) -> None:
    """Write text files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A small repository with a stand-in package and a stand-in Pyodide."""
    root = tmp_path / "repository"
    npm = "node_modules/pyodide"
    write(
        root,
        {
            "LICENSE": "Free.\n",
            "README.md": "# A long read\n",
            "pyproject.toml": (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
            "package.json": '{"dependencies": {"pyodide": "0.29.5"}}',
            f"{npm}/package.json": '{"version": "0.29.5"}',
            f"{npm}/pyodide-lock.json": LOCK,
            **{f"{npm}/{name}": f"content of {name}" for name in runtime.PYODIDE_FILES},
            "cxquiz/__init__.py": '"""A stand-in package."""\n',
            "cxquiz/__main__.py": "",
            "cxquiz/answers.py": MODULE,
            "cxquiz/cli/__init__.py": "",
            "cxquiz/model.toml": 'title = "Who is your customer?"\n',
            "cxquiz/model.schema.json": "{}",
            "cxquiz/py.typed": "",
            "macros/runtime.py": "",
            "macros/compile_wheel.mjs": "",
        },
    )
    return root


@pytest.fixture
def compiled_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compile with this Python instead of Pyodide's: fast, and the same but for the byte-code."""

    def compile_here(_root: Path, wheel: Path) -> Path:
        target = wheel.with_name("compiled.whl")
        files = {}
        for name, data in runtime.read_zip(wheel.read_bytes()).items():
            if not name.endswith(".py"):
                files[name] = data
                continue
            script = wheel.with_name("module.py")
            script.write_bytes(data)
            compiled = wheel.with_name("module.pyc")
            mode = py_compile.PycInvalidationMode.CHECKED_HASH
            py_compile.compile(str(script), str(compiled), dfile=name, invalidation_mode=mode)
            files[name + "c"] = compiled.read_bytes()
        target.write_bytes(runtime.write_zip(files))
        return target

    monkeypatch.setattr(runtime, "_compile_in_pyodide", compile_here)


def manifest_of(out: Path) -> dict[str, Any]:
    """Read the manifest of a built runtime."""
    content = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


class TestPyodide:
    """Rule: exactly the Pyodide that package.json pins reaches the reader."""

    def test_the_version_comes_from_package_json(self) -> None:
        """Changing one line changes the Pyodide of the whole site."""
        assert runtime.pinned_version('{"dependencies": {"pyodide": "0.29.5"}}') == "0.29.5"

    @pytest.mark.parametrize("text", ["{}", '{"dependencies": {"pyodide": "^0.29.5"}}'])
    def test_a_version_that_is_not_exact_is_refused(self, text: str) -> None:
        """A range would let Pyodide's Python and the byte-code drift apart."""
        with pytest.raises(RuntimeBuildError, match=r"package\.json.*pin it exactly"):
            runtime.pinned_version(text)

    def test_the_series_of_python_comes_from_its_lock_file(self) -> None:
        """Byte-code fits a series, such as 3.13, not one release of it."""
        assert runtime.python_series(LOCK) == "3.13"

    def test_the_lock_file_loses_its_packages_only(self) -> None:
        """The browser asks for the file at each start and needs no package of it."""
        slim = json.loads(runtime.slim_lock(LOCK))
        assert slim == {"info": json.loads(LOCK)["info"], "packages": {}}

    def test_a_missing_npm_package_is_named(self, repository: Path) -> None:
        """Somebody who skipped the set-up learns which command does it."""
        shutil.rmtree(repository / "node_modules")
        with pytest.raises(RuntimeBuildError, match=r"pyodide\.mjs.*make setup"):
            runtime.installed_pyodide(repository)

    def test_another_version_than_the_pinned_one_is_refused(self, repository: Path) -> None:
        """After a change of the pin, the old files must not be published under its name."""
        write(repository, {"node_modules/pyodide/package.json": '{"version": "0.28.0"}'})
        with pytest.raises(RuntimeBuildError, match=r"0\.28\.0, but package\.json pins 0\.29\.5"):
            runtime.installed_pyodide(repository)


class TestZip:
    """Rule: the same content gives the same file and the same name."""

    def test_order_and_clock_leave_no_trace(self) -> None:
        """An unchanged package keeps its address, so browsers keep it in their cache."""
        one = runtime.write_zip({"a": b"1", "b": b"2"})
        assert one == runtime.write_zip({"b": b"2", "a": b"1"})
        assert runtime.read_zip(one) == {"a": b"1", "b": b"2"}

    def test_the_hash_tells_contents_and_names_apart(self) -> None:
        """A changed package gets a new address, so no browser keeps the old one."""
        contents = [{"a": b"1"}, {"a": b"2"}, {"b": b"1"}, {"a": b"", "1": b""}]
        assert len({runtime.content_hash(files) for files in contents}) == len(contents)


class TestWheel:
    """Rule: the reader loads what the quiz needs, compiled, and nothing else."""

    def test_the_browser_gets_neither_command_line_nor_sources_nor_data(
        self, repository: Path, tmp_path: Path
    ) -> None:
        """Each byte delays the first answer on a slow line."""
        wheel = runtime.build_wheel(repository, tmp_path)
        assert sorted(runtime.read_zip(wheel.read_bytes())) == [
            "cxquiz-0.1.0.dist-info/METADATA",
            "cxquiz-0.1.0.dist-info/WHEEL",
            "cxquiz/__init__.py",
            "cxquiz/answers.py",
        ]

    def test_the_metadata_keep_name_and_version_only(self) -> None:
        """The description is as long as the README; nothing in the browser reads it."""
        metadata = b"Metadata-Version: 2.4\nName: cxquiz\nRequires-Dist: rich\n\nName: a read\n"
        assert runtime.slim_metadata(metadata) == b"Metadata-Version: 2.4\nName: cxquiz\n"

    def test_byte_code_is_never_compared_with_a_source(self) -> None:
        """PEP 552: flags 0b01 mean hash-based and unchecked; the rest stays as it was."""
        checked = b"MAGI" + (0b11).to_bytes(4, "little") + b"12345678" + marshal.dumps(1)
        assert runtime.unchecked(checked) == checked[:4] + b"\x01\0\0\0" + checked[8:]

    def test_a_source_left_in_a_compiled_wheel_is_an_error(self) -> None:
        """Sources would be compiled anew in each reader's browser."""
        with pytest.raises(RuntimeBuildError, match=r"still holds sources: a\.py"):
            runtime.normalised({"a.py": b""}, "3.13")

    def test_the_record_lists_every_file(self) -> None:
        """A wheel without its list is none for Python's packaging tools."""
        files = runtime.with_record({"a.pyc": b"1", "a-1.dist-info/METADATA": b""})
        assert files["a-1.dist-info/RECORD"].decode().splitlines() == [
            "a-1.dist-info/METADATA,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0",
            "a.pyc,sha256=a4ayc_80_OGda4BO_1o_V0etpOqiLx1JwB5S3beHW0s,1",
            "a-1.dist-info/RECORD,,",
        ]


class TestCompiler:
    """Rule: byte-code is made by a Python of Pyodide's own series."""

    def test_another_python_leaves_it_to_pyodide(self) -> None:
        """Byte-code of another series would not run in the browser."""
        assert runtime.choose_compiler("2.7") == "pyodide"

    def test_the_same_python_uses_pyodide_build_where_it_is_installed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It takes a third of the time, and needs no Node.js."""
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
        assert runtime.choose_compiler(NEXT_TO_PYODIDE) == "pyodide-build"
        monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
        assert runtime.choose_compiler(NEXT_TO_PYODIDE) == "pyodide"

    def test_a_missing_node_is_said_in_words(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """Who calls the module by hand learns that make installs Node.js."""
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
        monkeypatch.setenv("PATH", "")
        with pytest.raises(RuntimeBuildError, match=r"Node\.js was found neither.*make setup"):
            runtime.build(repository, compiler="pyodide")

    def test_a_missing_pyodide_build_is_said_in_words(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """Who asks for a compiler that is not here learns what to do."""
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
        with pytest.raises(RuntimeBuildError, match="pyodide not found: pyodide-build belongs to"):
            runtime.build(repository, compiler="pyodide-build")

    def test_pyodide_build_is_called_with_the_wheel(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """It is given reproducible settings, and its result is found by its name."""
        command = tmp_path / "pyodide"
        command.write_text(
            "#!/bin/sh\n"
            'test "$SOURCE_DATE_EPOCH" && test -z "$PYTHONOPTIMIZE" || exit 1\n'
            f'cp "{tmp_path}/compiled.whl" "$(echo "$4" | sed s/-py3-/-cp313-/)"\n',
            encoding="utf-8",
        )
        command.chmod(0o755)
        files = {"cxquiz/answers.pyc": bytes(20), "cxquiz-0.1.0.dist-info/METADATA": b""}
        (tmp_path / "compiled.whl").write_bytes(runtime.write_zip(files))
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
        monkeypatch.setenv("PYTHONOPTIMIZE", "2")
        out = tmp_path / "out"
        runtime.build(repository, out, "pyodide-build")
        wheel = runtime.read_zip((out / manifest_of(out)["wheel"]).read_bytes())
        assert "cxquiz/answers.pyc" in wheel

    def test_a_compiler_that_fails_is_quoted(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """The reason stands in the message, not in a traceback."""
        node = tmp_path / "node"
        node.write_text("#!/bin/sh\necho 'no memory' >&2\nexit 3\n", encoding="utf-8")
        node.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
        with pytest.raises(RuntimeBuildError, match="failed with exit code 3:\nno memory"):
            runtime.build(repository, compiler="pyodide")


class TestModel:
    """Rule: the browser gets the model as JSON with the very same values."""

    def test_values_are_kept_and_blanks_are_not(self) -> None:
        """Wording in any language reaches the reader unchanged and small."""
        assert runtime.model_json('a = "ü"\n[b]\nc = [1]').decode() == '{"a":"ü","b":{"c":[1]}}'

    @pytest.mark.parametrize(
        ("text", "words"),
        [("a =", "not valid TOML"), ("a = 2026-01-01", "in quotes"), ("a = nan", "no inf")],
    )
    def test_what_json_cannot_express_is_refused_in_words(self, text: str, words: str) -> None:
        """Whoever edits the model learns what to change."""
        with pytest.raises(RuntimeBuildError, match=rf"model\.toml.*{words}"):
            runtime.model_json(text)


@pytest.mark.usefixtures("compiled_here")
class TestFolder:
    """Rule: the folder holds exactly what its manifest lists, made from today's sources."""

    @pytest.fixture
    def out(self, repository: Path) -> Path:
        """Where the runtime is built."""
        return repository / RUNTIME

    def build(self, repository: Path) -> str:
        """Build with the compiler that the fixture replaces, unless current."""
        pyodide = runtime.installed_pyodide(repository)
        out = repository / RUNTIME
        current = runtime.is_current(out, runtime.inputs_digest(repository, pyodide))
        return runtime.build(repository, compiler=None if current else "pyodide")

    def test_the_manifest_lists_every_file_with_its_size(self, repository: Path, out: Path) -> None:
        """The browser shows its progress in bytes, and finds every path in one place."""
        self.build(repository)
        manifest = manifest_of(out)
        wheel, model = manifest["wheel"], manifest["model"]
        assert manifest["pyodide"] == "pyodide-0.29.5/"
        assert manifest["python"] == "3.13"
        assert wheel.startswith("cxquiz-0.1.0-")
        assert json.loads((out / model).read_text(encoding="utf-8")) == {
            "title": "Who is your customer?"
        }
        found = {
            path.relative_to(out).as_posix(): path.stat().st_size
            for path in out.rglob("*")
            if path.is_file() and path.name not in ("manifest.json", ".stamp")
        }
        assert manifest["bytes"] == found

    def test_an_unchanged_repository_is_not_built_twice(self, repository: Path) -> None:
        """`make serve` starts at once when nothing changed."""
        assert "built in" in self.build(repository)
        assert "up to date" in self.build(repository)

    @pytest.mark.parametrize("name", ["cxquiz/answers.py", "cxquiz/model.toml", "pyproject.toml"])
    def test_a_changed_source_is_built_again(self, repository: Path, name: str) -> None:
        """Who edits the model sees the change on the site."""
        self.build(repository)
        with (repository / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        assert "built in" in self.build(repository)

    def test_a_damaged_file_is_built_again(self, repository: Path, out: Path) -> None:
        """A copy that broke off is mended by running make again."""
        self.build(repository)
        (out / "pyodide-0.29.5" / "pyodide.mjs").unlink()
        assert "built in" in self.build(repository)

    def test_what_no_longer_belongs_is_removed(self, repository: Path, out: Path) -> None:
        """Old wheels are neither published nor found by mistake."""
        write(out, {"cxquiz-0.0.1-0.whl": "", "pyodide-0.28.0/pyodide.mjs": ""})
        self.build(repository)
        names = {path.relative_to(out).parts[0] for path in out.iterdir()}
        manifest = manifest_of(out)
        assert names == {
            ".stamp",
            "manifest.json",
            manifest["wheel"],
            manifest["model"],
            "pyodide-0.29.5",
        }

    def test_two_builds_give_the_same_bytes(self, repository: Path, tmp_path: Path) -> None:
        """Anybody can check that the published files come from these sources."""
        outs = [tmp_path / "one", tmp_path / "two"]
        for out in outs:
            runtime.build(repository, out, "pyodide")
        one, two = ((out / manifest_of(out)["wheel"]).read_bytes() for out in outs)
        assert one == two


class TestCommand:
    """Rule: the command answers in one line and says by its exit code whether it worked."""

    def test_success(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Make goes on, and the reader of its output knows what was built."""
        monkeypatch.setattr(runtime, "build", lambda compiler: f"built by {compiler}")
        assert runtime.main(["--compiler", "pyodide"]) == 0
        assert capsys.readouterr().out == "built by pyodide\n"

    def test_failure(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Make stops, and the reason stands there without a traceback."""

        def fail(compiler: str | None) -> str:
            message = f"No {compiler}."
            raise RuntimeBuildError(message)

        monkeypatch.setattr(runtime, "build", fail)
        assert runtime.main([]) == 1
        assert capsys.readouterr().err == "The runtime was not built. No None.\n"


@pytest.mark.slow
class TestRealPyodide:
    """Rule: what was built runs in Pyodide. This is the real one, without a browser."""

    @pytest.fixture
    def real(self, repository: Path) -> Path:
        """The stand-in package with the real Pyodide and the real compile script."""
        shutil.rmtree(repository / "node_modules")
        (repository / "node_modules").symlink_to(ROOT / "node_modules")
        for name in ("package.json", "macros/compile_wheel.mjs"):
            shutil.copy(ROOT / name, repository / name)
        return repository

    def test_pyodide_imports_the_wheel_from_the_search_path(self, real: Path) -> None:
        """The reader's quiz starts: the byte-code is of the right kind and in the right place."""
        out = real / RUNTIME
        runtime.build(real)
        script = ROOT / "tests" / "macros" / "import_wheel.mjs"
        done = subprocess.run(
            [runtime.find_node(), script, out, "cxquiz.answers"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(done.stdout) == {
            "file": f"/lib/{manifest_of(out)['wheel']}/cxquiz/answers.pyc",
            "answer": 42,
            "version": "0.1.0",
        }

    def test_sources_that_do_not_compile_are_named(self, real: Path) -> None:
        """A slip of the keyboard is found by the build, with file and line."""
        write(real, {"cxquiz/answers.py": "def answer(:\n"})
        with pytest.raises(RuntimeBuildError, match=r"cxquiz/answers\.py.*line 1"):
            runtime.build(real, compiler="pyodide")

    @pytest.mark.skipif(
        runtime.choose_compiler("3.13") != "pyodide-build",
        reason="pyodide-build compiles for Pyodide's Python on Python 3.13 alone",
    )
    def test_both_compilers_give_the_same_bytes(self, tmp_path: Path) -> None:
        """What a reader gets does not depend on whose machine built the site."""
        wheels = []
        for compiler in ("pyodide-build", "pyodide"):
            out = tmp_path / compiler
            runtime.build(ROOT, out, compiler)
            wheels.append((out / manifest_of(out)["wheel"]).read_bytes())
        assert wheels[0] == wheels[1]
