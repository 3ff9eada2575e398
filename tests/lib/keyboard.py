"""An interactive bash or zsh at a terminal: keys go in, the line that they made comes out."""
import os
import pty
import select
import signal
import time

START = {
    'bash': (['bash', '--norc', '--noprofile', '-i'],
             '''dump() { printf '%s\\n' "$READLINE_LINE" >>"$OUT"; }
bind -x '"\\C-g": dump'
bind 'set bell-style none'
'''),
    'zsh': (['zsh', '-f', '-i'],
            '''dump() { print -r -- "$BUFFER" >>$OUT }
zle -N dump; bindkey -e; bindkey '^G' dump; setopt no_beep
autoload -Uz compinit; compinit -D -u
'''),
}


class Keyboard:
    """`setup` is read first; then line(KEYS) types them on an empty line."""

    def __init__(self, shell, setup, scratch, folder):
        command, start = START[shell]
        self.out, self.talk, self.lines = f'{scratch}/{shell}.out', b'', 0
        with open(f'{scratch}/{shell}.start', 'w') as file:
            file.write(start + setup + '\n')
        open(self.out, 'w').close()
        self.pid, self.fd = pty.fork()
        if not self.pid:
            os.chdir(folder)
            env = dict(os.environ, OUT=self.out, TERM='vt100', COLUMNS='200', LINES='50')
            os.execvpe(command[0], command, env)
        self.write(f'. {scratch}/{shell}.start\n')
        self.line('')

    def write(self, text):
        os.write(self.fd, text.encode())

    def listen(self):
        ready, _, _ = select.select([self.fd], [], [], 0.02)
        if ready:
            self.talk += os.read(self.fd, 65536)

    def line(self, keys):
        """What stands on the line after these keys, or what the terminal shows if nothing comes."""
        self.talk = b''
        self.write(keys + '\a')
        self.lines += 1
        until = time.monotonic() + 120
        while time.monotonic() < until:
            self.listen()
            with open(self.out) as file:
                lines = file.read().split('\n')
            if len(lines) > self.lines:
                self.write('\x15')
                return lines[self.lines - 1]
        return f'nothing: {self.talk!r}'

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
