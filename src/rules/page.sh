#!/bin/sh
# page.sh TEMPLATE RULE.sql...: ivnotes-rules(7), its three lists made of the rules' headers.
set -eu
here=$(dirname "$0")
template=$1
shift

while IFS= read -r line; do
	case $line in
	@OWED@) awk -v KIND=owed -f "$here/page.awk" "$@" ;;
	@UNWISE@) awk -v KIND=unwise -f "$here/page.awk" "$@" ;;
	@BROKEN@) awk -v KIND=broken -f "$here/page.awk" "$@" ;;
	*) printf '%s\n' "$line" ;;
	esac
done <"$template"
