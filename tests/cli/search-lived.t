#!/usr/bin/env python3
# A whole search, recorded through commands: six weeks, twelve people. After each command git shows the
# change and nothing else, and after each day `check` says what the practice says.
#
# search-lived.txt is the search. A line begins with
#
#   ==  a day
#   $   a command; below it the change of the notes as git shows it, and what the command prints
#   @   a file that changed
#   + - lines of it
#   >   a line that was printed
#   ?   a line that `check --all` prints on the evening of that day; without one, and on days that are
#       not there, it prints none
#   !   words that are written into a note by hand, behind its last line: path, a colon, the words
import os
import subprocess
import sys
from datetime import date, timedelta

sys.path.insert(0, os.environ['TESTS'] + '/lib')
from tap import done, point

VAULT = os.environ['SCRATCH'] + '/vault'
ENV = dict(os.environ)


def run(command):
    return subprocess.run(command, shell=True, cwd=VAULT, env=ENV, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout.splitlines()


def changes():
    """The lines that git shows of the notes, each file's below its name."""
    run('git add -A')
    lines = []
    for line in run('git diff --cached -U0 --no-renames'):
        if line.startswith('+++ b/'):
            lines.append('@ ' + line[6:])
        elif line[0] in '+-' and not line.startswith(('+++', '---')):
            lines.append(line)
    run('git commit -qm x')
    return lines


def record(command, expected, day):
    said = ['> ' + line for line in run('ivnotes ' + command)]
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


def write(line):
    path, words = line.split(': ', 1)
    os.makedirs(os.path.dirname(f'{VAULT}/{path}'), exist_ok=True)
    with open(f'{VAULT}/{path}', 'a', newline='') as note:
        note.write(words.replace('\\n', '\n').replace('\\r', '\r') + '\n')
    changes()


def steps(lines):
    """Each line that begins something, with those below it."""
    found = []
    for line in lines:
        if line[:1] in '=$!':
            found.append((line, []))
        elif line.strip() and not line.startswith('#'):
            found[-1][1].append(line)
    return found


os.makedirs(VAULT)
run('git init -q . && git commit -qm x --allow-empty')
with open(os.environ['TESTS'] + '/cli/search-lived.txt') as text:
    script = steps(text.read().splitlines())
day, standing = None, []
for first, below in script + [('== end', [])]:
    if first.startswith('=='):
        if day:
            evening(day, standing)
            pass_days(day, first[3:])
        day, standing = first[3:], []
        ENV['IVNOTES_TODAY'] = day
    standing += [line for line in below if line.startswith('?')]
    if first.startswith('$'):
        record(first[2:], [line for line in below if not line.startswith('?')], day)
    elif first.startswith('!'):
        write(first[2:])
contacts = os.listdir(VAULT + '/contacts')
point(len(contacts) == 12, 'there were twelve people', *contacts)
done()
