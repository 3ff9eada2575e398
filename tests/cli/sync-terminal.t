#!/usr/bin/env python3
"""`ivnotes sync` and the questions of ssh and git: at a terminal they reach the person, and the answer is
used; where nobody is there nothing is waited for."""

import base64
import http.server
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.environ['TESTS'] + '/lib')
from tap import done, forgive_libgit2, point  # noqa: E402

forgive_libgit2()
os.environ['PATH'] += ':/usr/sbin:/sbin'

ROOT = os.environ['SCRATCH']
CONF = ROOT + '/sshd'
SECONDS = 60
for name in ('SSH_AUTH_SOCK', 'SSH_ASKPASS', 'GIT_ASKPASS', 'DISPLAY'):
    os.environ.pop(name, None)


def run(folder, *words):
    return subprocess.run(words, cwd=f'{ROOT}/{folder}', capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL, timeout=SECONDS)


def git(folder, *words):
    return run(folder, 'git', *words).stdout.strip()


def write(path, text, mode=0o644):
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    os.chmod(path, mode)


def note(name):
    write(f'{ROOT}/a/{name}.md', f'---\ntype: contact\nname: {name}\n---\n')
    git('a', 'add', '-A')
    git('a', 'commit', '-q', '-m', name)


def listen(fd, until):
    ready, _, _ = select.select([fd], [], [], max(0, until - time.monotonic()))
    if not ready:
        return None
    try:
        return os.read(fd, 65536)
    except OSError:
        return b''


def at_terminal(*talk):
    """Sync with a person at the terminal who, seeing a question, types the answer that goes with it. What the
    terminal showed, and the exit status; None: it waited for more than they had to say."""
    pid, fd = pty.fork()
    if not pid:
        os.chdir(ROOT + '/a')
        os.execvp('ivnotes', ['ivnotes', 'sync'])
    shown, seen, talk, until = b'', 0, list(talk), time.monotonic() + SECONDS
    while True:
        more = listen(fd, until)
        if not more:
            break
        shown += more
        if talk and re.search(talk[0][0], shown[seen:].decode(errors='replace')):
            seen = len(shown)
            time.sleep(0.2)  # who asks for a password throws away what was typed before
            os.write(fd, talk.pop(0)[1].encode() + b'\n')
    if more is None:
        os.kill(pid, 9)
    _, status = os.waitpid(pid, 0)
    os.close(fd)
    return shown.decode(errors='replace').replace('\r', ''), \
        None if more is None else os.waitstatus_to_exitcode(status)


def away():
    """Sync with nobody there: no terminal at all, as for cron."""
    got = subprocess.run(['ivnotes', 'sync'], cwd=ROOT + '/a', capture_output=True, text=True, check=False,
                         stdin=subprocess.DEVNULL, timeout=SECONDS, start_new_session=True)
    return got.stdout + got.stderr, got.returncode


def says(name, got, status, *words):
    shown, code = got
    good = code == status and all(word in shown for word in words)
    point(good, name, *([] if good else [code, *shown.splitlines()]))


# --- user and password over http ---

class Closed(http.server.BaseHTTPRequestHandler):
    """Wants robin's password, and then has an empty repository."""
    wanted = 'Basic ' + base64.b64encode(b'robin:open sesame').decode()

    def log_message(self, *args):
        pass

    def do_GET(self):
        given = self.headers.get('Authorization') == self.wanted
        self.send_response(404 if given else 401)
        if not given:
            self.send_header('WWW-Authenticate', 'Basic realm="notes"')
        self.send_header('Content-Length', '0')
        self.end_headers()


def over_http():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Closed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    git('a', 'remote', 'add', 'origin', f'http://localhost:{server.server_address[1]}/r.git')
    user, password = r'Username for .*: $', r'Password for .*: $'
    says('git asks for user and password', at_terminal((user, 'robin'), (password, 'open sesame')),
         3, 'Username for', "Password for 'http://robin@localhost", '404')
    shown, _ = at_terminal((user, 'robin'), (password, 'open sesame'))
    point('sesame' not in shown, 'the password is not shown')
    says('a wrong one', at_terminal(*[(user, 'robin'), (password, 'wrong')] * 3), 3,
         'were not accepted')
    says('nobody is there', away(), 3, 'a user and a password are needed')


