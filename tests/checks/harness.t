#!/bin/sh
# The harness itself: what ought to fail does.
. "$TESTS/lib/tap.sh"

root=$SCRATCH/root
mkdir -p "$root/tests/unit" "$root/build"
cp -R "$TESTS/run" "$TESTS/lib" "$root/tests"
cat >"$root/build/program" <<'END'
#!/bin/sh
echo "today is $IVNOTES_TODAY in $PWD"
END
chmod +x "$root/build/program"

# put CASE FILE: text from stdin
put()
{
	mkdir -p "$root/tests/cases/$1"
	cat >"$root/tests/cases/$1/$2"
}

# verdict WANTED NAME PATH: PASS or FAIL as the harness sees it
verdict()
{
	(cd "$root" && IV_B=build IV_PROG=build/program tests/run "$3") >log 2>&1
	got=$?
	is "$got $(sed -n 's/^Result: //p' log)" "$1" "$2"
}

case_verdict()
{
	verdict "$1" "$2" "tests/cases/$3"
}

echo 'ivnotes' | put good/day cmd
echo "today is 2026-11-23 in \$SCRATCH/vault" | put good/day expect
case_verdict '0 PASS' 'day, place and scratch folder' good/day

echo 'ivnotes' | put good/today cmd
echo 2026-01-02 | put good/today today
echo "today is 2026-01-02 in \$SCRATCH/vault" | put good/today expect
case_verdict '0 PASS' 'a day of its own' good/today

echo 'echo $IVNOTES_TODAY' | put good/days cmd
printf '2026-01-02\n2026-01-03\n' | put good/days days
printf '== 2026-01-02\n2026-01-02\n== 2026-01-03\n2026-01-03\n' | put good/days expect
case_verdict '0 PASS' 'several days' good/days

echo 'cat a.md b.md; rm a.md; exit 3' | put good/files cmd
printf 'one\n' | put good/files/vault a.md
printf 'printf "two\\n" >b.md' | put good/files setup
printf 'one\ntwo\n' | put good/files expect
echo 3 | put good/files status
echo 'ls; echo oops >&2' | put good/files cmd.2
echo b.md | put good/files expect.2
echo oops | put good/files expect.err.2
case_verdict '0 PASS' 'setup, status, two commands' good/files
ok 'two commands are two points' grep -qx '2 passed, 0 failed' log
ok 'the vault itself stays' test -f "$root/tests/cases/good/files/vault/a.md"
(cd "$root" && IV_B=build IV_PROG=build/program \
	tests/run tests/cases/good/day tests/cases/good/files tests/cases/good/day) >log 2>&1
ok 'several of a group, each of them once' grep -qx '3 passed, 0 failed' log

echo 'echo "$HOME|$XDG_CACHE_HOME|$SECRET|$IVNOTES_VAULT|$LC_ALL|$TZ"' | put good/env cmd
echo "\$SCRATCH/home|\$SCRATCH/home/.cache|||C.UTF-8|UTC" | put good/env expect
SECRET=x IVNOTES_VAULT=/ LC_ALL=de_DE TZ=Asia/Tokyo case_verdict '0 PASS' 'the environment' good/env

echo 'exit 1' | put good/skip cmd
echo 'echo not here' | put good/skip skip
case_verdict '0 PASS' 'a case skipped' good/skip

case_verdict '0 PASS' 'all of them' good
ok 'counted' grep -qx '7 passed, 0 failed' log

echo 'ivnotes' | put bad/output cmd
echo 'something else' | put bad/output expect
case_verdict '1 FAIL' 'other output' bad/output
ok 'shows the difference' grep -q '^# -something else' log
ok 'and keeps the folder' test -d "$root/build/tests/failed/bad/output/vault"

echo 'echo talk >&2' | put bad/talk cmd
: | put bad/talk expect
case_verdict '1 FAIL' 'unexpected stderr' bad/talk
: | put bad/talk any-err
case_verdict '0 PASS' 'stderr that does not matter' bad/talk

echo 'exit 3' | put bad/status cmd
: | put bad/status expect
case_verdict '1 FAIL' 'unexpected status' bad/status

echo 'kill -SEGV $$' | put bad/crash cmd
: | put bad/crash expect
case_verdict '1 FAIL' 'a crash' bad/crash

echo 'exec sleep 30' | put bad/seconds cmd
: | put bad/seconds expect
echo 1 | put bad/seconds seconds
case_verdict '1 FAIL' 'a command that takes too long' bad/seconds
ok 'is told with its limit' grep -q 'exit status timeout after 1 s' log

echo 'exit 0' | put bad/nothing cmd
case_verdict '1 FAIL' 'no expectation' bad/nothing

echo 'exit 0' | put bad/setup cmd
: | put bad/setup expect
echo 'exit 1' | put bad/setup setup
case_verdict '1 FAIL' 'a setup that fails' bad/setup

mkdir -p "$root/tests/cli"
printf '. "$TESTS/lib/tap.sh"\nok a true\nok b false\ndone_testing\n' >"$root/tests/cli/point.t"
verdict '1 FAIL' 'a script with a failed point' tests/cli/point.t
printf '. "$TESTS/lib/tap.sh"\nok a true\nexit 0\n' >"$root/tests/cli/broken.t"
verdict '1 FAIL' 'a script that breaks off' tests/cli/broken.t
ok 'counts as a failure' grep -qx '1 passed, 1 failed' log
verdict '2 ' 'a path that is not there' tests/nowhere
done_testing
