# page.awk KIND=owed FILE.sql...: the rules of one kind as an mdoc list, from their headers.
# Headers are read as rule.c reads them: "-- key: text", longer texts on lines indented further.

function quote(text)
{
	gsub(/\\/, "\\e", text)
	if (text ~ /^[.']/)
		text = "\\&" text
	return text
}

# New sentences on new lines of at most 78 bytes, as manual pages are kept.
function paragraph(text, words, count, line, i)
{
	count = split(text, words, " ")
	line = ""
	for (i = 1; i <= count; i++) {
		if (line != "" && length(line) + length(words[i]) > 77) {
			print quote(line)
			line = ""
		}
		line = line == "" ? words[i] : line " " words[i]
		if (words[i] ~ /\.$/) {
			print quote(line)
			line = ""
		}
	}
	if (line != "")
		print quote(line)
}

function flush_key()
{
	if (key == "setting")
		settings[++setting_count] = text
	else if (key == "pattern") {
		sub(/ /, " patterns [] ", text)
		settings[++setting_count] = text
	}
	else if (key != "")
		value[key] = text
	key = ""
}

function flush_rule(i, words, summary)
{
	flush_key()
	if (value["id"] != "" && value["kind"] == KIND) {
		print ".It Sy " value["id"] " Pq " value["severity"] (value["default"] == "off" ? ", off by default" : "")
		paragraph(toupper(substr(value["summary"], 1, 1)) substr(value["summary"], 2) ".")
		paragraph(value["why"])
		print ".br\nTo mend:"
		paragraph(value["remedy"] ".")
		for (i = 1; i <= setting_count; i++) {
			split(settings[i], words, " ")
			summary = settings[i]
			sub(/^[^ ]+ +[^ ]+ +[^ ]+ */, "", summary)
			print ".br\n.Ql " words[1] ": " words[3]
			paragraph(summary ".")
		}
		print ".br"
		paragraph("Source: " value["source"] ".")
	}
	split("", value)
	split("", settings)
	setting_count = 0
}

FNR == 1 { flush_rule(); header = 1 }
header && /^-- [a-z]+: / {
	flush_key()
	key = substr($2, 1, length($2) - 1)
	text = $0
	sub(/^-- [a-z]+: */, "", text)
	next
}
header && /^--  / {
	if (key == "pattern")
		next
	more = $0
	sub(/^-- */, "", more)
	text = text " " more
	next
}
{ header = 0 }
END { flush_rule() }
