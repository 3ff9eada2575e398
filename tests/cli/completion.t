#!/usr/bin/env python3
# Completion as it is met in bash, zsh and fish themselves: keys go into a real shell at a terminal,
# the line comes out; fish has `complete -C`. Then what it must never do: wait, talk, make an index.
import fcntl
import os
import resource
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.environ['TESTS'] + '/lib')
from keyboard import Keyboard
from tap import done, point

SCRATCH = os.environ['SCRATCH']
VAULT = SCRATCH + '/vault'
CACHE = SCRATCH + '/cache'
ENV = dict(os.environ, XDG_CACHE_HOME=CACHE)
os.environ['XDG_CACHE_HOME'] = CACHE


def note(path, text='type: contact'):
    os.makedirs(os.path.dirname(f'{VAULT}/{path}'), exist_ok=True)
    with open(f'{VAULT}/{path}', 'w') as file:
        file.write(f'---\n{text}\n---\n')


def run(*words, **more):
    return subprocess.run(['ivnotes', *words], cwd=VAULT, capture_output=True, text=True,
                          env=ENV, **more)


def words(*line):
    """What is offered at the end of the line; talk would be in it too."""
    answer = run('completion', '--words', 'fish', '--', *line)
    return answer.stdout + answer.stderr


def work():
    """Seconds that programs which have ended worked; by the clock a busy machine is slower."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


NOTES = {
    'people/jane-green.md': 'type: contact\nname: Jane Green',
    "people/o'brien x.md": 'type: contact\nname: Finn O"Brien',
    'people/zoë.md': 'type: contact',
    'people/渡辺 健.md': 'type: contact',
    'we$ird `id`.md': 'type: contact',
    'col:on.md': 'type: contact',
    'eq=ual.md': 'type: contact',
    'a/dup.md': 'type: contact',
    'b/dup.md': 'type: contact',
    'new\nline.md': 'type: contact',
    'esc\x1b[31m.md': 'type: contact',
}
for path, text in NOTES.items():
    note(path, text)
run('check')

# ---- bash and zsh: keys, and the line that they make ----

BOTH = {
    'ivnotes che\t': 'ivnotes check ',
    'ivnotes -C people sho\t': 'ivnotes -C people show ',
    'ivnotes check --form\t': 'ivnotes check --format ',
    'ivnotes check --format=sa\t': 'ivnotes check --format=sarif ',
    'ivnotes check --format sa\t': 'ivnotes check --format sarif ',
    'ivnotes check --color=a\t': 'ivnotes check --color=a',
    'ivnotes check --fail-on e\t': 'ivnotes check --fail-on error ',
    'ivnotes show jan\t': 'ivnotes show jane-green ',
    'ivnotes show "Jane G\t': 'ivnotes show "Jane Green" ',
    "ivnotes show 'Jane G\t": "ivnotes show 'Jane Green' ",
    'ivnotes show Jane\\ G\t': 'ivnotes show Jane\\ Green ',
    "ivnotes show o\t": "ivnotes show o\\'brien\\ x ",
    'ivnotes show "o\t': 'ivnotes show "o\'brien x" ',
    "ivnotes show 'o\t": "ivnotes show 'o'\\''brien x' ",
    'ivnotes show zo\t': 'ivnotes show zoë ',
    'ivnotes show 渡\t': 'ivnotes show 渡辺\\ 健 ',
    'ivnotes show we\t': 'ivnotes show we\\$ird\\ \\`id\\` ',
    'ivnotes show "we\t': 'ivnotes show "we\\$ird \\`id\\`" ',
    'ivnotes show col\t': 'ivnotes show col:on ',
    'ivnotes show col:\t': 'ivnotes show col:on ',
    'ivnotes show eq=\t': 'ivnotes show eq=ual ',
    'ivnotes show a/\t': 'ivnotes show a/dup ',
    'ivnotes show jane-green zo\t': 'ivnotes show jane-green zoë ',
    'ivnotes list typ\t': 'ivnotes list type:',
    'ivnotes list type:c\t': 'ivnotes list type:contact ',
    'ivnotes list -0 state:he\t': 'ivnotes list -0 state:held ',
    'ivnotes list --format=name,organ\t': 'ivnotes list --format=name,organization ',
    'ivnotes check --rule nud\t': 'ivnotes check --rule nudge ',
    'ivnotes check --rule=nudge,tha\t': 'ivnotes check --rule=nudge,thank-',
    'ivnotes explain thin\t': 'ivnotes explain thin-questions ',
    'ivnotes config nudge.me\t': 'ivnotes config nudge.messages ',
    'ivnotes help agen\t': 'ivnotes help agenda ',
    'ivnotes completion f\t': 'ivnotes completion fish ',
    'ivnotes -C peo\t': 'ivnotes -C people/',
    'ivnotes check ./peo\t': 'ivnotes check ./people/',
    'ivnotes report peo\t': 'ivnotes report peo',
    'ivnotes explain peo\t': 'ivnotes explain peo',
}
SCRIPTS = {
    # bash has no matching of its own that would do so.
    'bash': {'source <(ivnotes completion bash)':
             {**BOTH, 'ivnotes show JANE\t': 'ivnotes show jane-green ',
              'ivnotes show green\t': 'ivnotes show green',
              'ivnotes show ane-g\t': 'ivnotes show jane-green '}},
    'zsh': {'source <(ivnotes completion zsh)': BOTH,
            'ivnotes completion zsh >$OUT:h/_ivnotes; fpath=($OUT:h $fpath); compinit -D -u':
            {'ivnotes show jan\t': 'ivnotes show jane-green ',
             'ivnotes check --fail-on e\t': 'ivnotes check --fail-on error '}},
}
for shell, setups in SCRIPTS.items():
    for setup, lines in setups.items():
        if not shutil.which(shell):
            print(f'# {shell} is not installed')
            continue
        keyboard = Keyboard(shell, setup, SCRATCH, VAULT)
        for keys, expected in lines.items():
            got = keyboard.line(keys)
            point(got == expected, f'{shell}: {keys[:-1]}', f'got      {got}',
                  f'expected {expected}')
        keyboard.close()

# ---- fish ----

FISH = {
    'ivnotes che': 'check\tshow what is wrong and what is overdue',
    'ivnotes check --format=sa': '--format=sarif',
    'ivnotes show jan': 'jane-green\tJane Green',
    'ivnotes show green': 'jane-green\tJane Green\nJane Green\tjane-green',
    'ivnotes show "Jane G': 'Jane Green\tjane-green',
    'ivnotes show Jane\\ G': 'Jane Green\tjane-green',
    'ivnotes show "o\'b': 'o\'brien x\tFinn O"Brien',
    'ivnotes show 渡': '渡辺 健\tcontact',
    'ivnotes list type:m': 'type:meeting',
    'ivnotes check --rule nudge,thin': 'nudge,thin-questions\tthe questions leave out a topic',
    'ivnotes -C ./peo': './people/',
    'ivnotes report peo': '',
}
if shutil.which('fish'):
    with open(SCRATCH + '/ivnotes.fish', 'w') as file:
        file.write(run('completion', 'fish').stdout)
    for line, expected in FISH.items():
        got = subprocess.run(['fish', '--no-config', '-c',
                              f'source {SCRATCH}/ivnotes.fish; complete -C $argv[1]', line],
                             cwd=VAULT, capture_output=True, text=True, env=ENV)
        said = '\n'.join(sorted(got.stdout.strip().replace('/\tDirectory', '/').split('\n')))
        expected = '\n'.join(sorted(expected.split('\n')))
        point(said == expected and not got.stderr, f'fish: {line}', f'got      {said}',
              f'expected {expected}', got.stderr)
else:
    print('# fish is not installed')

point(words('show', 'new') == words('show', 'esc') == 'files\n', 'no word holds control characters')

# ---- at once, in silence, and nothing made ----

for i in range(1000):
    note(f'many/person-{i:04}.md', f'type: contact\nname: Person {i}')
run('check')
worked, spent = [], []
for _ in range(10):
    begun = time.monotonic(), work()
    offered = words('show', 'person-')
    worked.append(work() - begun[1])
    spent.append(time.monotonic() - begun[0])
point(offered.count('\n') == 1001, 'a thousand notes are offered')
# What sanitizers and valgrind add is no time of ours.
limit = 0.05 if os.environ.get('V', 'release') == 'release' else 1
point(min(worked) < limit, f'in less than {limit} s of work', *map(str, worked))
point(min(spent) < limit * 20, 'and nothing is waited for', *map(str, spent))

note('later.md')
point(words('show', 'later') == 'files\n', 'the index is read as it is')
with open(run('path', '--index').stdout.strip().replace('index.db', 'lock')) as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    point(words('show', 'later') == 'words\nlater\n', 'nobody is waited for: the files have names')

index = run('path', '--index').stdout.strip()
with open(index, 'r+b') as file:
    file.seek(100)
    file.write(os.urandom(5000))
point(words('show', 'later') == 'words\nlater\n', 'a damaged index is passed over')
with open(index, 'rb') as file:
    before = file.read()
words('show', 'later')
with open(index, 'rb') as file:
    point(file.read() == before, 'and left to those who mend it')

shutil.rmtree(CACHE)
point(words('show', 'later') == 'words\nlater\n', 'without an index there are files')
point(not os.path.exists(CACHE), 'and none is made')
os.makedirs(VAULT + '/.ivnotes/rules')
with open(VAULT + '/.ivnotes/config.yaml', 'w') as file:
    file.write('nudge.after: never\nno such: thing\n  - :')
with open(VAULT + '/.ivnotes/rules/bad.sql', 'w') as file:
    file.write('-- id: nudge\n')
point(words('explain', 'thank-y').startswith('words\nthank-you\t'), 'bad settings stop nothing')
point(words('sync', 'o') == 'words\n', 'where no repository is, there are no remotes')
for command in ('init -q', 'remote add origin nowhere', 'remote add other nowhere'):
    subprocess.run(['git', *command.split()], cwd=VAULT, env=ENV, check=True)
point(words('sync', 'or') == 'words\norigin\n', 'remotes')
ENV['IVNOTES_VAULT'] = SCRATCH + '/nowhere'
point(words('show', 'later') == 'files\n', 'and no vault is no word')
done()
