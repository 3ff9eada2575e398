-- The index: facts of the notes, never their text. ivnotes-index(5) explains it to readers.
-- Days are ISO 8601 text (YYYY-MM-DD), lines and columns count from 1 (columns in bytes),
-- durations are minutes, flags are 0 or 1; what is absent is NULL.

CREATE TABLE meta (
	key TEXT PRIMARY KEY, -- schema, program, vault, reading, rules, horizon, links, recorded
	value
) WITHOUT ROWID;

-- One row a note. `type` is contact, meeting, organization or NULL.
-- Times are nanoseconds; `hash` is of the content; `racy` 1: changed in the tick it was read in.
CREATE TABLE note (
	note INTEGER PRIMARY KEY,
	path TEXT NOT NULL,
	size INTEGER NOT NULL,
	mtime INTEGER NOT NULL,
	ctime INTEGER NOT NULL,
	inode INTEGER NOT NULL,
	racy INTEGER NOT NULL,
	hash INTEGER NOT NULL,
	type TEXT,
	id TEXT NOT NULL,
	key TEXT NOT NULL, -- id as references are compared
	name TEXT NOT NULL,
	name_line INTEGER NOT NULL,
	created TEXT
);

-- The times, sizes and paths of 256 notes a row (chunk = note / 256) as bytes, since a refresh
-- that finds nothing changed must read little else. For ivnotes alone: note says the same.
CREATE TABLE stamp (
	chunk INTEGER PRIMARY KEY,
	data BLOB NOT NULL
);

-- Every field as one JSON object: canonical names, scalars as text.
CREATE TABLE fields (
	note INTEGER PRIMARY KEY,
	json TEXT NOT NULL
);

-- What a reference may be resolved by. rank: 1 id, 2 alias, 3 name.
CREATE TABLE name (
	key TEXT NOT NULL,
	rank INTEGER NOT NULL,
	note INTEGER NOT NULL,
	PRIMARY KEY (key, rank, note)
) WITHOUT ROWID;
CREATE INDEX name_note ON name (note);

-- References. field: a canonical field name or 'body'; form: bare, wiki, link.
-- target: the note it means, if any; matches: how many notes it could mean, -1 where it means no
-- note (another extension, out of the vault, a folder that is left out). Names in the free text
-- of records have no row here, see mention.
CREATE TABLE ref (
	note INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	field TEXT NOT NULL,
	record INTEGER, -- seq of the record it stands in
	form TEXT NOT NULL,
	line INTEGER NOT NULL,
	col INTEGER NOT NULL,
	text TEXT NOT NULL,
	key TEXT NOT NULL,
	target INTEGER,
	matches INTEGER NOT NULL,
	PRIMARY KEY (note, seq)
) WITHOUT ROWID;
CREATE INDEX ref_target ON ref (target, field) WHERE target IS NOT NULL;
CREATE INDEX ref_key ON ref (key);

-- Whom a record speaks of, linked or by name: record `record` of `note` names the note `target`.
CREATE TABLE mention (
	note INTEGER NOT NULL,
	record INTEGER NOT NULL,
	target INTEGER NOT NULL,
	PRIMARY KEY (note, record, target)
) WITHOUT ROWID;
CREATE INDEX mention_target ON mention (target);

CREATE TABLE contact (
	note INTEGER PRIMARY KEY,
	soft INTEGER NOT NULL, -- relation friend, family or mentor
	relation TEXT,
	source TEXT,
	purpose TEXT,
	email TEXT,  -- case folded
	email_line INTEGER,
	phone TEXT,  -- digits, a leading + kept
	phone_line INTEGER,
	reachable INTEGER NOT NULL, -- has an email, phone, address or profile
	connected TEXT,
	keep_in_touch TEXT,
	paused TEXT,
	do_not_contact TEXT, -- a day; '0001-01-01' when given without one
	do_not_contact_line INTEGER,
	referrals_given INTEGER NOT NULL
);
CREATE INDEX contact_email ON contact (email) WHERE email IS NOT NULL;
CREATE INDEX contact_phone ON contact (phone) WHERE phone IS NOT NULL;
CREATE INDEX contact_unwanted ON contact (do_not_contact) WHERE do_not_contact IS NOT NULL;

