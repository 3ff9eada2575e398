#!/usr/bin/env python3
"""A month of two people, or one with two machines, who write about the same contacts: random acts through
ivnotes' own commands and in an editor, both sync each evening. Whatever either recorded is in the notes of
both, or was shown between markers; no header says a thing twice; both clones end equal."""

import os
import random
import re
import subprocess
import sys
from datetime import date, timedelta

sys.path.insert(0, os.environ['TESTS'] + '/lib')
from tap import done, forgive_libgit2, point  # noqa: E402

forgive_libgit2()

ROOT = os.environ['SCRATCH']
FIRST = date(2026, 11, 2)
DAYS = 30
# For check-all IV_MONTHS says 'all'.
SEEDS = range(1, 9) if os.environ.get('IV_MONTHS') == 'all' else (5,)
NAMES = ('Jane Green', 'Omar Haddad', 'Lea Roth')
TOKEN = re.compile(r'\b[ab]\d+z\d+\b')


class Clone:
    def __init__(self, folder, name, luck):
        self.folder, self.name, self.luck = f'{folder}/{name}', name, luck
        self.count = 0

    def run(self, *words, day=FIRST):
        env = dict(os.environ, IVNOTES_TODAY=str(day))
        return subprocess.run(words, cwd=self.folder, env=env, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, check=False, timeout=120)

    def git(self, *words):
        return self.run('git', *words).stdout.strip()

    def texts(self):
        found = {}
        for base, folders, names in os.walk(self.folder):
            folders[:] = [name for name in folders if name != '.git']
            for name in names:
                path = os.path.join(base, name)
                with open(path, encoding='utf-8') as file:
                    found[os.path.relpath(path, self.folder)] = file.read()
        return found

    def token(self, day):
        self.count += 1
        return f'{self.name}{(day - FIRST).days}z{self.count}'

    def write(self, path, text):
        with open(f'{self.folder}/{path}', 'w', encoding='utf-8') as file:
            file.write(text)


def paths(clone):
    return sorted(path for path in clone.texts() if path.startswith('contacts/'))


def act(clone, day):
    """One act; its token if it was recorded, else None."""
    token = clone.token(day)
    path = clone.luck.choice(paths(clone))
    kind = clone.luck.choice(('touched', 'touched', 'asked', 'role', 'tag', 'line', 'task', 'tick',
                              'new', 'rename', 'typed'))
    on = str(day - timedelta(clone.luck.randrange(4)))
    if kind in ('line', 'task', 'typed', 'tick'):
        return edit(clone, path, kind, token, on)
    words = {
        'touched': ('touched', '--on', on, '--via', 'phone', path, 'about ' + token),
        'asked': ('asked', '--on', on, '--text', 'for 20 minutes ' + token, path),
        'role': ('set', path, 'role=Head of ' + token),
        'tag': ('set', path, 'tags+=' + token),
        'new': ('new', '--source', token, 'contact', 'Person ' + token),
        'rename': ('rename', path, f'contacts/n{token}.md'),
    }[kind]
    if kind == 'rename' and clone.name == 'b':
        return None
    got = clone.run('ivnotes', *words, day=day)
    return token if got.returncode == 0 and kind != 'rename' else None


def edit(clone, path, kind, token, on):
    """What is done in an editor."""
    text = clone.texts()[path]
    if kind == 'typed' and '\ntouches:\n' in text:
        text = text.replace('\ntouches:\n', f'\ntouches:\n  - {on} card typed {token}\n', 1)
    elif kind == 'tick' and '- [ ]' in text:
        clone.write(path, text.replace('- [ ]', '- [x]', 1))
        return None
    elif kind == 'task':
        text += f'- [ ] ask about {token}\n'
    else:
        text += f'\nHeard about {token}.\n'
    clone.write(path, text)
    return token


def resolve(clone, shown):
    """As a person would: lines of both sides, but of a field the one that stands here."""
    for path, text in clone.texts().items():
        if '\n<<<<<<< ' not in text and not text.startswith('<<<<<<< '):
            continue
        out, side, ours = [], None, []
        for line in text.splitlines():
            if line.startswith('<<<<<<< '):
                side, ours, theirs = 'ours', [], []
            elif line == '=======' and side == 'ours':
                side = 'theirs'
            elif line.startswith('>>>>>>> ') and side:
                field = any(re.match(r'[a-z-]+:', one) for one in ours + theirs)
                shown.update(TOKEN.findall('\n'.join(theirs)) if field else ())
                out += ours + ([] if field else [one for one in theirs if one not in ours])
                side = None
            elif side:
                (ours if side == 'ours' else theirs).append(line)
            else:
                out.append(line)
        clone.write(path, '\n'.join(out) + '\n')
    clone.git('add', '-A')
    clone.git('commit', '-q', '--no-edit')


