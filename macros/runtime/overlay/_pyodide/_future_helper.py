"""No promise is waited for in Python."""


def get_future_resolvers(_future: object) -> tuple[object, object]:
    """Refuse, since there is nothing to wait with."""
    raise NotImplementedError