CREATE TABLE meeting (
	note INTEGER PRIMARY KEY,
	day TEXT,
	minute INTEGER, -- of the day
	date_line INTEGER,
	kind TEXT NOT NULL, -- informational, catch-up, job
	via TEXT,
	state TEXT, -- scheduled, held, cancelled, moved, no-show, missed
	planned INTEGER,
	planned_by TEXT, -- me, them, meal
	planned_line INTEGER,
	actual INTEGER,
	actual_line INTEGER,
	extended INTEGER, -- minutes; -1: by them, length unknown
	spoke INTEGER,
	spoke_line INTEGER,
	opening INTEGER NOT NULL,  -- an opening statement, as field or section
	prose INTEGER NOT NULL,
	evidence INTEGER NOT NULL,
	resume TEXT,
	resume_line INTEGER,
	paid TEXT,
	paid_line INTEGER,
	rating INTEGER,
	rating_line INTEGER,
	referrals_given INTEGER NOT NULL
);
CREATE INDEX meeting_day ON meeting (day);
-- Few are: see view ahead.
CREATE INDEX meeting_open ON meeting (day) WHERE evidence = 0;

CREATE TABLE organization (
	note INTEGER PRIMARY KEY,
	target INTEGER NOT NULL,
	rank TEXT,
	stance TEXT,
	pursuing TEXT,
	pursuing_line INTEGER
);

-- field: outreach, touches, reported, thank-you, feeler, follow-up.
-- outcome_day is the day of a yes or no, or of the request when none is given;
-- later_day the day to come back on.
CREATE TABLE record (
	note INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	field TEXT NOT NULL,
	line INTEGER NOT NULL,
	col INTEGER NOT NULL,
	day TEXT,
	channel TEXT,
	minutes INTEGER,
	outcome TEXT,
	outcome_day TEXT,
	later_day TEXT,
	skipped INTEGER NOT NULL,
	text TEXT,
	PRIMARY KEY (note, seq)
) WITHOUT ROWID;

CREATE TABLE task (
	note INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	line INTEGER NOT NULL,
	col INTEGER NOT NULL,
	state TEXT NOT NULL, -- open, done, cancelled
	due TEXT,
	waiting INTEGER NOT NULL,
	section TEXT,
	text TEXT NOT NULL,
	PRIMARY KEY (note, seq)
) WITHOUT ROWID;

CREATE TABLE question (
	note INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	line INTEGER NOT NULL,
	col INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (note, seq)
) WITHOUT ROWID;

CREATE TABLE lead (
	note INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	line INTEGER NOT NULL,
	col INTEGER NOT NULL,
	text TEXT NOT NULL,
	reported TEXT,
	PRIMARY KEY (note, seq)
) WITHOUT ROWID;

-- Sections that rules look at: request.
CREATE TABLE section (
	note INTEGER NOT NULL,
	name TEXT NOT NULL,
	line INTEGER NOT NULL,
	words INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (note, name)
) WITHOUT ROWID;

-- What only the parser can see; the rule of that id turns it into findings.
CREATE TABLE problem (
	note INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	rule TEXT NOT NULL,
	line INTEGER NOT NULL,
	col INTEGER NOT NULL,
	severity TEXT, -- NULL: the rule's own
	message TEXT NOT NULL,
	PRIMARY KEY (note, seq)
) WITHOUT ROWID;

-- ivnotes-ignore; 0 to 0 is the whole note.
CREATE TABLE suppression (
	note INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	rule TEXT NOT NULL,
	line INTEGER NOT NULL,
	col INTEGER NOT NULL,
	first_line INTEGER NOT NULL,
	last_line INTEGER NOT NULL,
	PRIMARY KEY (note, seq)
) WITHOUT ROWID;

-- When the git history first had a record, where that was after the day it claims; filled while
-- rule back-filled is on. field: as in record, `answer` or `date` (of a meeting); start: the day, or
-- that of the first commit where that is later.
CREATE TABLE recorded (
	path TEXT NOT NULL,
	field TEXT NOT NULL,
	day TEXT NOT NULL,
	channel TEXT,
	start TEXT NOT NULL,
	recorded TEXT NOT NULL
);
CREATE INDEX recorded_path ON recorded (path);

-- What the rules found. It holds on a day D when since <= D <= until, open where NULL.
-- who: a note, or the name of somebody who has none. suppressed 1: kept for unused-ignore only.
-- What ended before the horizon in meta is left out: nobody asked about so early a day.
CREATE TABLE finding (
	rule TEXT NOT NULL,
	note INTEGER NOT NULL,
	line INTEGER NOT NULL,
	col INTEGER NOT NULL,
	who,
	since TEXT,
	due TEXT,
	until TEXT,
	severity TEXT NOT NULL,
	message TEXT NOT NULL,
	suppressed INTEGER NOT NULL
);
CREATE INDEX finding_note ON finding (note);
CREATE INDEX finding_until ON finding (until);
CREATE INDEX finding_suppressed ON finding (note, rule, line) WHERE suppressed = 1;

-- Rules of one's own whose query failed, and why and where in their file; none has findings.
CREATE TABLE failure (
	rule TEXT PRIMARY KEY,
	line INTEGER NOT NULL,
	col INTEGER NOT NULL,
	message TEXT NOT NULL
) WITHOUT ROWID;