# --- over ssh ---

def start_sshd(port):
    write(CONF + '/config', f"""Port {port}
ListenAddress 127.0.0.1
HostKey {CONF}/host
PidFile {CONF}/pid
AuthorizedKeysFile {CONF}/authorized_keys
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
SetEnv PATH={os.environ['PATH']}
""")
    run('', shutil.which('sshd'), '-f', CONF + '/config', '-E', CONF + '/log')
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if os.path.exists(CONF + '/pid') and os.path.getsize(CONF + '/pid'):
            return True
        time.sleep(0.1)
    return False


def key(path, passphrase):
    run('', 'ssh-keygen', '-q', '-t', 'ed25519', '-N', passphrase, '-f', path)


def prepare_ssh(port):
    """ssh looks up its own files by the user's home, not by HOME: told where they are here."""
    key(CONF + '/key', 'secret')
    shutil.copy(CONF + '/key.pub', CONF + '/authorized_keys')
    write(CONF + '/client', f'Host *\n\tIdentityFile {CONF}/key\n\tIdentitiesOnly yes\n'
          f'\tUserKnownHostsFile {CONF}/known\n\tGlobalKnownHostsFile /dev/null\n')
    os.mkdir(ROOT + '/programs')
    write(ROOT + '/programs/ssh',
          f'#!/bin/sh\nexec "{shutil.which("ssh")}" -F "{CONF}/client" "$@"\n', 0o755)
    os.environ['PATH'] = f'{ROOT}/programs:{os.environ["PATH"]}'
    user = run('', 'id', '-un').stdout.strip()
    git('a', 'remote', 'set-url', 'origin', f'ssh://{user}@127.0.0.1:{port}{ROOT}/r.git')


def over_ssh():
    known, secret = r'continue connecting.*\? $', r'passphrase for key .*: $'
    says('a host that is not known, and no', at_terminal((known, 'no')), 3, 'fingerprint is SHA256:',
         "cannot reach 'origin'")
    point(not git('r.git', 'for-each-ref'), 'nothing went there')
    says('a host that is not known, and yes',
         at_terminal((known, 'yes'), (secret, 'secret'), (secret, 'secret')), 0,
         'fingerprint is SHA256:', 'Enter passphrase for key', '1 commit of yours sent')
    point(git('r.git', 'rev-parse', 'main') == git('a', 'rev-parse', 'main'), 'sends')
    note('Omar')
    got = at_terminal((secret, 'secret'), (secret, 'secret'))
    says('a host that is known', got, 0, '1 commit of yours sent')
    point('SHA256' not in got[0] and 'secret' not in got[0], 'is not asked about')
    says('a wrong passphrase', at_terminal(*[(secret, 'wrong')] * 3), 3, 'Permission denied')
    git('a', 'config', 'core.sshCommand', 'ssh')
    note('Lea')
    says('by a command of one\'s own', at_terminal((secret, 'secret'), (secret, 'secret')), 0,
         '1 commit of yours sent')
    says('which asks nobody where nobody is', away(), 3, 'Permission denied')
    git('a', 'config', '--unset', 'core.sshCommand')
    says('nobody is there', away(), 3, 'Permission denied', 'ssh-add')
    os.remove(CONF + '/known')
    says('nobody is there to know the host', away(), 3, 'is not in known_hosts')


def with_sshd():
    if not shutil.which('sshd'):
        return False
    os.makedirs(CONF)
    key(CONF + '/host', '')
    for port in range(20000 + os.getpid() % 20000, 65000, 997):
        if start_sshd(port):
            break
    else:
        return False
    try:
        prepare_ssh(port)
        over_ssh()
    finally:
        with open(CONF + '/pid', encoding='utf-8') as file:
            os.kill(int(file.read()), 15)
    return True


git('', 'init', '-q', '--bare', '-b', 'main', 'r.git')
git('', 'init', '-q', '-b', 'main', 'a')
note('Jane')
over_http()
run('', os.environ['TESTS'] + '/lib/run-sshd', 'hold', str(os.getpid()))
try:
    if not with_sshd():
        point(True, 'ssh # SKIP no sshd')
finally:
    run('', os.environ['TESTS'] + '/lib/run-sshd', 'release', str(os.getpid()))
done()
