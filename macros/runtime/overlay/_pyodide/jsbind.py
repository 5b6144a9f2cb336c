"""How JavaScript's functions are called from Python; nothing here does."""

from _pyodide_core import JsFuncSignature, js2py_default_call_result, py2js_default

no_default = object()

default_signature = JsFuncSignature(
    None,  # the function
    False,  # noqa: FBT003 - whether it constructs
    0,  # how many arguments it must have
    (),
    (),
    py2js_default,  # what becomes of further ones
    (),
    (),
    (),
    py2js_default,  # what becomes of further ones by name
    js2py_default_call_result,
)
