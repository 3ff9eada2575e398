#!/bin/sh
# SARIF 2.1.0: what the standard demands of the parts that we write (OASIS, sections 3.13 to 3.49).
. "$TESTS/lib/tap.sh"

IVNOTES_TODAY=2026-11-23
export IVNOTES_TODAY
cp -R "$ROOT/examples/notes" vault
cd vault || exit 1
mkdir 'an odd folder: 100%'
printf '%s\n' --- 'type: meeting' --- >'an odd folder: 100%/Zoë #1?.md'
ivnotes check -q --all --fail-on=never --format=sarif >../s.sarif
cd ..

holds() { ok "$1" jq -e "$2" s.sarif; }
holds 'one JSON object' 'type == "object"'
holds 'version and schema (3.13)' '.version == "2.1.0" and (."$schema" | startswith("https://"))'
holds 'nothing but what the standard names' '
	(keys - ["$schema", "version", "runs"]) == [] and
	(.runs[0] | keys - ["tool", "columnKind", "originalUriBaseIds", "results"]) == [] and
	all(.runs[0].results[];
		(keys - ["ruleId", "ruleIndex", "level", "message", "locations",
			"partialFingerprints"]) == []) and
	all(.runs[0].tool.driver.rules[];
		(keys - ["id", "shortDescription", "fullDescription", "help",
			"defaultConfiguration", "properties"]) == [])'
holds 'columns are code points (3.14.17)' '.runs[0].columnKind == "unicodeCodePoints"'
holds 'every rule is described (3.49)' '
	.runs[0].tool.driver.rules | length > 10 and
	all(.[]; .id and .shortDescription.text and .fullDescription.text and .help.text and
		(.defaultConfiguration.level | IN("note", "warning", "error")))'
holds 'rule ids are unique' '.runs[0].tool.driver.rules | map(.id) | length == (unique | length)'
holds 'results point to their rule (3.27.6)' '
	.runs[0] as $run | $run.results | length > 10 and
	all(.[]; $run.tool.driver.rules[.ruleIndex].id == .ruleId)'
holds 'levels (3.27.10)' 'all(.runs[0].results[]; .level | IN("note", "warning", "error"))'
holds 'regions count from 1 (3.30)' '
	[.runs[0].results[].locations[0].physicalLocation.region | values] | length > 10 and
	all(.[]; .startLine >= 1 and .startColumn >= 1)'
holds 'relative URIs with a declared base (3.4)' '
	.runs[0].originalUriBaseIds as $bases |
	all(.runs[0].results[].locations[].physicalLocation.artifactLocation;
		$bases[.uriBaseId] and (.uri | test("^([A-Za-z0-9._~/!$&()*+,;=@\u0027-]|%[0-9A-F]{2})+$")))'
holds 'odd names are percent-encoded' '
	[.runs[0].results[].locations[0].physicalLocation.artifactLocation.uri] |
	index("an%20odd%20folder%3A%20100%25/Zo%C3%AB%20%231%3F.md") != null'
holds 'fingerprints are unique (3.27.17)' '
	.runs[0].results | map(.partialFingerprints["ivnotes/v1"]) | length == (unique | length)'

# A fingerprint stays when lines move and when the note moves to another folder.
prints() { jq -r '.runs[0].results[] | select(.ruleId == "thank-you") | .partialFingerprints[]' "$1" | sort; }
prints s.sarif >before
ok 'there are some to follow' [ -s before ]
mkdir vault/elsewhere
mv vault/meetings/*.md vault/elsewhere/
for note in vault/elsewhere/*.md; do
	sed '1a created: 2026-09-01' "$note" >x && mv x "$note"
done
(cd vault && ivnotes check -q --all --fail-on=never --format=sarif) >moved.sarif
prints moved.sarif >after
same after before 'fingerprints outlive moves'
done_testing
