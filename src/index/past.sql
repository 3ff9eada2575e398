-- The history cache: what each commit changed, as acts. A file of its own, since it outlives every
-- change of rules and settings that does not alter how notes are read. ivnotes-index(5) explains it.
-- Times are seconds since 1970; what is absent is NULL.

CREATE TABLE meta (
	key TEXT PRIMARY KEY, -- schema, program, sources, vault, prefix, reading
	value
) WITHOUT ROWID;

-- One row a commit. `time` is the committer's, `written` and `zone` (minutes) the author's, `day`
-- their day there. state: cut (by a shallow clone), unreadable (or some of its notes); NULL: whole.
CREATE TABLE revision (
	revision INTEGER PRIMARY KEY,
	id TEXT NOT NULL,
	parents TEXT NOT NULL, -- ids, separated by spaces
	time INTEGER NOT NULL,
	written INTEGER NOT NULL,
	zone INTEGER NOT NULL,
	day TEXT,
	author TEXT NOT NULL,
	email TEXT NOT NULL,
	subject TEXT NOT NULL,
	state TEXT
);
CREATE UNIQUE INDEX revision_id ON revision (id);

-- The notes that a commit holds otherwise than all its parents. kind: added, changed, removed.
CREATE TABLE change (
	revision INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	kind TEXT NOT NULL,
	path TEXT NOT NULL,
	origin TEXT, -- its path before, where it moved
	type TEXT,
	key TEXT NOT NULL,
	name TEXT NOT NULL,
	unreadable INTEGER NOT NULL,
	PRIMARY KEY (revision, seq)
) WITHOUT ROWID;

-- What the newer version says and the older one does not; what was done to people by its days.
CREATE TABLE act (
	revision INTEGER NOT NULL,
	change INTEGER NOT NULL, -- seq of the note's
	seq INTEGER NOT NULL,
	verb TEXT NOT NULL,
	who TEXT,   -- key of the person's note, as the note refers to it
	name TEXT,  -- and what to call the person
	other TEXT, -- key of somebody who was named
	field TEXT,
	day TEXT,
	minute INTEGER,
	channel TEXT,
	outcome TEXT,
	later TEXT,
	text TEXT,
	was TEXT,
	now TEXT,
	line INTEGER,
	PRIMARY KEY (revision, change, seq)
) WITHOUT ROWID;
