"""A search for work, lived by the book: 25 people and all that happened with them, the same in
every run. Search().evening(day) goes through one day and asks, meets, thanks and writes down;
notes() gives the notes as they stand that evening, {path: text}."""

from datetime import date, timedelta

FIRST = date(2026, 3, 2)
LAST = date(2027, 1, 29)
ENDED = date(2026, 12, 28)
HOLIDAYS = (date(2026, 5, 25), date(2026, 7, 3), date(2026, 9, 7), date(2026, 11, 26),
            date(2026, 12, 25), date(2027, 1, 1))

# name, organization, who named them ('' for oneself, with the source), what happens to requests:
# 'yes', 'no', 'later', 'bounced', 'silent', one after the other; then what becomes of the meeting.
PEOPLE = (
    ('Abel Quist', 'Norden Paper', '', 'alumni list', 'yes', 'held'),
    ('Berit Oslund', 'Norden Paper', '', 'alumni list', 'yes', 'held'),
    ('Carl Madsen', 'Tern Shipping', '', 'career center', 'silent yes', 'held'),
    ('Dora Finch', 'Tern Shipping', '', 'career center', 'bounced yes', 'moved held'),
    ('Edwin Park', 'City of Ashby', '', 'a talk at the library', 'no', ''),
    ('Freya Holt', 'City of Ashby', 'Edwin Park', '', 'later yes', 'held'),
    ('Gus Amato', 'Amato & Sons', 'Abel Quist', '', 'yes', 'cancelled held'),
    ('Hanna Weil', 'Weil Textiles', 'Berit Oslund', '', 'silent silent', ''),
    ('Ilse Kron', 'Kron Instruments', 'Carl Madsen', '', 'yes', 'no-show held'),
    ('Jonas Reed', 'Reed Optical', 'Carl Madsen', '', 'yes', 'missed held'),
    ('Karin Voss', 'Norden Paper', 'Dora Finch', '', 'yes', 'held'),
    ('Lars Engel', 'Engel Maps', 'Freya Holt', '', 'yes', 'email'),
    ('Mona Petit', 'Petit Foods', 'Gus Amato', '', 'no', ''),
    ('Nils Aber', 'Petit Foods', 'Mona Petit', '', 'silent yes', 'held'),
    ('Olga Brandt', 'Brandt Glass', 'Ilse Kron', '', 'yes', 'group'),
    ('Paul Brandt', 'Brandt Glass', 'Ilse Kron', '', 'yes', 'joins'),
    ('Quin Sato', 'Harbor Trust', '', 'the paper', 'silent silent', ''),
    ('Rosa Lind', 'Harbor Trust', 'Jonas Reed', '', 'yes', 'held'),
    ('Sven Tau', 'Tau Boats', 'Karin Voss', '', 'later yes', 'held'),
    ('Tilda Moor', 'Moor Clinic', 'Lars Engel', '', 'bounced silent silent', ''),
    ('Uma Vale', 'Vale Seeds', 'Nils Aber', '', 'yes', 'held'),
    ('Vito Carr', 'Carr Freight', 'Olga Brandt', '', 'no', ''),
    ('Wanda Eck', 'Eck Studios', 'Rosa Lind', '', 'silent yes', 'held'),
    ('Xaver Thal', 'Thal Works', 'Sven Tau', '', 'yes', 'catch-up'),
    ('Ylva Berg', 'Berg Rail', 'Uma Vale', '', 'yes', 'held'),
)

QUESTIONS = (
    'How did you get started in this line of work?',
    'Which career paths are open to people here?',
    'How many hours do you work in a busy week?',
    'How does the job leave room for a family life?',
    'What training and which skills does one need to do this well?',
    'What would you advise somebody who comes from another trade?',
    'Where do you want to be in five years, what are your goals?',
    'What is the biggest challenge the company has at the moment?',
    'Who else should I talk to?',
)

REQUEST = """My name is Robin Seeker, and I am a bookkeeper who is looking at other fields.
{sent}I would like to hear how you came to your work and what it asks of one. I am not asking for a
job. Would you have 20 minutes for me in the coming weeks, in person or by phone?"""


