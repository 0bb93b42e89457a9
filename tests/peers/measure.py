"""Runs one command and prints `<CPU seconds> <wall seconds> <peak KiB> <exit status>` of it and its children.

    python3 -I -S measure.py LOG COMMAND...

A process of its own, and a small one: the kernel counts the memory of whoever starts a program, up to its exec, as
the program's own peak. Started from run.py, after it has parsed a large output, `true` would show hundreds of MiB.
What is left is the floor that run.py prints, this interpreter's own size.
"""

import os
import sys
import time

log, command = sys.argv[1], sys.argv[2:]
output = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
start = time.monotonic()
child = os.posix_spawn(
    command[0],
    command,
    os.environ,
    file_actions=[
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, log, output, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ],
)
_, status, usage = os.wait4(child, 0)
wall = time.monotonic() - start
print(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
