#!/usr/bin/env python3
"""`ivnotes sync` over https and http: git http-backend behind a server on loopback that wants a user
and a password, which the helpers of git's configuration know."""

import base64
import http.server
import os
import select
import shutil
import socket
import ssl
import subprocess
import sys
import threading

sys.path.insert(0, os.environ['TESTS'] + '/lib')
from tap import done, forgive_libgit2, point  # noqa: E402

forgive_libgit2()

ROOT = os.environ['SCRATCH']
WANTED = 'Basic ' + base64.b64encode(b'robin:open sesame').decode()


class Backend(http.server.BaseHTTPRequestHandler):
    """CGI for git http-backend."""
    protocol_version = 'HTTP/1.1'
    cut = False
    tunnels = 0

    def log_message(self, *args):
        pass

    def body(self):
        if self.headers.get('Transfer-Encoding') != 'chunked':
            return self.rfile.read(int(self.headers.get('Content-Length') or 0))
        parts = []
        while True:
            size = int(self.rfile.readline().split(b';')[0], 16)
            parts.append(self.rfile.read(size))
            self.rfile.readline()
            if not size:
                return b''.join(parts)

    def answer(self):
        body = self.body()
        if self.path.startswith('/moved/'):
            self.send_response(301)
            self.send_header('Location', f'http://127.0.0.1:{plain}/{self.path[7:]}')
            self.send_header('Content-Length', '0')
            self.end_headers()
            return
        if self.headers.get('Authorization') != WANTED:
            self.send_response(401)
            self.send_header('WWW-Authenticate', 'Basic realm="notes"')
            self.send_header('Content-Length', '0')
            self.end_headers()
            return
        path, _, query = self.path.partition('?')
        env = dict(os.environ, GIT_PROJECT_ROOT=ROOT, GIT_HTTP_EXPORT_ALL='1', PATH_INFO=path,
                   QUERY_STRING=query, REQUEST_METHOD=self.command, REMOTE_USER='robin',
                   CONTENT_TYPE=self.headers.get('Content-Type') or '',
                   CONTENT_LENGTH=str(len(body)))
        if self.headers.get('Content-Encoding'):
            env['HTTP_CONTENT_ENCODING'] = self.headers['Content-Encoding']
        out = subprocess.run(['git', 'http-backend'], env=env, input=body, check=False,
                             capture_output=True).stdout
        head, _, data = out.partition(b'\r\n\r\n')
        fields = dict(line.split(': ', 1) for line in head.decode().split('\r\n'))
        self.send_response(int(fields.pop('Status', '200').split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        if Backend.cut and self.command == 'POST':
            self.wfile.write(data[:len(data) // 2])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        self.wfile.write(data)

    do_GET = do_POST = answer

    def do_CONNECT(self):
        """As a proxy: bytes to and fro."""
        Backend.tunnels += 1
        host, _, number = self.path.rpartition(':')
        far = socket.create_connection((host, int(number)))
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        ends = {self.connection: far, far: self.connection}
        while True:
            for end in select.select(list(ends), [], [])[0]:
                data = end.recv(65536)
                if not data:
                    return
                ends[end].sendall(data)


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


def serve(secure):
    server = Quiet(('127.0.0.1', 0), Backend)
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(ROOT + '/cert.pem', ROOT + '/key.pem')
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def run(folder, *words, **env):
    return subprocess.run(words, cwd=f'{ROOT}/{folder}', capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, env=dict(os.environ, **env), check=False,
                          timeout=60)


def git(folder, *words):
    return run(folder, 'git', *words).stdout.strip()


def sync(name, status, said, **env):
    got = run('a', 'ivnotes', 'sync', **env)
    told = got.stdout + got.stderr
    good = got.returncode == status and said in told
    point(good, name, *([] if good else [got.returncode, *told.splitlines()]))


def note(name):
    with open(f'{ROOT}/a/{name}.md', 'w', encoding='utf-8') as file:
        file.write(f'---\ntype: contact\nname: {name}\n---\n')
    git('a', 'add', '-A')
    git('a', 'commit', '-q', '-m', name)


def script(name, text):
    with open(f'{ROOT}/{name}', 'w', encoding='utf-8') as file:
        file.write('#!/bin/sh\n' + text)
    os.chmod(f'{ROOT}/{name}', 0o755)
    return f'{ROOT}/{name}'


def read(name):
    if not os.path.exists(f'{ROOT}/{name}'):
        return ''
    with open(f'{ROOT}/{name}', encoding='utf-8') as file:
        return file.read()


if shutil.which('openssl') is None:
    print('1..0 # SKIP openssl is not there')
    sys.exit()
run('', 'openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', 'key.pem',
    '-out', 'cert.pem', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost')
port, plain = serve(True), serve(False)
git('', 'init', '-q', '--bare', '-b', 'main', 'r.git')
git('r.git', 'config', 'http.receivepack', 'true')
git('', 'init', '-q', '-b', 'main', 'a')
note('Jane')
git('a', 'remote', 'add', 'origin', f'https://localhost:{port}/r.git')

# --- certificates ---
sync('a certificate that nobody vouches for', 3, 'certificate')
git('a', 'config', 'http.https://example.org/.sslVerify', 'false')
sync('nor where another server may go unchecked', 3, 'certificate')
git('a', 'config', f'http.https://localhost:{port}.sslVerify', 'false')
sync('http.URL.sslVerify off: it is not looked at', 3, 'a user and a password are needed')
git('a', 'config', f'http.https://localhost:{port}.sslVerify', 'true')
git('a', 'config', 'http.sslVerify', 'false')
sync('the closest one counts', 3, 'certificate')
git('a', 'config', '--unset', f'http.https://localhost:{port}.sslVerify')
sync('http.sslVerify off', 3, 'a user and a password are needed')
git('a', 'config', '--unset', 'http.sslVerify')
git('a', 'config', 'http.https://*.org.sslCAInfo', ROOT + '/nowhere.pem')
sync('certificates for other servers', 3, 'certificate')
git('a', 'config', 'http.sslCAInfo', ROOT + '/nowhere.pem')
sync('certificates that are not there', 3, "'http.sslCAInfo'")
git('a', 'config', 'http.sslCAInfo', ROOT + '/cert.pem')

# --- user and password ---
sync('nobody knows the password', 3, 'a user and a password are needed')
helper = script('helper', f'cat >"{ROOT}/asked.$1"\n[ "$1" != get ] || '
                'printf "username=robin\\npassword=%s\\n" "$(cat "$SCRATCH/password")"\n')
git('a', 'config', 'credential.helper', helper)


def password(text):
    with open(ROOT + '/password', 'w', encoding='utf-8') as file:
        file.write(text)


password('wrong')
sync('a helper with a wrong one', 3, 'were not accepted')
point('password=wrong' in read('asked.erase'), 'which it is told')
point(not read('asked.store'), 'and not to keep')
password('open sesame')
sync('a helper with the right one', 0, "1 commit of yours sent; 'main' is new at 'origin'")
point(git('r.git', 'rev-parse', 'main') == git('a', 'rev-parse', 'main'), 'sends')
point(f'host=localhost:{port}' in read('asked.get'), 'it was asked for this host')
point('password=open sesame' in read('asked.store'), 'and told to keep it')

git('', 'clone', '-q', 'r.git', 'b')
with open(ROOT + '/b/Omar.md', 'w', encoding='utf-8') as file:
    file.write('---\ntype: contact\nname: Omar\n---\n')
git('b', 'add', '-A')
git('b', 'commit', '-q', '-m', 'Omar')
git('b', 'push', '-q')
note('Lea')
sync('both ways', 0, '1 commit of yours sent, 1 received')
point(git('r.git', 'rev-parse', 'main') == git('a', 'rev-parse', 'main'), 'and merged')

# --- GIT_ASKPASS ---
git('a', 'config', '--unset', 'credential.helper')
ask = script('ask', 'case $1 in User*) echo robin ;; *) echo open sesame ;; esac\n')
sync('GIT_ASKPASS', 0, 'nothing to send', GIT_ASKPASS=ask)
git('a', 'remote', 'set-url', 'origin', f'http://localhost:{plain}/r.git')
sync('http', 0, 'nothing to send', GIT_ASKPASS=ask)

# --- http.extraHeader ---
note('Noor')
git('a', 'config', 'http.extraHeader', 'Authorization: Basic wrong')
git('a', 'config', '--add', 'http.extraHeader', '')
git('a', 'config', '--add', 'http.extraHeader', f'Authorization: {WANTED}')
git('a', 'config', f'http.http://other.org:{plain}/.extraHeader', 'Authorization: Basic wrong')
git('a', 'config', f'http.http://localhost:{plain}/other.extraHeader', 'Authorization: Basic wrong')
sync('http.extraHeader', 0, '1 commit of yours sent')
git('a', 'config', '--unset-all', 'http.extraHeader')
git('a', 'config', f'http.http://localhost:{plain}/r.git.extraHeader', f'Authorization: {WANTED}')
sync('http.URL.extraHeader', 0, 'nothing to send')
git('a', 'config', '--unset', f'http.http://localhost:{plain}/r.git.extraHeader')
sync('without it', 3, 'a user and a password are needed')

# --- http.followRedirects ---
git('a', 'remote', 'set-url', 'origin', f'http://localhost:{plain}/moved/r.git')
sync('a server that sends us to another', 0, 'nothing to send', GIT_ASKPASS=ask)
git('a', 'config', 'http.followRedirects', 'false')
sync('http.followRedirects off', 3, "cannot reach 'origin'", GIT_ASKPASS=ask)
git('a', 'config', '--unset', 'http.followRedirects')

# --- proxies ---
git('a', 'remote', 'set-url', 'origin', f'https://localhost:{port}/r.git')
for key in ('http.proxy', f'http.https://localhost:{port}.proxy', 'remote.origin.proxy'):
    git('a', 'config', key, f'http://localhost:{plain}')
    Backend.tunnels = 0
    sync(f'https by {key}', 0, 'nothing to send', GIT_ASKPASS=ask)
    point(Backend.tunnels > 0, 'goes by it')
    git('a', 'config', '--unset', key)
git('a', 'remote', 'set-url', 'origin', f'http://localhost:{plain}/r.git')
for key in ('http.proxy', 'remote.origin.proxy'):
    git('a', 'config', key, f'http://localhost:{plain}')
    sync(f'http by {key}, which libgit2 would pass by', 3, f"'{key}'", GIT_ASKPASS=ask)
    git('a', 'config', '--unset', key)

# --- what goes wrong there ---
git('a', 'remote', 'set-url', 'origin', f'http://localhost:{plain}/nowhere.git')
sync('a repository that is not there', 3, "cannot reach 'origin': ", GIT_ASKPASS=ask)
git('a', 'remote', 'set-url', 'origin', f'http://localhost:{plain}/r.git')
script('r.git/hooks/pre-receive', 'echo not today >&2\nexit 1\n')
note('Mia')
sync('a hook that rejects', 3, "'origin' rejects the push: pre-receive hook declined", GIT_ASKPASS=ask)
os.remove(ROOT + '/r.git/hooks/pre-receive')
before = git('a', 'rev-parse', 'main')
git('b', 'pull', '-q')
for i in range(40):
    with open(f'{ROOT}/b/n{i}.md', 'w', encoding='utf-8') as file:
        file.write(f'---\ntype: contact\nname: N{i}\n---\n')
git('b', 'add', '-A')
git('b', 'commit', '-q', '-m', 'many')
git('b', 'push', '-q')
Backend.cut = True
sync('a server that vanishes', 3, "cannot fetch from 'origin'", GIT_ASKPASS=ask)
point(git('a', 'rev-parse', 'main') == before and not git('a', 'status', '--porcelain'),
      'nothing has moved')
Backend.cut = False
sync('and is back', 0, '1 commit of yours sent, 1 received', GIT_ASKPASS=ask)
point(not git('a', 'status', '--porcelain') and 'error' not in git('a', 'fsck', '--strict'),
      'all is there')
done()