def evening(clones, day, shown):
    """Both sync, and the first once more; what went wrong, or None, and how often it stopped."""
    stops = 0
    for clone in (*clones, clones[0]):
        got = clone.run('ivnotes', 'sync', '--commit', day=day)
        if got.returncode == 1:
            stops += 1
            resolve(clone, shown)
            got = clone.run('ivnotes', 'sync', '--commit', day=day)
        if got.returncode:
            return f'{day}: {clone.name}: {got.returncode} {got.stderr}', stops
    a, b = clones
    if a.texts() != b.texts() or a.git('rev-parse', 'HEAD') != b.git('rev-parse', 'HEAD'):
        return f'{day}: the clones differ', stops
    if a.git('status', '--porcelain') or b.git('status', '--porcelain'):
        return f'{day}: something is left', stops
    return None, stops


def lost(clones, recorded, shown):
    """Tokens that are gone though nobody took them away."""
    there = set(TOKEN.findall('\n'.join(clones[0].texts().values())))
    return [token for token in recorded if token not in there | shown]


def doubled(clones):
    """Keys that a header has twice, and lines of records."""
    found = []
    for path, text in clones[0].texts().items():
        head = text.split('\n---\n')[0].splitlines()
        keys = [line.split(':')[0] for line in head if re.match(r'[a-z-]+:', line)]
        items = [line for line in head if TOKEN.search(line)]
        if len(keys) != len(set(keys)) or len(items) != len(set(items)):
            found.append(path)
    return found


def make(folder):
    os.makedirs(folder)
    subprocess.run(['git', 'init', '-q', '--bare', '-b', 'main', folder + '/r.git'], check=True)
    subprocess.run(['git', 'clone', '-q', folder + '/r.git', folder + '/a'], check=True,
                   capture_output=True)
    os.makedirs(folder + '/a/contacts')
    for name in NAMES:
        ident = name.lower().replace(' ', '-')
        with open(f'{folder}/a/contacts/{ident}.md', 'w', encoding='utf-8') as file:
            file.write(f'---\ntype: contact\nname: {name}\norganization: Acme\nsource: alumni\n'
                       f'role: Clerk\ntouches:\n  - 2026-10-01 email first\n---\n# {name}\n\n'
                       '## Notes\n\nMet at the fair; likes trains.\n\n## Follow-ups\n\n'
                       '- [ ] send the list\n')


def month(seed):
    folder = f'{ROOT}/month{seed}'
    make(folder)
    clones = [Clone(folder, 'a', random.Random(seed))]
    clones[0].git('add', '-A')
    clones[0].git('commit', '-q', '-m', 'first')
    clones[0].git('push', '-q', 'origin', 'HEAD:main')
    subprocess.run(['git', 'clone', '-q', folder + '/r.git', folder + '/b'], check=True)
    clones.append(Clone(folder, 'b', random.Random(seed + 1000)))
    recorded, roles, shown, stops, trouble = [], {}, set(), 0, None
    for number in range(DAYS):
        day = FIRST + timedelta(number)
        for clone in clones:
            for _ in range(clone.luck.randrange(7)):
                before = clone.texts()
                token = act(clone, day)
                if token:
                    recorded.append(token)
                    # What somebody overwrites on purpose is not lost.
                    gone = set(TOKEN.findall('\n'.join(before.values())))
                    shown |= gone - set(TOKEN.findall('\n'.join(clone.texts().values())))
        trouble, stopped = evening(clones, day, shown)
        stops += stopped
        if not trouble and lost(clones, recorded, shown):
            trouble = f'{day}: lost {lost(clones, recorded, shown)}'
        if not trouble and doubled(clones):
            trouble = f'{day}: twice in {doubled(clones)}'
        if trouble:
            break
    point(not trouble, f'month {seed}: {len(recorded)} records, {stops} stops', *filter(None, [trouble]))
    point(len(recorded) > DAYS, f'month {seed}: much was recorded')
    for clone in (*clones, Clone(folder, 'r.git', None)):
        got = clone.run('git', 'fsck', '--strict')
        point(got.returncode == 0 and 'error' not in got.stderr, f'month {seed}: fsck of {clone.name}')
    point(clones[0].run('ivnotes', 'check', '--fail-on', 'never', '-q').returncode == 0,
          f'month {seed}: ivnotes reads it all')


for one in SEEDS:
    month(one)
done()
