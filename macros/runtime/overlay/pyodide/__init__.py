"""The package that Pyodide's script imports when it starts."""
