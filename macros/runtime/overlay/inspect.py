"""Whether to wait for a function: never, since nothing waits in Python."""


def iscoroutinefunction(_function: object) -> bool:
    """Return ``False``."""
    return False
