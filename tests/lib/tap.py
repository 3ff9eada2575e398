"""Test points for tests in Python, as TAP: point() each, done() last."""

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
