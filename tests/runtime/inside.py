"""What runs inside Pyodide: the package's own tests, and imports without anything else.

The tests and pytest need more of the standard library than the package. They get all of it, so
each import is watched: what is asked for while a function of the package is at work, directly
or by a module of the library, is what a reader's browser must have.
"""

from __future__ import annotations

import builtins
import importlib
import json
import os
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import FrameType

ARCHIVE = "/cxquiz.zip"
STAND_INS = (
    *("asyncio", "collections", "dataclasses", "functools"),
    *("inspect", "json", "traceback", "typing"),
)
"""Of the library's stand-ins those that take the places of Python's own modules."""
LIBRARY = f"/lib/python{sys.version_info[0]}{sys.version_info[1]}.zip"
WHOLE_LIBRARY = "/whole_library.zip"
PACKAGE = "/package"
REPOSITORY = "/repository"
TOOLS = "/tools"

# The browser gets the model as a module. Only tests and the command line read files and TOML.
NOT_IN_THE_BROWSER = (
    "tomllib",
    "cxquiz.authoring.loader",
    "cxquiz.authoring.model_file",
    "cxquiz.authoring.wording",
)


def run_tests() -> str:
    """Run the package's tests on its byte-code, and say what the package imported meanwhile."""
    unpack_package()
    sys.path.insert(0, PACKAGE)
    imported = watch_imports()
    for name in modules_in(ARCHIVE):  # while the library is the one that readers get
        importlib.import_module(name.removesuffix(".__init__"))
    add_whole_library()
    sys.path += [REPOSITORY, TOOLS]
    install_stand_ins()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    pytest = importlib.import_module("pytest")
    counter = Counter()
    options = [
        "--quiet",
        "--disable-warnings",
        "--capture=no",
        "--import-mode=importlib",
        "--config-file=/dev/null",
    ]
    options += [f"--rootdir={REPOSITORY}", "-pno:cacheprovider", "-pno:faulthandler"]
    # The schemas of files are for editors and other programs, and their checker is no Python.
    for name in ("authoring/test_model_file", "portfolio/test_schema"):
        options += [f"--ignore={REPOSITORY}/tests/cxquiz/{name}.py"]
    status = pytest.main([*options, f"{REPOSITORY}/tests/cxquiz"], plugins=[counter])
    return json.dumps(
        {"status": int(status), "passed": counter.passed, "imported": sorted(imported)}
    )


def load_all(imported: str) -> str:
    """Import the whole package, then these modules; return what came of it from the library.

    Args:
        imported: The modules, as JSON.

    Returns:
        As JSON, the library's modules, those of them that are loaded at the start, and those that
        are loaded at any time.
    """
    for name in modules_in(ARCHIVE):
        importlib.import_module(name.removesuffix(".__init__"))
    start = from_library()
    for name in json.loads(imported):
        importlib.import_module(name)
    library = [name.removesuffix(".__init__") for name in modules_in(LIBRARY)]
    return json.dumps({"library": library, "start": start, "loaded": from_library()})


def from_library() -> list[str]:
    """Return the modules that have been loaded from the library."""
    return sorted(name for name in sys.modules if LIBRARY in origin_of(name))


def modules_in(archive: str) -> list[str]:
    """Return the names of all modules in an archive, each package as ``name.__init__``."""
    files = importlib.import_module("zipimport").zipimporter(archive)._get_files()
    paths = [name.removesuffix(".pyc") for name in files if name.endswith(".pyc")]
    return [path.replace("/", ".") for path in paths]


def add_whole_library() -> None:
    """Let whatever the trimmed library lacks be found in the whole one."""
    sys.path.append(WHOLE_LIBRARY)
    for name in modules_in(LIBRARY):
        package = name.removesuffix(".__init__")
        if package != name:
            path = f"{WHOLE_LIBRARY}/{package.replace('.', '/')}"
            importlib.import_module(package).__path__.append(path)
    # Where the trimmed library has a stand-in, the tools need the real thing.
    sys.path.insert(0, WHOLE_LIBRARY)
    for name in STAND_INS:
        del sys.modules[name]
    for name in STAND_INS:
        importlib.import_module(name)
    sys.path.remove(WHOLE_LIBRARY)
    # Tests make variants of the package's own objects, which know how to.
    replace = importlib.import_module("copy").replace
    vars(importlib.import_module("dataclasses"))["replace"] = replace


def origin_of(module: str) -> str:
    """Return where a module came from."""
    spec = getattr(sys.modules[module], "__spec__", None)
    return str(getattr(spec, "origin", ""))


