#!/bin/sh
# install and uninstall, and somebody else's program on the installed library.
. "$TESTS/lib/tap.sh"

stage=$SCRATCH/stage
prefix=/opt/iv
installed=$stage$prefix

# in_root GOAL: make with the variables of the make that runs the tests
in_root()
{
	make -s -C "$ROOT" DESTDIR="$stage" PREFIX="$prefix" "$1"
}

# The library may reach for nothing but what is under the stage, so pkg-config looks there first.
installed_config()
{
	PKG_CONFIG_PATH=$installed/lib/pkgconfig pkg-config \
		--define-variable=prefix="$installed" "$@" ivnotes
}

cat >third.c <<'END'
#include <ivnotes/note.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
	const char *bytes = "---\ntype: contact\nname: Jane Green\n---\n";
	struct iv_str path = {"jane-green.md", strlen("jane-green.md")};
	struct iv_str text = {bytes, strlen(bytes)};
	struct iv_note *note = iv_note_parse(path, text, NULL);
	printf("%s: %.*s\n", iv_version(), (int)note->name.len, note->name.ptr);
	iv_note_free(note);
	return 0;
}
END

build_shared()
{
	# shellcheck disable=SC2046,SC2086 # words of a command line
	$IV_CC -o shared third.c $SAN $(installed_config --cflags --libs) -Wl,-rpath,"$installed/lib"
}

# The static library by name, because -l would take the shared one beside it.
build_static()
{
	# shellcheck disable=SC2046,SC2086
	$IV_CC -o static third.c $SAN $(installed_config --cflags) "$installed/lib/libivnotes.a" \
		$(installed_config --static --libs | sed 's/-livnotes//')
}

# Instrumented libraries need their runtime.
case $V in
asan) SAN=-fsanitize=address,undefined ;;
cov) SAN=--coverage ;;
*) SAN= ;;
esac

ok 'install' in_root install
[ -x "$installed/bin/ivnotes" ] || {
	done_testing
	exit
}
ok 'the program runs' "$installed/bin/ivnotes" --version
version=$(installed_config --modversion)
is "$("$installed/bin/ivnotes" --version | sed 's/^ivnotes //;q')" "$version" \
	'the program and ivnotes.pc name one version'
is "$(cd "$installed/include/ivnotes" && echo *.h)" "$(cd "$ROOT/include/ivnotes" && echo *.h)" \
	'all public headers are there'
# names FOLDER: of the pages in it, generated ones too
names()
{
	find "$1" -name '*.[157]' -o -name '*.in' | sed 's,.*/,,; s,\.in$,,' | LC_ALL=C sort
}
is "$(names "$installed/share/man")" "$(names "$ROOT/man")" 'all man pages are there'
for script in bash:bash-completion/completions/ivnotes zsh:zsh/site-functions/_ivnotes \
	fish:fish/vendor_completions.d/ivnotes.fish; do
	shell=${script%%:*}
	"$installed/bin/ivnotes" completion "$shell" >script
	same "$installed/share/${script#*:}" script "the script for $shell is there"
done
not_ok 'no path of the stage is written down' grep -r "$stage" "$installed/lib/pkgconfig"

# What the shared library shows is what the public headers mark.
grep -ho '^IV_API [^;(]*(' "$ROOT"/include/ivnotes/*.h | sed 's/.*[ *]\([a-z_0-9]*\)($/\1/' |
	LC_ALL=C sort >declared
nm -D --defined-only "$installed"/lib/libivnotes.so | awk '$2 ~ /[TDBR]/ { print $3 }' |
	LC_ALL=C sort >exported
if [ -z "$SAN" ]; then
	same exported declared 'the shared library exports the public functions and no other'
else
	skip 'exported symbols' 'an instrumented library has more'
fi

ok 'a program builds on the shared library' build_shared
is "$(./shared)" "$version: Jane Green" 'and runs'
ok 'a program builds on the static library' build_static
is "$(./static)" "$version: Jane Green" 'and runs without the shared one'

ok 'uninstall' in_root uninstall
is "$(find "$stage" ! -type d)" '' 'uninstall leaves no file'
done_testing
