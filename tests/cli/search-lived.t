#!/usr/bin/env python3
# A whole search, recorded through commands: six weeks, twelve people. After each command git shows the
# change and nothing else, and on each evening `check` says what the practice says. In the end the
# index says the same of it as of search-lived/by-hand, the same search typed in an editor by
# somebody with ways of their own.
#
# search-lived/script.txt is the search. A line begins with
#
#   ==  a day
#   $   a command; below it the change of the notes as git shows it, and what the command prints
#   @   a file that changed
#   + - lines of it
#   >   a line that was printed
#   ?   a line that `check --all` prints on the evening of that day; without one, and on days that are
#       not there, it prints none
#   <   what the next command reads from its standard input
#   %   the editor that the next command opens: $EDITOR, to which the file is added
#
# A carriage return is written \r.
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta

sys.path.insert(0, os.environ['TESTS'] + '/lib')
from tap import done, point

VAULT = os.environ['SCRATCH'] + '/vault'
HERE = os.environ['TESTS'] + '/cli/search-lived'
ENV = dict(os.environ)


def run(command, folder=VAULT, typed='', editor='false'):
    said = subprocess.run(command, shell=True, cwd=folder, env=ENV | {'EDITOR': editor},
                          input=typed.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return said.stdout.decode().replace('\r', '\\r').split('\n')[:-1]


def changes():
    """The lines that git shows of the notes, each file's below its name."""
    run('git add -A')
    lines = []
    for line in run('git diff --cached -U0 --no-renames'):
        if line.startswith('+++ b/'):
            lines.append('@ ' + line[6:])
        elif line[0] in '+-' and not line.startswith(('+++ ', '--- ')):
            lines.append(line)
    run('git commit -qm x')
    return lines


def record(command, expected, day, **given):
    said = ['> ' + line for line in run('ivnotes ' + command, **given)]
    got = changes() + said
    point(got == expected, f'{day}: {command}', *(f'got: {line}' for line in got),
          *(f'expected: {line}' for line in expected))


def evening(day, expected):
    got = ['? ' + line for line in run('ivnotes check -q --all')]
    point(got == expected, f'{day}: the evening', *(f'got: {line}' for line in got),
          *(f'expected: {line}' for line in expected))


def pass_days(last, following):
    """The days between on which nothing is recorded, and nothing becomes late."""
    day = date.fromisoformat(last) + timedelta(1)
    while following != 'end' and str(day) < following:
        ENV['IVNOTES_TODAY'] = str(day)
        evening(str(day), [])
        day += timedelta(1)


def facts(folder):
    """What the index says of a folder, without the places in the files."""
    def ask(command):
        return run('ivnotes ' + command, folder)

    notes = json.loads('\n'.join(ask('list --format=json')))['notes']
    for note in notes:
        fields = note.pop('fields')
        fields.pop('type')
        # One value serves as a list.
        note['fields'] = {key: value if isinstance(value, list) else [value]
                          for key, value in fields.items()}
    told = [re.sub(r':\d+:\d+:', ':', line) for line in ask('check -q --all')]
    told += ask('agenda -q --days 90')
    for week in range(41, 47):
        told += ask(f'report --week 2026-W{week}')
    return sorted(json.dumps(note, sort_keys=True) for note in notes), told


def steps(lines):
    """Each line that begins something, with those below it; what a command is given stands above it."""
    found = []
    for line in lines:
        if line[:1] in '=$<%':
            found.append((line, []))
        elif line.strip() and not line.startswith('#'):
            found[-1][1].append(line)
    return found


os.makedirs(VAULT)
run('ivnotes init && git add -A && git commit -qm x')
with open(HERE + '/script.txt') as text:
    script = steps(text.read().splitlines())
day, standing, typed, editor = None, [], '', 'false'
for first, below in script + [('== end', [])]:
    if first.startswith('=='):
        if day:
            evening(day, standing)
            pass_days(day, first[3:])
        day, standing = first[3:], []
        ENV['IVNOTES_TODAY'] = day
    standing += [line for line in below if line.startswith('?')]
    if first.startswith('$'):
        record(first[2:], [line for line in below if not line.startswith('?')], day,
               typed=typed, editor=editor)
        typed, editor = '', 'false'
    elif first.startswith('<'):
        typed += first[2:] + '\n'
    elif first.startswith('%'):
        editor = first[2:]
hand = shutil.copytree(HERE + '/by-hand', os.environ['SCRATCH'] + '/by-hand')
ENV['IVNOTES_TODAY'] = '2026-11-13'
by_command, by_hand = facts(VAULT), facts(hand)
for what, mine, theirs in zip(('fields', 'findings and reports'), by_command, by_hand):
    point(mine == theirs, f'by command and by hand: the same {what}',
          *(f'by command: {line}' for line in mine if line not in theirs),
          *(f'by hand: {line}' for line in theirs if line not in mine))
point(len(by_command[1]) > 100, 'there is much to say of it')
contacts = os.listdir(VAULT + '/contacts')
point(len(contacts) == 12, 'there were twelve people', *contacts)
done()
