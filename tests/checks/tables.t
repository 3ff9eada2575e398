#!/bin/sh
# The manual pages name every field, alias, setting and table of the index.
. "$TESTS/lib/tap.sh"
cd "$ROOT" || exit 1

# names FILE: the words in quotes at the start of each row of a table in C
first_words()
{
	sed -n 's/^	{"\([a-z-]*\)".*/\1/p' "$1"
}

# named PAGE WORD: the page's text says the word
named()
{
	grep -Eq "(^\\.It Ic|^\\.Ic|[ ,(])(.* )?$2( |,|\$)" "$1"
}

for word in $(first_words src/note/fields.c) $(sed -n 's/.*IV_FIELD_[A-Z]*, WORDS(\([^)]*\)).*/\1/p' \
	src/note/fields.c | tr -d '",'); do
	ok "ivnotes-format(5) has $word" named man/ivnotes-format.5 "$word"
done
for word in $(first_words src/vault/settings.c); do
	ok "ivnotes-config(5) has $word" named man/ivnotes-config.5 "$word"
done
for word in $(sed -n 's/^CREATE \(TABLE\|VIEW\) \([a-z_]*\).*/\2/p' src/index/schema.sql \
	src/index/words.sql); do
	ok "ivnotes-index(5) has $word" named man/ivnotes-index.5 "$word"
done
done_testing
