#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"
#include "note/body.h"
#include "note/encoding.h"
#include "note/header.h"
#include "note/typed.h"

static const struct iv_syntax no_syntax = {NULL, NULL, NULL, NULL};

static struct iv_note *note_new(struct iv_str path)
{
	struct iv_arena *arena = iv_arena_new();
	struct iv_note *note = iv_arena_calloc(arena, 1, sizeof(*note));
	struct iv_str name = iv_path_name(path);

	note->arena = arena;
	note->path = path;
	if (name.len > 3 && iv_str_is_nocase(iv_str_slice(name, name.len - 3, name.len), ".md"))
		name.len -= 3;
	note->id = note->name = name;
	note->key = iv_fold(arena, name);
	note->name_pos = (struct iv_pos){1, 1};
	note->created.day = IV_NO_DAY;
	return note;
}

/* Moves a grown list into the note's arena. */
#define KEEP(list, count_name, from)                                                            \
	(note->list =                                                                           \
		 iv_arena_copy(note->arena, (from).items, (from).count, sizeof(*(from).items)), \
	 note->count_name = (from).count, free((from).items))

static void finish(struct iv_reader *reader)
{
	struct iv_note *note = reader->note;

	note->body = reader->body;
	note->body_line = reader->body_line;
	KEEP(fields, field_count, reader->fields);
	KEEP(aliases, alias_count, reader->aliases);
	KEEP(refs, ref_count, reader->refs);
	KEEP(files, file_count, reader->files);
	KEEP(records, record_count, reader->records);
	KEEP(tasks, task_count, reader->tasks);
	KEEP(questions, question_count, reader->questions);
	KEEP(leads, lead_count, reader->leads);
	KEEP(sections, section_count, reader->sections);
	KEEP(problems, problem_count, reader->problems);
	KEEP(ignores, ignore_count, reader->ignores);
	free(reader->defs.items);
}

static void read_note(struct iv_reader *reader)
{
	iv_header_find(reader);
	iv_header_read(reader);
	iv_fields_read(reader);
	iv_body_read(reader);
	switch (reader->note->type) {
	case IV_TYPE_CONTACT: iv_contact_read(reader); break;
	case IV_TYPE_MEETING: iv_meeting_read(reader); break;
	case IV_TYPE_ORGANIZATION: iv_organization_read(reader); break;
	case IV_TYPE_NONE: break;
	}
}

struct iv_note *iv_note_parse(struct iv_str path, struct iv_str bytes,
			      const struct iv_syntax *syntax)
{
	struct iv_reader reader = {.note = note_new(path)};

	reader.arena = reader.note->arena;
	reader.syntax = syntax ? syntax : &no_syntax;
	if (iv_encoding_read(&reader, bytes.ptr ? bytes : (struct iv_str){"", 0}))
		read_note(&reader);
	else
		reader.note->unreadable = true;
	finish(&reader);
	return reader.note;
}

struct iv_note *iv_note_unreadable(struct iv_str path, const char *rule, const char *message)
{
	struct iv_note *note = note_new(path);
	struct iv_problem problem = {rule, {1, 1}, false, {NULL, 0}};

	problem.message = iv_arena_str(note->arena, iv_str_of(message));
	note->problems = iv_arena_copy(note->arena, &problem, 1, sizeof(problem));
	note->problem_count = 1;
	note->unreadable = true;
	return note;
}

void iv_note_free(struct iv_note *note)
{
	if (note)
		iv_arena_free(note->arena);
}

const struct iv_field *iv_note_field(const struct iv_note *note, const char *name)
{
	size_t i;

	for (i = 0; i < note->field_count; i++)
		if (iv_str_is(note->fields[i].name, name))
			return &note->fields[i];
	return NULL;
}
