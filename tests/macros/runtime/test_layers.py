"""The layers of the runtime's build, and what of Pyodide's script they look for."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from macros.runtime.errors import RuntimeBuildError
from macros.runtime.layers import LAYERS, SUSPECTS, layers_named, told
from macros.runtime.manifest import ROOT
from macros.runtime.node import find_node

if TYPE_CHECKING:
    from pathlib import Path

GET: Final = "var value=exports[symName];"
TABLE: Final = "functionsInTableMap=new WeakMap;updateTableMap(0,wasmTable.length)"

# As Emscripten 4 and 5 write it: an expression in a function of its own, or a module's function.
OLDER: Final = """var _create = (() => { return (async function(moduleArg) {
var Module=moduleArg;var _used=1;function _unused(){};
var _a=Module["_a"]=wasmExports["a"];var _b=Module["_b"]=wasmExports["b"];
var wasmImports={first:_used,gone:_unused};run(wasmImports,_a)%s
}); })();"""
NEWER: Final = """async function _create(moduleArg={}){
var Module=moduleArg;var _used=1;function _unused(){}var zero,_a,_b;
function assignWasmExports(wasmExports){
_a=Module["_a"]=wasmExports["a"];_b=Module["_b"]=wasmExports["b"].value>>>0}
var wasmImports={first:_used,gone:_unused};run(wasmImports,_a)%s}export default _create;"""

# The smallest WebAssembly: it imports and exports nothing.
WASM: Final = b"\0asm\x01\0\0\0"


class TestNames:
    """Rule: layers are asked for by their names."""

    def test_a_text_names_them(self) -> None:
        """As in ``make runtime CUTS="library bytecode"``."""
        assert layers_named(" library  bytecode ") == {"library", "bytecode"}
        assert layers_named("") == set()

    def test_an_unknown_name_is_refused_with_the_nearest(self) -> None:
        """A slip of the keyboard leaves no layer out by mistake."""
        with pytest.raises(RuntimeBuildError, match=r"“librari”\. Did you mean “library”"):
            layers_named("librari")

    def test_each_may_be_the_one_at_fault(self) -> None:
        """Where Python does not start with all layers, each of them is tried."""
        assert set(SUSPECTS) == set(LAYERS)

    def test_what_is_left_out_is_told_with_what_it_costs(self) -> None:
        """Who upgrades Pyodide sees what the reader pays, and why."""
        line, *others = told(LAYERS, {"wasm": "no reason"})
        assert line.startswith("Left out: “wasm” (")
        assert LAYERS["wasm"].costs in line
        assert line.endswith(": no reason.")
        assert others == []

    def test_what_was_not_asked_for_is_told_too(self) -> None:
        """Nobody publishes a larger runtime without knowing."""
        assert [line.split("”")[0] for line in told({"library"}, {})] == [
            f"Left out: “{name}" for name in LAYERS if name != "library"
        ]


def trim(folder: Path, script: str, *layers: str) -> tuple[str, dict[str, str]]:
    """Return a script with layers applied, and why some do not apply."""
    files = {"loader.mjs": b"export const a = 1;", "s.mjs": script.encode(), "w.wasm": WASM}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    target = folder / "target"
    target.mkdir()
    paths = [ROOT / "macros" / "runtime" / "trim.mjs", *(folder / name for name in files), target]
    subprocess.run([find_node(), *map(str, paths), *layers], check=True, cwd=ROOT)
    left_out: dict[str, str] = json.loads((target / "left_out.json").read_text(encoding="utf-8"))
    return (target / "s.mjs").read_text(encoding="utf-8"), left_out


class TestLinking:
    """Rule: a text is replaced where it is found once, and else the layer does not apply."""

    def test_texts_that_are_there_once_are_replaced(self, tmp_path: Path) -> None:
        """Nothing is prepared for libraries that nobody links."""
        script, left_out = trim(tmp_path, f"{GET}{TABLE}", "linking")
        assert (
            script
            == f'{GET}if(typeof value=="function"){{continue}}functionsInTableMap=new WeakMap'
        )
        assert left_out == {}

    @pytest.mark.parametrize(
        ("script", "reason"),
        [(GET, "is not in the script"), (f"{GET}{GET}{TABLE}", "is more than once in the script")],
    )
    def test_else_the_script_stays_as_it_is(self, tmp_path: Path, script: str, reason: str) -> None:
        """Another Pyodide may be written otherwise, and the site works with it as well."""
        found, left_out = trim(tmp_path, script, "linking")
        assert found == script
        assert reason in left_out["linking"]


class TestScript:
    """Rule: of Pyodide's script goes what nothing mentions."""

    @pytest.mark.parametrize("shape", [OLDER, NEWER], ids=["older", "newer"])
    def test_what_is_mentioned_stays_and_the_rest_goes(self, tmp_path: Path, shape: str) -> None:
        """Most of it serves binary packages, of which the quiz loads none."""
        script, left_out = trim(tmp_path, shape % "", "script", "wasm")
        assert left_out == {}
        assert "_unused" not in script
        assert '"b"' not in script
        assert 'Module["_a"]=wasmExports["a"]' in script
        assert "_used" in script

    @pytest.mark.parametrize(
        ("script", "reason"),
        [
            ("let nothing;", "no function around everything"),
            ("async function f(){}", "no plain list wasmImports"),
            ("no script", "Unexpected token"),
        ],
    )
    def test_another_shape_leaves_the_layer_out(
        self, tmp_path: Path, script: str, reason: str
    ) -> None:
        """The script is then served as it is."""
        found, left_out = trim(tmp_path, script, "script")
        assert found == script
        assert reason in left_out["script"]

    def test_the_webassembly_is_cut_only_with_the_script(self, tmp_path: Path) -> None:
        """An uncut script asks for all that the WebAssembly exports."""
        _, left_out = trim(tmp_path, OLDER % "", "wasm")
        assert left_out == {"wasm": "the script wants all of it while “script” is left out"}
