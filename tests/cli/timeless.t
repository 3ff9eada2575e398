#!/usr/bin/env python3
# Rules are timeless: a fresh process on an empty index under each day of a year says what the rows
# of one index, kept once, say of that day: of the example, of a search half forgotten, and of every
# situation around the days on which something changes. Of the year every 23rd day is asked about,
# of every third situation one day. For check-all IV_DAYS says 'year' or 'situations': all of these.
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import date, timedelta

sys.path.insert(0, os.environ['TESTS'] + '/lib')
import lived
from tap import done, point

SCRATCH = os.environ['SCRATCH']
DAYS = os.environ.get('IV_DAYS')
STEP = 1 if DAYS == 'year' else 23
ALL = DAYS == 'situations'
COLUMNS = ('rule', 'severity', 'path', 'line', 'message', 'since', 'due', 'until')
AHEAD = 7  # how far the agenda looks when it is not told


def ivnotes(vault, day, *words, cache='cache'):
    env = dict(os.environ, XDG_CACHE_HOME=f'{SCRATCH}/{cache}', IVNOTES_TODAY=str(day))
    run = subprocess.run(['ivnotes', '-C', vault, '-q', *words], env=env, capture_output=True,
                         text=True)
    return run.stdout


def kept(vault):
    """All rows of an index that is made once, as dictionaries."""
    ivnotes(vault, date(2026, 1, 1), 'check')
    path = ivnotes(vault, date(2026, 1, 1), 'path', '--index').strip()
    rows = sqlite3.connect(f'file:{path}?mode=ro', uri=True).execute(
        'SELECT f.rule, f.severity, n.path, f.line, f.message, f.since, f.due, f.until '
        'FROM finding AS f JOIN note AS n ON n.note = f.note WHERE NOT f.suppressed')
    return [dict(zip(COLUMNS, row)) for row in rows]


def said(vault, day):
    """What a fresh process says under that day: check's lines, the agenda's lines."""
    shutil.rmtree(f'{SCRATCH}/fresh', ignore_errors=True)
    lines = ivnotes(vault, day, 'check', '--all', '--format=jsonl', cache='fresh')
    shutil.rmtree(f'{SCRATCH}/fresh', ignore_errors=True)
    agenda = ivnotes(vault, day, 'agenda', '--format=jsonl', cache='fresh')
    return as_set(map(json.loads, lines.splitlines())), as_set(map(json.loads, agenda.splitlines()))


def as_set(rows):
    return sorted(tuple(str(row[name]) for name in COLUMNS) for row in rows)


def filtered(rows, day):
    """What the kept rows say of that day."""
    today, last = str(day), str(day + timedelta(AHEAD))
    rows = [r for r in rows if (r['since'] or '') <= today <= (r['until'] or '9999')]
    check = [r for r in rows if r['rule'] != 'meeting' and (not r['due'] or r['due'] < today)]
    agenda = [r for r in rows if r['due'] and r['due'] <= min(r['until'] or last, last)]
    return as_set(check), as_set(agenda)


def forgotten():
    """A generated search in its middle, with every third line lost that says what was sent."""
    search, day, vault = lived.Search(), lived.FIRST, f'{SCRATCH}/forgotten'
    while day < date(2026, 6, 22):
        search.evening(day)
        day += timedelta(1)
    lost = 0
    for path, text in search.notes().items():
        os.makedirs(os.path.dirname(f'{vault}/{path}'), exist_ok=True)
        with open(f'{vault}/{path}', 'w') as file:
            for line in text.splitlines(True):
                sent = line.startswith(('  - 2026', 'connected:', 'actual:', '- [x]', 'purpose:'))
                lost += sent
                if not sent or lost % 3:
                    file.write(line)
    return vault


def differences(vault, rows, day):
    got, wanted = said(vault, day), filtered(rows, day)
    if got == wanted:
        return []
    return [f'{vault}, {day}: {line}' for a, b in zip(got, wanted)
            for line in set(a).symmetric_difference(b)] or [f'{vault}, {day}: a row twice']


def compare(name, vault, first):
    rows, wrong = kept(vault), []
    days = [first + timedelta(number) for number in range(0, 366, STEP)]
    for day in days:
        wrong += differences(vault, rows, day)
    point(not wrong, f'{name}: each day says what the kept rows say of it', *wrong[:10])
    most = max(len(check) + len(agenda) for check, agenda in (filtered(rows, day) for day in days))
    point(most > 20, f'{name}: there are days with much to say')


def turns(rows):
    """The days on which something begins, falls due or ends, with the days before and after."""
    steps = {'since': (-1, 0), 'due': (0, 1), 'until': (0, 1)}
    return sorted({date.fromisoformat(r[name]) + timedelta(by)
                   for r in rows for name in steps if r[name] for by in steps[name]})


def situations():
    folder, wrong, asked = os.environ['TESTS'] + '/cases/situations', [], 0
    for number, name in enumerate(sorted(os.listdir(folder))[::1 if ALL else 3]):
        vault = f'{SCRATCH}/{name}'
        shutil.copytree(f'{folder}/{name}/vault', vault)
        rows = kept(vault)
        days = turns(rows)
        for day in days if ALL else days[number % len(days):][:1] if days else []:
            wrong += differences(vault, rows, day)
            asked += 1
    point(not wrong, 'the situations: each day says what the kept rows say of it', *wrong[:10])
    point(asked > 15, 'the situations: there were days to ask about')


examples = f'{SCRATCH}/examples'
shutil.copytree(os.environ['ROOT'] + '/examples/notes', examples)
compare('the example', examples, date(2026, 9, 1))
compare('a search half forgotten', forgotten(), date(2026, 3, 1))
situations()
done()
