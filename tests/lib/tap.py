"""Test points for tests in Python, as TAP: point() each, done() last."""

import os

count = 0


def point(good, name, *talk):
    """One point; `talk` is shown when it failed."""
    global count
    count += 1
    print(f'{"ok" if good else "not ok"} {count} - {name}')
    for line in talk:
        print(f'# {line}')


def done():
    print(f'1..{count}')


def forgive_libgit2():
    """As in tap.sh."""
    os.environ['LSAN_OPTIONS'] = (f'suppressions={os.environ["TESTS"]}/lib/libgit2.supp:'
                                  'print_suppressions=0')
    os.environ['ASAN_OPTIONS'] = 'fast_unwind_on_malloc=0'
