#!/usr/bin/env python3
# Drafts as mail programs read them: Python's email package and a URI parser give back who it is to,
# what it is about and what it says, whatever a name holds; and no name adds a header.
import email
import email.header
import email.policy
import email.utils
import os
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.environ['TESTS'] + '/lib')
from tap import done, point

VAULT = os.environ['SCRATCH'] + '/vault'
HEADERS = ['Date', 'From', 'To', 'Subject', 'X-Unsent', 'MIME-Version', 'Content-Type',
           'Content-Transfer-Encoding']
NAMES = {
    'plain': 'Jane Green',
    'comma': 'Green, Jane',
    'quotes': 'Jane "JJ" O\'Green \\ Sons',
    'angle': 'Jane <boss@example.org>, Tom',
    'header': 'Jane\r\nBcc: all@example.org\r\n\r\nHello',
    'control': 'Ja\x1bne\x7f\u0085 Green',
    'accents': 'José Núñez-Østergård, Jr.',
    'emoji': '🙂' * 60,
    'script': 'גרין, ג׳יין (山田)',
    'encoded': '=?utf-8?q?Bcc=3A?= x',
    'long': 'Maximiliana' * 40,
    'longer': 'Max ' * 200,
    'dots': 'J. R. R. (Bob) Green; M.D.',
}


def quoted(text):
    return '"' + ''.join(f'\\U{ord(c):08x}' if ord(c) < 32 or 126 < ord(c) < 160 or c in '"\\'
                         else c for c in text) + '"'


def write(path, text):
    os.makedirs(os.path.dirname(f'{VAULT}/{path}'), exist_ok=True)
    with open(f'{VAULT}/{path}', 'w', encoding='utf-8', newline='') as file:
        file.write(text)


def draft(*words):
    run = subprocess.run(['ivnotes', '-C', VAULT, '--today', '2026-11-23', 'draft', *words],
                         capture_output=True)
    return run.stdout


def flat(text):
    """As the letter shows a name: control characters are spaces, and spaces one."""
    return ' '.join(''.join(' ' if ord(c) < 32 or 126 < ord(c) < 160 else c for c in text).split())


def paragraphs(text):
    """Paragraphs on one line each, but for the signature."""
    parts = text.strip().split('\n\n')
    return [' '.join(part.split()) for part in parts]


def letter(message):
    return message.get_content().replace('\r\n', '\n')


def name_of(raw):
    """Decoded as RFC 2047, 6.2 says; the new parser leaves the spaces between encoded words."""
    name, _ = email.utils.parseaddr(email.message_from_bytes(raw)['To'])
    return str(email.header.make_header(email.header.decode_header(name)))


def check_message(key, name):
    raw = draft('request', key, '--format=eml')
    lines = raw.split(b'\r\n')
    head = lines[:lines.index(b'')]
    message = email.message_from_bytes(raw, policy=email.policy.default)
    to = message['To'].addresses
    point(list(message.keys()) == HEADERS, f'{key}: these headers and no other',
          *[repr(line) for line in head])
    point(len(to) == 1 and to[0].addr_spec == 'jane@example.org', f'{key}: one recipient', str(to))
    point(flat(name_of(raw)) == flat(name), f'{key}: the name', repr(name_of(raw)), repr(name))
    point(message['Subject'] == 'Könnte ich fragen, ' + flat(name) + '?', f'{key}: the subject',
          message['Subject'])
    point(b'\n' not in raw.replace(b'\r\n', b'') and b'\r' not in raw.replace(b'\r\n', b''),
          f'{key}: lines end in CRLF')
    point(all(len(line) <= 76 for line in lines), f'{key}: lines of at most 76',
          *[repr(line) for line in lines if len(line) > 76])
    point(all(byte < 128 for byte in raw), f'{key}: ASCII')
    shown = draft('request', key).decode()
    point(paragraphs(letter(message)) == paragraphs(shown), f'{key}: the letter', shown)
    point(message.defects == [], f'{key}: no defects', *map(str, message.defects))
    point(draft('request', key, '--format=eml') == raw, f'{key}: the same once more')
    return message


def check_uri(key, message):
    raw = draft('request', key, '--format=mailto').decode('ascii')
    uri = urllib.parse.urlsplit(raw.strip())
    fields = urllib.parse.parse_qs(uri.query, strict_parsing=True)
    point((uri.scheme, urllib.parse.unquote(uri.path)) == ('mailto', 'jane@example.org'),
          f'{key}: URI to whom', raw)
    point(sorted(fields) == ['body', 'subject'], f'{key}: subject and body', raw)
    point(fields['subject'] == [message['Subject']], f'{key}: the subject of the URI')
    body = fields['body'][0]
    point('\n' not in body.replace('\r\n', ''), f'{key}: line ends of the URI')
    point(body.replace('\r\n', '\n').strip() == letter(message).strip(),
          f'{key}: the letter of the URI', body)


write('.ivnotes/config.yaml', 'me: {name: "Robin, the \\"Seeker\\"", email: robin@example.org}\n')
write('.ivnotes/templates/request.txt', 'Subject: Könnte ich fragen, {{name}}?\n'
      'Dear {{greeting}},\n\nI am an apprentice = "one who learns"; ' + 'aäß ' * 90 + 'x' * 300 +
      '.\nTwenty minutes, and not for a job.\n\n.\n\nFrom me\n')
for key, name in NAMES.items():
    write(f'{key}.md', f'---\ntype: contact\nname: {quoted(name)}\nemail: jane@example.org\n---\n')
    check_uri(key, check_message(key, name))
write('at.md', "---\ntype: contact\nname: At\nemail: \"o'b+%?&=x/y@ex-ample.example.org\"\n---\n")
uri = draft('request', 'at', '--format=mailto').decode('ascii').strip()
point(urllib.parse.unquote(urllib.parse.urlsplit(uri).path) == "o'b+%?&=x/y@ex-ample.example.org",
      'an odd address in a URI', uri)
message = email.message_from_bytes(draft('request', 'at', '--format=eml'),
                                   policy=email.policy.default)
point(message['From'].addresses[0].display_name == 'Robin, the "Seeker"', 'who it is from',
      str(message['From']))
point(message['To'].addresses[0].addr_spec == "o'b+%?&=x/y@ex-ample.example.org",
      'an odd address in a message', str(message['To']))
point(message['Date'].datetime.isoformat() == '2026-11-23T12:00:00', 'the day',
      str(message['Date']))
done()
