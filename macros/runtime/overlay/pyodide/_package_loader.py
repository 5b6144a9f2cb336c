"""Where packages would be; none is loaded."""

import sys


class Folder:
    """A folder; to JavaScript a text would be no object with a method."""

    def __init__(self, path: str) -> None:
        """Name the folder."""
        self._path = path

    def __str__(self) -> str:
        return self._path


SITE_PACKAGES = Folder("/lib/python{}.{}/site-packages".format(*sys.version_info))
DSO_DIR = Folder("/usr/lib")


def init_loaded_packages() -> None:
    """Do nothing: there are none."""
