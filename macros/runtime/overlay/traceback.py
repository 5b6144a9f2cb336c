"""Describing an error without its sources: there are none in the browser."""

import sys


def _print_exception_bltin(error: BaseException, /) -> None:  # by this name Python calls it
    lines = ["Traceback (most recent call last):"]
    call = error.__traceback__
    while call is not None:
        code = call.tb_frame.f_code
        lines.append(f'  File "{code.co_filename}", line {call.tb_lineno}, in {code.co_name}')
        call = call.tb_next
    text = str(error)
    lines.append(f"{type(error).__qualname__}: {text}" if text else type(error).__qualname__)
    sys.stderr.write("\n".join(lines) + "\n")
