"""The tests, and what they share: a package, because other packages ship a `tests` as well."""
