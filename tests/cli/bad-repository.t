#!/usr/bin/env python3
# What a git repository can be: every command that asks it, in every state of bad-repository/states.
# Each gives the answer of the sound repository, or says what is wrong and what to do; and where it
# fails nothing has changed: no note, nothing of git, here or at the remote.
#
# A line of `states` begins with
#
#   ==  a state; several in a row are made by lines of their own and have the same answers
#   $   shell that makes it, in a copy of the sound repository, the first state; its remote is beside it
#   @   what the commands are started by
#
# Any other line names commands, an exit status and a line that they print; one that begins with a space
# is the next that they print. The last one that names a command counts; without one it answers as in the
# sound repository, `=`. Commands have names below, and groups of them, too; `*` is all of a group. With
# status 3 these lines are all that is printed, else they are among it; 'ivnotes: COMMAND: ' is left out,
# the scratch folder is written $SCRATCH, and `*` stands for words that are another program's.
import os
import queue
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.environ['TESTS'] + '/lib')
from tap import done, forgive_libgit2, point

HERE = os.environ['TESTS'] + '/cli/bad-repository'
SCRATCH, HOME = os.environ['SCRATCH'], os.environ['HOME']
DATE = '2026-11-20T10:00:00Z'
AT_ONCE = 2

# Name, groups, and the command. The last two ask no repository: nothing that it is may matter to them.
# Of states that have the same answers all commands are asked in the first, and in the others those of
# group `.`, one for each way of reading and writing.
COMMANDS = [line.split(None, 2) for line in '''
list    *,now,.    ivnotes list --at HEAD
show    *,now      ivnotes show sub/jane@HEAD
search  *,now,.    ivnotes search --at HEAD Text
check   *,now      ivnotes check -q --at HEAD
report  *,now      ivnotes report --at HEAD
stats   *,now      ivnotes stats --at HEAD
graph   *,now      ivnotes graph --at HEAD
old     *,before,. ivnotes list --at HEAD~1
since   *,before   ivnotes check -q --since HEAD~1
diff    *,before   ivnotes diff HEAD~1 HEAD
log     *,story,.  ivnotes log
deleted *,story    ivnotes log --deleted
staged  *,index,.  ivnotes check -q --staged
restore *,index,.  ivnotes restore lost
gone    *,index    ivnotes restore gone
commit  *,index,.  ivnotes commit
sync    *,index,.  ivnotes sync
hooks   *,init,.   ivnotes init --hooks
driver  *,init     ivnotes init --merge-driver
today   none       ivnotes list
merge   none       ivnotes merge-file -p $SCRATCH/base $SCRATCH/ours $SCRATCH/theirs
'''.strip().split('\n')]
WRITING = 'restore gone commit sync hooks driver'.split()


def remove(folder):
    """Rights that were taken away are in the way of those who are not root."""
    subprocess.run(f'rm -rf {folder} 2>/dev/null || {{ chmod -R u+rwX {folder}; rm -rf {folder}; }}',
                   shell=True, check=True)


def held(path):
    if os.path.islink(path):
        return os.readlink(path)
    if not os.path.isfile(path) or not os.access(path, os.R_OK):
        return ''
    with open(path, 'rb') as file:
        return file.read()


