#!/usr/bin/env python3
"""Long results go through the pager on a terminal, and nowhere else."""
import os
import pty
import select
import subprocess
import sys

sys.path.insert(0, os.environ['TESTS'] + '/lib')
from tap import done, point  # noqa: E402

SCRATCH = os.environ['SCRATCH']
os.chdir(SCRATCH)
subprocess.run(['sh', '-c', '. "$TESTS/lib/past.sh"; mkdir vault && cd vault && lived'], check=True)
os.chdir('vault')
os.environ.pop('PAGER', None)


def pager(name, body):
    """A program that says what it was given, and is called as PAGER."""
    path = f'{SCRATCH}/{name}'
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'#!/bin/sh\n{body}\n')
    os.chmod(path, 0o755)
    return path


def terminal(*argv, **env):
    """What a terminal shows of the command, and its exit status."""
    pid, fd = pty.fork()
    if not pid:
        os.environ.update(env, TERM='vt100')
        os.execvp(argv[0], argv)
    shown = b''
    while select.select([fd], [], [], 20)[0]:
        try:
            more = os.read(fd, 65536)
        except OSError:
            break
        if not more:
            break
        shown += more
    _, status = os.waitpid(pid, 0)
    os.close(fd)
    return shown.decode().replace('\r\n', '\n'), os.waitstatus_to_exitcode(status)


MARK = pager('mark', 'echo "paged, LESS=$LESS"; cat')
plain = subprocess.run(['ivnotes', 'log'], capture_output=True, text=True, check=True).stdout

shown, status = terminal('ivnotes', 'log', '--color=never', PAGER=MARK, LESS='X')
point(status == 0 and shown == 'paged, LESS=X\n' + plain, 'a terminal: through the pager')
os.environ.pop('LESS', None)
shown, status = terminal('ivnotes', 'log', PAGER=MARK)
point(shown.startswith('paged, LESS=FRX\n') and '\x1b[' in shown, 'LESS is set, and colours stay')
shown, status = terminal('ivnotes', 'log', '--color=never', '--no-pager', PAGER=MARK)
point(shown == plain, '--no-pager: none')
shown, status = terminal('ivnotes', 'log', '--color=never', PAGER='')
point(shown == plain, 'an empty PAGER: none')
shown, status = terminal('ivnotes', 'log', '--color=never', PAGER='cat')
point(shown == plain, 'cat: none')
shown, status = terminal('ivnotes', 'log', '--format=json', PAGER=MARK)
point(shown.startswith('{"version"'), 'JSON is for programs')
shown, status = terminal('ivnotes', 'log', '--week', '2001-W01', PAGER=MARK)
point(status == 1 and 'paged' not in shown, 'nothing to show: no pager')
shown, status = terminal('ivnotes', 'log', PAGER=pager('leave', 'head -n 1 >/dev/null; exit 0'))
point(status == 0 and shown == '', 'who leaves it early has seen enough')
shown, status = terminal('ivnotes', 'log', PAGER='no-such-pager-at-all')
point('was not found' in shown, 'one that is not there is named')
piped = subprocess.run(['ivnotes', 'log'], capture_output=True, text=True, check=True,
                       env=dict(os.environ, PAGER=MARK)).stdout
point(piped == plain, 'a pipe: no pager')
done()
