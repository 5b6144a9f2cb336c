"""Machines that have never seen the repository: this one without its habits, and a bare Debian."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

from macros.runtime.manifest import ROOT, RUNTIME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_PATIENCE: Final = 600
"""After so many seconds a command is taken to hang."""

# What the shell, make or pytest around this test tell their own children.
_FOREIGN: Final = (
    "MAKE",
    "MFLAGS",
    "PYTEST",
    "PYTHON",
    "COV",
    "VIRTUAL_ENV",
    "UV_",
    "NODE_OPTIONS",
)


@dataclass(frozen=True)
class Machine:
    """Where somebody has just cloned the repository, with an empty home directory."""

    clone: Path
    """The clone's folder, as seen from here."""
    environment: Mapping[str, str]
    enter: tuple[str, ...] = ()
    """What a command begins with to be run there."""

    def run(self, *command: str) -> str:
        """Run a command in the clone, and return what it prints.

        Fails the test, with all that was printed, where the command fails or hangs.
        """
        with self._start(*command) as process:
            said = process.stdout.read() if process.stdout else ""
            if process.wait() != 0:
                pytest.fail(f"`{' '.join(command)}` failed:\n{said}", pytrace=False)
        return said

    @contextlib.contextmanager
    def serving(self) -> Iterator[str]:
        """Run `make serve`, and give the site's address while it is served."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"127.0.0.1:{free.getsockname()[1]}"
        with self._start("make", "serve", f"ADDR={address}") as process:
            said = []
            for line in process.stdout or ():
                said.append(line)
                if "Serving on" in line:
                    break
            else:
                pytest.fail(f"`make serve` ended:\n{''.join(said)}", pytrace=False)
            yield f"http://{address}/"

    @contextlib.contextmanager
    def _start(self, *command: str) -> Iterator[subprocess.Popen[str]]:
        """Start a command in the clone, and end it, with all that it has started, in the end."""
        with subprocess.Popen(
            [*self.enter, *command],
            cwd=None if self.enter else self.clone,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            watchdog = threading.Timer(_PATIENCE, _end, [process])
            watchdog.start()
            try:
                yield process
            finally:
                watchdog.cancel()
                _end(process)

    def build(self, *begin: str) -> dict[str, str]:
        """Build the site without anything that was made before, and return its digests.

        Args:
            begin: What the command begins with, such as a program that changes the clock.
        """
        self.run("rm", "-rf", "site", str(RUNTIME))
        self.run(*begin, "make", "build")
        return digests(self.clone / "site")


def _end(process: subprocess.Popen[str]) -> None:
    """End a command with all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def digests(site: Path) -> dict[str, str]:
    """Return the digest of each file below a folder, by its path there."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def clone_into(folder: Path) -> None:
    """Copy what a clone would hold: the files that git knows, as they are now."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in names.split("\0"):
        source = ROOT / name
        if name and source.is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)


def environment(home: str, path: str, index: str) -> dict[str, str]:
    """Return the environment of somebody who has no settings, in the years to come.

    Args:
        home: Their home directory.
        path: Where their commands are.
        index: The address of an index with newer releases, beside the usual one.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    newer = {
        "PIP_EXTRA_INDEX_URL": index,
        "UV_INDEX": index,
        # As pip does: the newest of all indexes, not whatever the first one has.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
    return {**own, **newer, "HOME": home, "PATH": path, "LANG": "C.UTF-8"}


def this_machine(folder: Path, index: str, pip: str) -> Machine:
    """Return a clone on this machine.

    Args:
        folder: An empty folder for the clone and the home directory.
        index: The address of an index with newer releases.
        pip: The pip of its virtual environment: a version, or "newest".
    """
    clone, home = folder / "clone", folder / "home"
    home.mkdir()
    clone_into(clone)
    ours = str(ROOT / ".venv" / "bin")
    path = os.pathsep.join(it for it in os.environ["PATH"].split(os.pathsep) if it != ours)
    machine = Machine(clone, environment(str(home), path, index))
    machine.run("python3", "-m", "venv", ".venv")
    which = ["--upgrade", "pip"] if pip == "newest" else [f"pip=={pip}"]
    install = [".venv/bin/python", "-m", "pip", "install", "--quiet", *which]
    machine.run("env", "-u", "PIP_EXTRA_INDEX_URL", *install)
    return machine


def bare_debian(folder: Path, index: Path, release: str, packages: Sequence[str]) -> Machine:
    """Return a clone in a Debian that has no more than it needs to run the README's commands.

    Skips the test where this machine cannot make one.

    Args:
        folder: An empty folder for the whole system.
        index: The folder of an index with newer releases.
        release: The name of the release.
        packages: What is installed beside Debian's essential packages.
    """
    if os.geteuid() != 0:
        pytest.skip("only root can make a Debian in a folder")
    if shutil.which("debootstrap") is None:
        pytest.skip("there is no debootstrap here")
    made = ["debootstrap", "--variant=minbase", f"--include={','.join(packages)}"]
    done = subprocess.run([*made, release, folder], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.fail(f"debootstrap failed:\n{done.stdout}{done.stderr}", pytrace=False)
    # Who is behind a proxy with certificates of its own trusts them there, too.
    shutil.copy2("/etc/ssl/certs/ca-certificates.crt", folder / "etc/ssl/certs")
    shutil.copytree(index, folder / "srv/index")
    clone_into(folder / "srv/clone")
    (folder / "root").mkdir(exist_ok=True)
    inside = environment("/root", "/usr/sbin:/usr/bin:/sbin:/bin", "file:///srv/index")
    # All that is started and mounted there ends with the command.
    enter = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
    enter += ["--mount-proc", f"--root={folder}", "--wd=/srv/clone"]
    # Some tests want a terminal.
    terminals = "mount -t devpts -o newinstance,ptmxmode=0666 devpts /dev/pts"
    enter += ["sh", "-c", f'{terminals} && ln -sf pts/ptmx /dev/ptmx && exec "$@"', "sh"]
    return Machine(folder / "srv/clone", inside, tuple(enter))
