#!/bin/sh
# The manual pages name every field, alias, setting, topic of questions and table of the index, and
# ivnotes-rules(7) the days of what is owed as the rules' settings have them.
. "$TESTS/lib/tap.sh"
cd "$ROOT" || exit 1

# names FILE: the words in quotes at the start of each row of a table in C
first_words()
{
	sed -n 's/^	{"\([a-z.-]*\)".*/\1/p' "$1"
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
for word in $(first_words src/note/bank.c); do
	ok "ivnotes-prep(1) has $word" named man/ivnotes-prep.1 "$word"
done
for word in $(sed -n 's/^CREATE \(TABLE\|VIEW\) \([a-z_]*\).*/\2/p' src/index/schema.sql \
	src/index/words.sql src/index/past.sql | sort -u); do
	ok "ivnotes-index(5) has $word" named man/ivnotes-index.5 "$word"
done

# has_days ID: its row in the table of days has the default of each of its spans
has_days()
{
	row=$(grep "^\\.It Sy $1 Ta .* Ta .* Ta " man/ivnotes-rules.7.in) || return 1
	# not how long silence lasts, nor how much earlier a moved meeting may be
	for span in $(grep -v '\.silence\|\.earlier' "src/rules/$1.sql" |
		sed -n 's/^-- setting: [a-z.-]* span -\{0,1\}\([^ ]*\).*/\1/p'); do
		case $row in *[+-]"$span"[\ ,]* | *[+-]"$span") ;; *) return 1 ;; esac
	done
}
for id in $(grep -l '^-- kind: owed' src/rules/*.sql | sed 's/.*\/\(.*\)\.sql/\1/'); do
	ok "ivnotes-rules(7) has the days of $id" has_days "$id"
done
done_testing
