#!/usr/bin/env python3
"""A sync that is killed, at moments swept over its time and at each of its changes of files: no record of
either side is lost, every file is whole, and the next sync finishes what was begun."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.environ['TESTS'] + '/lib')
from tap import done, forgive_libgit2, point  # noqa: E402

forgive_libgit2()

ROOT = os.path.join(os.environ['SCRATCH'], 'killed')
MADE = os.path.join(os.environ['SCRATCH'], 'made')
# For check-all IV_KILLS says 'all'.
ALL = os.environ.get('IV_KILLS') == 'all'
MOMENTS = 40 if ALL else 10
CHANGES = 1000 if ALL else 15
CALLS = 'rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat'


def run(folder, *words):
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL, timeout=60)


def git(folder, *words):
    return run(folder, 'git', *words).stdout


def note(folder, name, records, body='Text.'):
    path = os.path.join(folder, 'contacts', name + '.md')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'---\ntype: contact\nname: {name.title()}\ntouches:\n')
        file.writelines(f'  - {record}\n' for record in records)
        file.write(f'---\n{body}\n')


def save(folder):
    git(folder, 'add', '-A')
    git(folder, 'commit', '-q', '-m', 'more')


def make():
    """The bare repository and two clones: b's changes are pushed, those of a are not, one of them is
    not even committed."""
    os.makedirs(MADE)
    git(MADE, 'init', '-q', '--bare', '-b', 'main', 'r.git')
    git(MADE, 'clone', '-q', 'r.git', 'a')
    a, b = os.path.join(MADE, 'a'), os.path.join(MADE, 'b')
    os.makedirs(a + '/contacts')
    for i in range(12):
        note(a, f'n{i}', ['2026-10-01 email'])
    save(a)
    git(a, 'push', '-q', 'origin', 'HEAD:main')
    git(MADE, 'clone', '-q', 'r.git', 'b')
    for i in range(6):
        note(b, f'n{i}', ['2026-10-01 email', f'2026-10-1{i} phone theirs-{i}'])
    note(b, 'new-b', ['2026-10-20 phone theirs-new'])
    os.remove(b + '/contacts/n11.md')
    save(b)
    git(b, 'push', '-q', 'origin', 'HEAD:main')
    for i in range(4, 9):
        note(a, f'n{i}', ['2026-10-01 email', f'2026-10-2{i} letter ours-{i}'])
    note(a, 'new-a', ['2026-10-21 card ours-new'])
    save(a)
    note(a, 'n10', ['2026-10-01 email', '2026-10-30 text ours-open'])


RECORDS = ([f'theirs-{i}' for i in range(6)] + [f'ours-{i}' for i in range(4, 9)] +
           ['theirs-new', 'ours-new', 'ours-open'])


def fresh():
    shutil.rmtree(ROOT, ignore_errors=True)
    shutil.copytree(MADE, ROOT, symlinks=True)
    for clone in 'ab':
        git(os.path.join(ROOT, clone), 'remote', 'set-url', 'origin', ROOT + '/r.git')


def texts(folder):
    found = {}
    for name in sorted(os.listdir(folder + '/contacts')):
        if name.endswith('.md'):
            with open(f'{folder}/contacts/{name}', encoding='utf-8') as file:
                found[name] = file.read()
    return found


def sync(folder):
    """As a person would: a lock of which sync says that it may be removed is."""
    for _ in range(4):
        got = run(folder, 'ivnotes', 'sync', '--commit')
        lock = re.search(r"(/[^' ]*\.lock)", got.stderr)
        if got.returncode != 3 or not lock:
            break
        os.remove(lock.group(1))
    return got


def whole(folder):
    """Every note ends as notes end, whichever version it is."""
    return all(text.startswith('---\n') and text.endswith('\n---\nText.\n')
               for text in texts(folder).values())


def judge(what):
    """After the kill: what does not hold, or None."""
    a, b = ROOT + '/a', ROOT + '/b'
    if not whole(a):
        return f'{what}: a note is not whole'
    for folder in (a, b, a):
        got = sync(folder)
        if got.returncode:
            return f'{what}: sync in {folder[-1]} ends with {got.returncode}: {got.stderr}'
    if texts(a) != texts(b) or git(a, 'rev-parse', 'HEAD') != git(b, 'rev-parse', 'HEAD'):
        return f'{what}: the clones differ'
    everything = ''.join(texts(a).values())
    lost = [record for record in RECORDS if everything.count(record) != 1]
    if lost:
        return f'{what}: lost, or there twice: {lost}'
    if 'n11.md' in texts(a) or '<<<<<<<' in everything:
        return f'{what}: a removed note is back, or there are markers'
    for folder in (a, b):
        left = [line for line in git(folder, 'status', '--porcelain').splitlines()
                if not re.search(r'\.ivnotes-[0-9a-f]{8}\.tmp$', line)]
        if left or git(folder, 'for-each-ref', 'refs/ivnotes'):
            return f'{what}: status {left}'
    for folder in (a, b, ROOT + '/r.git'):
        if run(folder, 'git', 'fsck', '--strict').returncode:
            return f'{what}: fsck in {folder}'
    return None


def kill_after(seconds):
    """Kills sync and what it started; True if it was still running."""
    child = subprocess.Popen(['ivnotes', 'sync', '--commit'], cwd=ROOT + '/a',
                             stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(seconds)
    running = child.poll() is None
    if running:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    return running


def sweep():
    fresh()
    begun = time.monotonic()
    run(ROOT + '/a', 'ivnotes', 'sync', '--commit')
    lasts = time.monotonic() - begun
    trouble, killed = judge('not killed'), 0
    for i in range(MOMENTS):
        if trouble:
            break
        fresh()
        killed += kill_after(lasts * (i + 0.5) / MOMENTS)
        trouble = judge(f'killed after {i + 0.5} of {MOMENTS} parts of {lasts:.3f} s')
    point(not trouble, f'killed at {MOMENTS} moments', *filter(None, [trouble]))
    point(killed >= MOMENTS // 4, f'{killed} times while it ran')


def trace(count):
    """Sync under strace, killed at its change of files number `count`; 0: not at all."""
    inject = f'inject={CALLS}:signal=SIGKILL:when={count}' if count else f'trace={CALLS}'
    return run(ROOT + '/a', 'strace', '-qq', '-o', ROOT + '/trace', '-e', f'trace={CALLS}',
               '-e', inject, 'ivnotes', 'sync', '--commit')


def changes():
    fresh()
    if shutil.which('strace') is None or trace(0).returncode:
        print('ok 3 - killed at each change of files # SKIP strace is not there, or cannot trace')
        print('1..3')
        sys.exit()
    with open(ROOT + '/trace', encoding='utf-8') as file:
        total = len(file.readlines())
    step = max(1, total // CHANGES)
    trouble = None
    for count in range(1, total + 1, step):
        fresh()
        trace(count)
        trouble = judge(f'killed at change {count} of {total}')
        if trouble:
            break
    point(not trouble, f'killed at changes of files, {total} in all, one in {step}',
          *filter(None, [trouble]))


def set_role(folder, role):
    path = folder + '/contacts/n0.md'
    with open(path, encoding='utf-8') as file:
        text = file.read()
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text.replace('name:', f'role: {role}\nname:', 1))
    save(folder)


def fresh_conflict():
    fresh()
    set_role(ROOT + '/b', 'Theirs')
    git(ROOT + '/b', 'push', '-q')
    set_role(ROOT + '/a', 'Ours')


def judge_conflict(what):
    """Whenever it was killed, the next sync stops with both sides in the file, or git has been told already;
    and once somebody has looked at it, both go on."""
    folder = ROOT + '/a'
    got = sync(folder)
    text = texts(folder)['n0.md']
    if got.returncode not in (1, 3) or 'Ours' not in text or 'Theirs' not in text:
        return f'{what}: {got.returncode} {got.stderr} {text}'
    if not git(folder, 'ls-files', '-u'):
        return f'{what}: git knows of no conflict'
    with open(folder + '/contacts/n0.md', 'w', encoding='utf-8') as file:
        file.write(re.sub(r'<<<<<<<.*\n(.*\n)=======\n.*\n>>>>>>>.*\n', r'\1', text))
    save(folder)
    return judge(what)


def conflicts():
    fresh_conflict()
    trace(0)
    with open(ROOT + '/trace', encoding='utf-8') as file:
        lines = file.readlines()
    total = len(lines)
    step, trouble = max(1, total // (CHANGES // 2)), None
    # And while it notes down that all is done, which leaves a lock that is nobody's.
    last = [i for i, line in enumerate(lines, 1) if 'unlink' in line and 'refs/ivnotes' in line]
    for count in sorted({*range(2, total + 1, step), *last}):
        fresh_conflict()
        trace(count)
        trouble = judge_conflict(f'killed at change {count} of {total} before a conflict')
        if trouble:
            break
    point(not trouble, f'killed on the way to a conflict, {total} changes, one in {step}',
          *filter(None, [trouble]))


make()
sweep()
changes()
conflicts()
done()