def business(day, count):
    """The business day `count` after (or before) a day."""
    step = timedelta(1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while day.weekday() > 4 or day in HOLIDAYS:
            day += step
    return day


def key(name):
    return name.lower().replace(' ', '-')


class Person:
    def __init__(self, number, row):
        self.name, self.org, self.referrer, self.source, answers, fates = row
        self.number = number
        self.answers, self.fates = answers.split(), fates.split()
        self.created = None
        self.requests, self.touches, self.reported, self.referrals = [], [], [], []
        self.connected = self.feeler = self.paused = self.again = None
        self.met = None
        self.wishes_silence = None
        self.referral_day = None

    def text(self):
        lines = ['---', 'type: contact', f'name: {self.name}',
                 f'organization: "[[{key(self.org)}]]"',
                 f'email: {key(self.name)}@{key(self.org).replace("&", "and")}.example',
                 f'phone: 360 555 01{self.number:02}', f'created: {self.created}',
                 'purpose: what the work is like and what it takes']
        if self.referrer:
            lines.append(f'referred-by: "[[{key(self.referrer)}]]"')
        if self.source:
            lines.append(f'source: {self.source}')
        for field in ('connected', 'paused'):
            if getattr(self, field):
                lines.append(f'{field}: {getattr(self, field)}')
        if self.wishes_silence:
            lines.append(f'do-not-contact: {self.wishes_silence}')
        if self.feeler:
            lines.append(f'feeler: {self.feeler} letter')
        for field, records in (('outreach', [' '.join(map(str, r)) for r in self.requests]),
                               ('touches', self.touches), ('reported', self.reported),
                               ('referrals', self.referrals)):
            if records:
                lines += [f'{field}:'] + [f'  - {r}' for r in records]
        sent = f'{self.referrer} gave me your name. ' if self.referrer else ''
        lines += ['---', '', '## Request', '', REQUEST.format(sent=sent), '']
        return '\n'.join(lines)

    def last_touch(self):
        days = [date.fromisoformat(t[:10]) for t in self.touches + self.reported]
        days += [r[0] for r in self.requests if 'bounced' not in r]
        days += [self.met] if self.met else []
        return max(days, default=None)


class Meeting:
    def __init__(self, people, day, made, **fields):
        self.people, self.day, self.made = people, day, made
        self.kind = self.state = None
        self.via, self.planned = 'in-person', '20m'
        self.prepared = self.over = False
        self.thanks, self.named = [], None
        self.lead = self.task = self.promise = None
        self.__dict__.update(fields)

    def path(self):
        return f'meetings/{self.day}-{key(self.people[0].name)}.md'

    def text(self):
        who = ', '.join(f'"[[{key(p.name)}]]"' for p in self.people)
        lines = ['---', 'type: meeting', f'contact: [{who}]', f'date: {self.day} 10:00']
        lines += [f'kind: {self.kind}'] if self.kind else []
        lines += [f'via: {self.via}']
        lines += [f'planned: {self.planned}'] if self.via != 'email' else []
        lines += [f'state: {self.state}'] if self.state else []
        if self.over:
            lines += self.record()
        lines += ['---', '']
        if self.prepared:
            lines += ['# Research', '', '- [x] their pages, and what the paper wrote', '',
                      '# Opening', '',
                      'I keep books for a mill and wonder what else numbers are good for.', '',
                      '# Questions', ''] + [f'- {q}' for q in QUESTIONS] + ['']
        elif not self.kind and not self.state:
            lines += ['# Research', '', '- [ ] their pages, and what the paper wrote', '']
        if self.over:
            lines += self.notes()
        return '\n'.join(lines)

    def record(self):
        lines = ['state: held'] if self.via == 'email' or self.kind else \
            ['actual: 22m', 'spoke: 45%', 'resume: no', 'paid: me']
        lines.append('referrals: ' + (f'[{", ".join(self.named)}]' if self.named else 'none'))
        if self.lead:
            lines += ['leads:', f'  - the yearbook of the trade{self.lead}']
        if self.thanks:
            lines += ['thank-you:'] + [f'  - {t}' for t in self.thanks]
        return lines

    def notes(self):
        lines = ['# Notes', '', 'Began by chance and stayed. Knows everybody by first name.', '']
        if self.task or self.promise:
            lines += ['# Follow-ups', '']
        if self.task:
            lines.append('- [{}] send the article {}(due {})'.format(*self.task))
        if self.promise:
            lines.append('- [{}] @waiting the list of suppliers due:{}'.format(*self.promise))
        return lines + ['']


class Search:
    def __init__(self):
        self.people = [Person(number, row) for number, row in enumerate(PEOPLE)]
        self.by_name = {p.name: p for p in self.people}
        self.meetings = []
        self.ended = False
        self.pursuing = None

    # ---- a day ----

    def evening(self, today):
        for number, person in enumerate(self.people):
            if person.source and not person.created and today >= FIRST + timedelta(3 * number):
                person.created = today
        for meeting in list(self.meetings):
            self.live(meeting, today)
        for person in self.people:
            if person.created:
                self.attend(person, today)
        self.decide(today)

    def ask(self, person, today, channel):
        person.requests.append([today, channel, '20m'])

    def attend(self, person, today):
        """What is to be done for one person."""
        last = person.requests[-1] if person.requests else None
        waiting = last and len(last) == 3
        if not last and today >= business(person.created, 2) and not self.ended:
            if 'joins' not in person.fates:
                self.ask(person, today, 'email')
        elif waiting and person.answers:
            self.hear(person, last, today)
        elif person.again and today >= person.again and not self.ended:
            person.again = None
            self.ask(person, today, 'email' if last[1] == 'phone' else 'phone')
        self.keep(person, today)

    def hear(self, person, last, today):
        """Their answer, or the day to ask once more."""
        answer = person.answers[0]
        if answer == 'silent':
            if today >= business(last[0], 5):
                del person.answers[0]
                if person.answers and not self.ended:
                    last.append('no reply')
                    self.ask(person, today, 'phone')
            return
        if today < business(last[0], 0 if answer == 'bounced' else 2):
            return
        del person.answers[0]
        last.append(answer if answer == 'bounced' else f'{answer} {today}')
        if answer == 'bounced':
            person.again = business(today, 1)
        elif answer == 'later':
            last[-1] = f'later {today + timedelta(40)}'
            person.again = today + timedelta(38)
        elif answer == 'no':
            self.declined(person, today)
        else:
            self.arrange(person, today)

    def declined(self, person, today):
        person.touches.append(f'{today} email thanks for the answer')
        person.referral_day = today
        named = self.named_by(person)
        person.referrals += named
        if person.name == 'Vito Carr':
            person.wishes_silence = today + timedelta(1)
        self.tell_referrer(person, today)

    def arrange(self, person, today):
        """A day within a week or two, on a business day; the note is made the same evening."""
        fate = person.fates.pop(0) if person.fates else 'held'
        fields = {'fate': fate}
        people = [person]
        if fate == 'email':
            fields['via'] = 'email'
        if fate == 'catch-up':
            fields.update(kind='catch-up', fate='held')
        if fate == 'group':
            people += [p for p in self.people if p.fates == ['joins']]
            fields['fate'] = 'held'
        day = business(today, 6 + person.number % 3)
        self.meetings.append(Meeting(people, day, today, **fields))

    # ---- meetings ----

    def live(self, meeting, today):
        if not meeting.kind and not meeting.prepared and today >= business(meeting.day, -2):
            meeting.prepared = True
        if today == meeting.day and not meeting.over and not meeting.state:
            self.hold(meeting, today)
        elif meeting.over:
            self.follow(meeting, today)

    def hold(self, meeting, today):
        person = meeting.people[0]
        if meeting.fate in ('held', 'email'):
            meeting.over = True
            for p in meeting.people:
                p.met = today
            meeting.named = self.named_by(person)
            meeting.lead = '' if person.number % 3 == 0 else None
            if person.number % 4 == 1:
                meeting.task = [' ', '', today + timedelta(9)]
            if person.number % 4 == 2:
                meeting.promise = [' ', today + timedelta(10)]
            return
        meeting.state = meeting.fate
        if meeting.fate == 'missed':
            person.touches.append(f'{today} phone said how sorry I am')
        person.again = business(today, 1)
        person.answers.insert(0, 'yes')

    def follow(self, meeting, today):
        """Thanks, links, reports, promises: each on its day, most of them early."""
        since = (today - meeting.day).days
        if since == 1 and not meeting.kind:
            channel = 'card' if meeting.people[0].number % 2 else 'email'
            meeting.thanks = [f'{today} {channel} to {p.name}' for p in meeting.people]
        for person in meeting.people:
            if since == 2 and not person.connected:
                person.connected = today
            if since == 5:
                self.tell_referrer(person, today)
        if since == 3:
            for name in meeting.named:
                self.by_name[name].created = self.by_name[name].created or today
        if since == 21 and meeting.lead == '':
            meeting.lead = f' (reported {today})'
        if meeting.task and today == meeting.task[2]:
            meeting.task[0] = 'x'
        if meeting.promise and today >= business(meeting.promise[1], 2):
            meeting.promise[0] = 'x'

    def named_by(self, person):
        return [p.name for p in self.people if p.referrer == person.name]

    def tell_referrer(self, person, today):
        referrer = self.by_name.get(person.referrer)
        if referrer and not referrer.wishes_silence:
            referrer.reported.append(f'{today} email how it went with {person.name}')

    def keep(self, person, today):
        if person.referral_day and today == person.referral_day + timedelta(3):
            for name in person.referrals:
                self.by_name[name].created = self.by_name[name].created or today
        last = person.last_touch()
        known = person.met or person.referrals
        if known and not person.wishes_silence and last and (today - last).days >= 50:
            person.touches.append(f'{today} email a word and a picture')

    # ---- the end ----

    def decide(self, today):
        met = [p for p in self.people if p.met and p.org == 'Norden Paper']
        if today == date(2026, 11, 2):
            self.pursuing = today
        if today == date(2026, 11, 5):
            for person in met:
                person.feeler = today
        if today == ENDED:
            self.ended = True
        if today == ENDED + timedelta(7):
            for person in self.people:
                if person.met or person.referrals:
                    person.touches.append(f'{today} card I found work')

    # ---- what is written down ----

    def config(self):
        lines = [f'holidays: [{", ".join(map(str, HOLIDAYS))}]']
        if self.ended:
            lines.append(f'search-ended: {ENDED}')
        return '\n'.join(lines) + '\n'

    def notes(self):
        notes = {'.ivnotes/config.yaml': self.config()}
        for person in self.people:
            if person.created:
                notes[f'people/{key(person.name)}.md'] = person.text()
                notes[f'organizations/{key(person.org)}.md'] = self.organization(person.org)
        for meeting in self.meetings:
            notes[meeting.path()] = meeting.text()
        return notes

    def organization(self, name):
        lines = ['---', 'type: organization', f'name: {name}']
        if name == 'Norden Paper':
            lines.append('target: yes')
            if self.pursuing:
                lines.append(f'pursuing: {self.pursuing}')
        return '\n'.join(lines + ['---', ''])