class World:
    """Where a state is made: work, the repository; remote.git; home; and perhaps elsewhere."""

    def __init__(self, number):
        self.path, self.kept = f'{SCRATCH}/{number}', f'{SCRATCH}/{number}-kept'
        self.work, home = self.path + '/work', self.path + '/home'
        self.env = os.environ | {
            'GIT_AUTHOR_DATE': DATE, 'GIT_COMMITTER_DATE': DATE, 'SCRATCH': self.path, 'HOME': home,
            'XDG_CACHE_HOME': home + '/.cache', 'XDG_CONFIG_HOME': home + '/.config',
            'GIT_CONFIG_GLOBAL': home + '/.gitconfig'}
        self.env.pop('IVNOTES_TODAY', None)

    def become(self, source, how='--preserve=all'):
        remove(self.path)
        subprocess.run(['cp', '-R', '-P', how, source, self.path], check=True)

    def keep(self):
        remove(self.kept)
        subprocess.run(['cp', '-a', self.path, self.kept], check=True)

    def make(self, lines):
        """Runs them; what was said, if it went wrong."""
        ran = subprocess.run(['sh', '-ec', '\n'.join([f'. {HERE}/functions'] + lines)], cwd=self.work,
                             env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT)
        return ran.stdout.decode('utf-8', 'replace').split('\n') if ran.returncode else []

    def picture(self, last):
        """Of each path a stamp, its mode, and what it holds: of one with the stamp of `last`, as there."""
        seen = {}
        for folder, folders, files in os.walk(self.path):
            if folder == self.path:
                folders.remove('home')
            for path in [folder] + [f'{folder}/{name}' for name in folders + files]:
                stat = os.lstat(path)
                was, stamp = last.get(path), (stat.st_ino, stat.st_ctime_ns)
                seen[path] = was if was and was[0] == stamp else (stamp, stat.st_mode, held(path))
        return seen

    def answer(self, command, prefix):
        """The exit status, and the lines printed. A command that never ends is one that fails."""
        try:
            ran = subprocess.run(f'{prefix} {command}', shell=True, cwd=self.work, env=self.env, timeout=20,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except subprocess.TimeoutExpired:
            return 'endless', []
        said = ran.stdout.decode('utf-8', 'replace').replace(self.path + '/', '$SCRATCH/')
        return str(ran.returncode), re.sub(r'(?m)^ivnotes: [a-z-]+: ', '', said).split('\n')[:-1]


def changed(before, after):
    return sorted(path for path in before.keys() | after.keys()
                  if before.get(path, [0])[1:] != after.get(path, [0])[1:])


def is_fetched(path, before, after):
    """What sync had fetched when it failed is in nobody's way, and may stay."""
    if '/objects/' in path:
        return path not in before
    return path in after and re.search(r'\.git/(logs$|logs/refs$|(logs/)?refs/remotes|FETCH_HEAD)', path)


def fits(got, expected):
    """Where it fails the lines are all that is said, else they are among it."""
    if got[0] != expected[0]:
        return False
    wanted = [re.compile('.*'.join(map(re.escape, line.split('*')))) for line in expected[1]]
    if got[0] == '3':
        return len(got[1]) == len(wanted) and all(map(re.Pattern.fullmatch, wanted, got[1]))
    return all(any(map(line.fullmatch, got[1])) for line in wanted)


def expectation(name, groups, rows):
    """By the last line that names the command; None: what the sound repository answers."""
    found = None
    for names, *row in rows:
        if {name, *groups.split(',')} & set(names.split(',')):
            found = None if row[0] == '=' else row
    return found


def ask(world, state, right):
    """Asks the commands. Points for them, and what they answered; `right` is that of the sound one."""
    before, points, told = world.picture({}), [], {}
    world.keep()
    for name, groups, command in COMMANDS:
        if not state.first and '.' not in groups:
            continue
        expected = expectation(name, groups, state.rows)
        told[name] = got = world.answer(command, state.prefix)
        after = world.picture(before)
        paths = changed(before, after)
        spoilt = paths if got[0] == '3' or name not in WRITING else []
        if name == 'sync':
            spoilt = [path for path in spoilt if not is_fetched(path, before, after)]
        if paths:
            world.become(world.kept)
            before = world.picture({})
        good = fits(got, expected) if expected else got == right[name]
        status, lines = expected or right[name]
        points.append((good and not spoilt, f'{state.name}: {name}', f'got:      {got[0]}', *got[1],
                       f'expected: {status}', *lines, *(f'changed: {path}' for path in spoilt)))
    return points, told


class State:
    def __init__(self, name, before):
        self.name, self.shell, self.first = name, [], not before or before.done
        self.rows, self.prefixes = ([], []) if self.first else (before.rows, before.prefixes)
        self.done = False  # what stands below is a state with answers of its own

    @property
    def prefix(self):
        return ' '.join(self.prefixes)

    @property
    def possible(self):
        return os.geteuid() == 0 or not any(line.startswith('chown ') for line in self.shell)


def states():
    found = []
    with open(HERE + '/states') as text:
        lines = [line for line in text.read().splitlines() if line and line[0] != '#']
    for line in lines:
        first, rest = line[0], line.partition(' ')[2]
        if first == '=':
            found.append(State(rest, found[-1] if found else None))
            continue
        state = found[-1]
        state.done = first != '$'
        if first == '$':
            state.shell.append(rest)
        elif first == '@':
            state.prefixes.append(rest)
        elif first == ' ':
            state.rows[-1][2].append(line[1:])
        else:
            names, status, *said = line.split(None, 2)
            state.rows.append((names, status, said))
    return found


def look(state, right):
    """Makes the state and asks about it. Points, and what was answered."""
    if not state.possible:
        return [(True, f'{state.name} # SKIP only root can give it away')], {}
    world = worlds.get()
    if right:
        world.become(f'{SCRATCH}/sound', '--preserve=mode,timestamps')
    talk = world.make(state.shell)
    if not right:
        shutil.copytree(world.path, f'{SCRATCH}/sound', symlinks=True)
    points, told = ask(world, state, right)
    worlds.put(world)
    return [(not talk, f'{state.name}: is made', *talk)] + points, told


forgive_libgit2()
worlds = queue.Queue()
for number in range(AT_ONCE):
    worlds.put(World(number + 1))
os.makedirs(SCRATCH + '/1/work')
shutil.copytree(HOME, SCRATCH + '/1/home')
sound, *others = states()
points, right = look(sound, {})
with ThreadPoolExecutor(AT_ONCE) as pool:
    for found, _ in [(points, right), *pool.map(lambda state: look(state, right), others)]:
        for each in found:
            point(*each)
done()
