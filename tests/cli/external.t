#!/bin/sh
# A program ivnotes-NAME on PATH is a command.
. "$TESTS/lib/tap.sh"

unset IVNOTES_TODAY IVNOTES_VAULT
mkdir -p vault/.ivnotes vault/sub bin
cat >bin/ivnotes-foo <<'END'
#!/bin/sh
printf '%s\n' "vault=$IVNOTES_VAULT" "today=${IVNOTES_TODAY-none}" "$@"
exit 7
END
printf 'echo no line that names an interpreter\n' >bin/ivnotes-bare
printf '#!/bin/sh\necho mine\n' >bin/ivnotes-check
chmod +x bin/ivnotes-foo bin/ivnotes-bare bin/ivnotes-check
printf '#!/bin/sh\n' >bin/ivnotes-plain
PATH=$SCRATCH/bin:$PATH
cd vault/sub || exit 1

ivnotes --today 2026-01-02 --format=json -q foo --bar -- 'a b' >got
is $? 7 'its exit status is ours'
printf '%s\n' "vault=$SCRATCH/vault" today=2026-01-02 --format=json --quiet --bar -- 'a b' >expected
same got expected 'vault and day in the environment, the rest as words'
ivnotes -C . foo >got
printf '%s\n' "vault=$SCRATCH/vault/sub" today=none >expected
same got expected 'the vault of -C, and no day where none was given'
is "$(ivnotes --today '2 Jan 2026' foo | grep today)" today=2026-01-02 'a day in words is handed on as a date'
is "$(IVNOTES_TODAY='2 Jan 2026' ivnotes foo | grep today)" today=2026-01-02 '... from the environment, too'
status_is 2 'a day that is none' ivnotes --today soon foo
is "$(ivnotes bare)" 'no line that names an interpreter' 'a script without an interpreter line'
is "$(ivnotes --version check | cut -d' ' -f1)" ivnotes 'our own commands come first'
status_is 2 'a file that is not executable is no command' ivnotes plain
status_is 2 'a name with a slash is no command' ivnotes ../../bin/ivnotes-foo
status_is 3 'a vault that is not there' ivnotes -C nowhere foo
cp ../../bin/ivnotes-foo ivnotes-here
is "$(PATH=:$PATH ivnotes here 2>/dev/null)" '' 'not from the current folder by an empty entry of PATH'

# SIGPIPE is as it was: a program that writes on after its reader has gone would run for ever.
printf '#!/bin/sh\nexec yes\n' >../../bin/ivnotes-yes
chmod +x ../../bin/ivnotes-yes
is "$({ timeout 60 ivnotes yes; echo $? >status; } | head -n 1)" y 'it may be cut off'
is "$(cat status)" 141 '... by SIGPIPE'
done_testing
