#!/usr/bin/env python3
# Quiet by default: a search of 25 people that is lived by the book, replayed day by day on the
# notes as they stood that evening. On no day does `check --all` print a line.
import os
import subprocess
import sys
from datetime import timedelta

sys.path.insert(0, os.environ['TESTS'] + '/lib')
import lived
from tap import done, point

VAULT = os.environ['SCRATCH'] + '/vault'
os.makedirs(VAULT)


def write(old, new):
    for path in old.keys() - new.keys():
        os.remove(f'{VAULT}/{path}')
    for path in new:
        if new[path] != old.get(path):
            os.makedirs(os.path.dirname(f'{VAULT}/{path}'), exist_ok=True)
            with open(f'{VAULT}/{path}', 'w') as file:
                file.write(new[path])


def check(day):
    run = subprocess.run(['ivnotes', '-C', VAULT, '--today', str(day), 'check', '-q', '--all'],
                         capture_output=True, text=True)
    return run.stdout + run.stderr


search, notes, day, said = lived.Search(), {}, lived.FIRST, []
while day <= lived.LAST:
    search.evening(day)
    write(notes, search.notes())
    notes = search.notes()
    said += [f'{day}: {line}' for line in check(day).splitlines()]
    day += timedelta(1)

point(not said, f'nothing is said from {lived.FIRST} to {lived.LAST}', *said[:20])
point(all(p.created for p in search.people), '25 people were noted down')
point(sum(1 for p in search.people if p.met) >= 18, 'most of them were met')

# The same search with everything forgotten that was sent after a meeting is not quiet.
write(notes, {p: t.replace('thank-you:', 'thoughts:') for p, t in notes.items()})
point('[thank-you]' in check(search.meetings[-1].day + timedelta(9)), 'what was forgotten is said')
done()