def unpack_package() -> None:
    """Put the package into a folder, with what the browser does not get and its tests need."""
    folder = f"{REPOSITORY}/cxquiz"
    inside = [f"{folder}/{name}" for name in os.listdir(folder) if name != "cli"]  # noqa: PTH208 - pathlib may be missing
    files: dict[str, bytes] = {}
    for place in [folder, *filter(os.path.isdir, inside)]:
        for name in os.listdir(place):  # noqa: PTH208 - as above
            if name.endswith((".py", ".toml", ".json")) and name != "__main__.py":
                with open(f"{place}/{name}", "rb") as file:  # noqa: PTH123 - as above
                    files[f"{place}/{name}".removeprefix(f"{REPOSITORY}/")] = file.read()
    archive = importlib.import_module("zipimport").zipimporter(ARCHIVE)
    for name in archive._get_files():
        files.pop(name.removesuffix("c"), None)
        files[name] = archive.get_data(name)
    for name, content in files.items():
        if not name.endswith("/"):
            os.makedirs(os.path.dirname(f"{PACKAGE}/{name}"), exist_ok=True)  # noqa: PTH103, PTH120 - as above
            with open(f"{PACKAGE}/{name}", "wb") as file:  # noqa: PTH123 - as above
                file.write(content)


def watch_imports() -> set[str]:
    """Return the names of what is imported from now on for the package; it grows."""
    imported: set[str] = set()
    import_ = builtins.__import__

    def watched(
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002 - its name in Python
        locals: Mapping[str, object] | None = None,  # noqa: A002 - as above
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        found = import_(name, globals, locals, fromlist or (), level)
        if for_the_package():
            # Without names to take from it, the outermost package comes back.
            whole = found.__name__ if fromlist or level else name
            asked = [whole, *(f"{whole}.{part}" for part in fromlist or ())]
            imported.update(it for it in asked if it in sys.modules and ".zip/" in origin_of(it))
        imported.difference_update(NOT_IN_THE_BROWSER)
        return found

    builtins.__import__ = watched
    return imported


def for_the_package() -> bool:
    """Tell whether a function of the package is at work, and is not reading TOML."""
    frame: FrameType | None = sys._getframe(1)
    package = False
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith(NOT_IN_THE_BROWSER):
            return False
        package = package or module.partition(".")[0] == "cxquiz"
        frame = frame.f_back
    return package


# Hypothesis has no build for Pyodide: its tests are skipped here, and the others run.


class Counter:
    """A plugin of pytest that counts."""

    passed = 0

    def pytest_runtest_logreport(self, report: Any) -> None:  # noqa: ANN401 - not imported yet
        """Count a test that passed."""
        self.passed += report.when == "call" and report.passed


class Anything:
    """Stands in for a strategy: whatever is done with it gives another one."""

    def __getattr__(self, name: str) -> Anything:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: object, **__: object) -> Anything:
        """Give another one."""
        return self

    def __or__(self, _: object) -> Anything:
        return self


class Settings:
    """Stands in for hypothesis' settings, which decorate tests."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def __call__(self, test: Callable[[], None]) -> Callable[[], None]:
        """Leave the test as it is."""
        return test

    @staticmethod
    def register_profile(*_: object, **__: object) -> None:
        """Do nothing."""

    load_profile = register_profile


def given(*strategies: object, **named: object) -> Callable[[Callable[..., None]], object]:
    """Return a decorator that replaces a property test by one that is skipped."""

    def decorate(test: Callable[..., None]) -> object:
        def skipped(*_: object, **__: object) -> None:
            importlib.import_module("pytest").skip("hypothesis has no build for Pyodide")

        # Like hypothesis: what it draws is no parameter of the test any more.
        inspect = importlib.import_module("inspect")  # Python's own by now
        rest = [it for it in inspect.signature(test).parameters.values() if it.name not in named]
        vars(skipped)["__signature__"] = inspect.Signature(rest[: len(rest) - len(strategies)])
        return skipped

    return decorate


def install_stand_ins() -> None:
    """Let tests import what takes the place of hypothesis."""
    hypothesis, strategies, stateful = (
        ModuleType(name) for name in ("hypothesis", "hypothesis.strategies", "hypothesis.stateful")
    )
    machine = type("RuleBasedStateMachine", (), {"TestCase": Anything()})
    vars(hypothesis).update(
        given=given, example=Anything(), settings=Settings, strategies=strategies, Phase=Anything()
    )
    vars(strategies).update(__getattr__=lambda _: Anything())
    vars(stateful).update(__getattr__=lambda _: Anything(), RuleBasedStateMachine=machine)
    sys.modules.update({it.__name__: it for it in (hypothesis, strategies, stateful)})
