"""Builds what the reader's browser needs to run the quiz; see :mod:`macros.runtime.build`."""
