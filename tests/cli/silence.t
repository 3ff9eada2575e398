#!/usr/bin/env python3
# When not to write: 400 people with requests and answers of all kinds, in any order. On no day is
# anybody told to send a third message into silence, to ask again after a no, to hurry somebody who
# is paused, or to write to whoever asked to be left alone.
import os
import re
import sqlite3
import subprocess
import sys
from datetime import date, timedelta

sys.path.insert(0, os.environ['TESTS'] + '/lib')
from tap import done, point

VAULT = os.environ['SCRATCH'] + '/vault'
ASKING = ('nudge', 'come-back', 'schedule', 'rebook')
chance = 20261123


def below(n):
    global chance
    chance = (chance * 6364136223846793005 + 1442695040888963407) % 2**64
    return (chance >> 33) % n


class Person:
    """Requests in the order of their days, with what was answered."""

    def __init__(self):
        self.requests, day = [], date(2025, 1, 6) + timedelta(below(90))
        for _ in range(1 + below(6)):
            outcome = ('', '', '', 'bounced', 'yes', 'no', 'later')[below(7)]
            answered = day + timedelta(below(9))
            self.requests.append((day, outcome, answered))
            day = max(answered, day) + timedelta(1 + below(40) + (below(4) == 0) * 200)
        last = self.requests[-1][0]
        self.paused = last + timedelta(below(60)) if below(4) == 0 else None
        self.unwanted = last + timedelta(1 + below(30)) if below(4) == 0 else None

    def text(self, number):
        lines = ['---', 'type: contact', f'name: Person {number}', f'email: p{number}@example.org',
                 'phone: 555 0100', 'source: alumni', 'purpose: work', 'outreach:']
        for day, outcome, answered in self.requests:
            words = f'{outcome} {answered}' if outcome in ('yes', 'no') else outcome
            lines.append(f'  - {day} email {words}'.rstrip())
        lines += [f'paused: {self.paused}'] if self.paused else []
        lines += [f'do-not-contact: {self.unwanted}'] if self.unwanted else []
        return '\n'.join(lines + ['---', ''])

    def silent_messages(self, number):
        """How many messages were sent into the silence that request `number` ends with."""
        count = 0
        for at in range(number, -1, -1):
            day, outcome, _ = self.requests[at]
            if outcome in ('yes', 'no', 'later'):
                break
            if at < number and month_later(day, 6) <= self.requests[at + 1][0]:
                break
            count += outcome != 'bounced'
        return count


def month_later(day, months):
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in range(day.day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            pass
    return date(year, month, min(day.day, 28))


def rows():
    path = subprocess.run(['ivnotes', '-C', VAULT, 'path', '--index'], capture_output=True,
                          text=True, check=True).stdout.strip()
    return sqlite3.connect(f'file:{path}?mode=ro', uri=True).execute(
        'SELECT n.id, f.rule, f.since, f.due, f.until, f.message FROM finding AS f '
        'JOIN note AS n ON n.note = f.note WHERE f.rule IN (?, ?, ?, ?)', ASKING).fetchall()


def wrong(person, rule, since, due, until, message):
    """What is bad about a row that asks somebody again, if anything is."""
    last_day, last, answered = person.requests[-1]
    if person.unwanted and (not until or until >= str(person.unwanted)):
        return 'to whoever wants to be left alone'
    if person.paused and due < str(person.paused):
        return 'to somebody who is paused'
    if last == 'no' and (not until or until >= str(max(answered, last_day))):
        return 'after a no'
    if rule == 'nudge':
        of = re.search(r'of (\d{4}-\d\d-\d\d)', message)[1]
        number = [str(day) for day, _, _ in person.requests].index(of)
        if person.requests[number][1] in ('yes', 'no', 'later'):
            return 'though answered'
        if person.silent_messages(number) >= 2:
            return 'for the third time'
    return None


os.makedirs(VAULT)
people = {}
for number in range(400):
    people[f'p{number}'] = Person()
    with open(f'{VAULT}/p{number}.md', 'w') as file:
        file.write(people[f'p{number}'].text(number))
subprocess.run(['ivnotes', '-C', VAULT, '--today', '0001-01-01', 'check', '-q',
                '--fail-on', 'never'],
               stdout=subprocess.DEVNULL)

found = rows()
complaints = [f'{id}: {rule} {why}: {message}' for id, rule, *rest, message in found
              for why in [wrong(people[id], rule, *rest, message)] if why]
point(not complaints, 'nobody is written to who should not be', *complaints[:20])
for rule in ASKING[:3]:
    point(sum(1 for row in found if row[1] == rule) > 20, f'{rule}: many are asked again')
silent = [id for id, p in people.items() if p.silent_messages(len(p.requests) - 1) >= 2]
point(len(silent) > 20, 'many have heard twice and said nothing')
done()
