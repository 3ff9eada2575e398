#include "cmd/draft/letter.h"

#include <stdlib.h>
#include <string.h>

#include <ivnotes/vcs.h>

#include "base/embedded.h"

/* ---- the person ---- */

static int read_note(struct draft *draft, const char *path, struct iv_error *error)
{
	struct cmd *cmd = draft->cmd;
	int rc;

	iv_note_free(draft->note);
	draft->note = NULL;
	iv_buf_clear(&draft->bytes);
	rc = cmd_read(&draft->bytes, cmd, path, error);
	if (!rc)
		draft->note = iv_note_parse(iv_str_of(path), iv_buf_view(&draft->bytes),
					    iv_config_syntax(cmd->config));
	return rc;
}

/* The names under `contact`, each once: "'ann', 'ben'"; *first is one of them. */
static size_t list_people(struct iv_buf *list, const struct iv_ref **first,
			  const struct iv_note *note)
{
	size_t count = 0;

	for (size_t i = 0; i < note->ref_count; i++) {
		const struct iv_ref *ref = &note->refs[i];

		if (strcmp(ref->field, "contact") != 0 ||
		    (count && iv_str_eq((*first)->key, ref->key)))
			continue;
		iv_buf_printf(list, "%s'%.*s'", count ? ", " : "", IV_STR_ARG(ref->text));
		if (!count++)
			*first = ref;
	}
	return count;
}

/* The one person of a meeting; *path is the caller's to free. */
static int person_of(char **path, struct draft *draft, struct iv_error *error)
{
	struct iv_str id = draft->note->id, name;
	struct iv_buf list = IV_BUF_INIT;
	const struct iv_ref *person = NULL;
	size_t count = list_people(&list, &person, draft->note);
	int rc;

	if (count == 1) {
		name = person->form == IV_REF_BARE ? person->text : person->key;
		char *word = iv_strndup(name.ptr, name.len);
		rc = iv_index_resolve(path, draft->cmd->index, word, error);
		free(word);
	} else if (count) {
		rc = iv_error_set(error, IV_EAMBIGUOUS,
				  "several people were at '%.*s', expected one of them to write "
				  "to: %s",
				  IV_STR_ARG(id), list.ptr);
	} else {
		rc = iv_error_set(error, IV_ENOTFOUND,
				  "the meeting '%.*s' names nobody, expected a contact",
				  IV_STR_ARG(id));
	}
	iv_buf_release(&list);
	return rc;
}

static int find_person(struct draft *draft, const char *word, struct iv_error *error)
{
	int rc = cmd_resolve_as(&draft->path, draft->cmd, word, 1u << IV_TYPE_CONTACT, error);

	if (!rc)
		rc = read_note(draft, draft->path, error);
	if (!rc && draft->note->type == IV_TYPE_MEETING) {
		draft->meeting = draft->path;
		draft->path = NULL;
		rc = person_of(&draft->path, draft, error);
		if (!rc)
			rc = read_note(draft, draft->path, error);
	}
	if (!rc && !draft->note->contact)
		rc = iv_error_set(error, IV_EREFUSED,
				  "'%s' is no contact's note, expected somebody to write to",
				  draft->path);
	return rc;
}

/* Nobody gets a letter who does not want one; a pause is for the writer to judge. */
static int check_welcome(const struct draft *draft, struct iv_error *error)
{
	const struct iv_contact *contact = draft->note->contact;
	iv_day today = draft->cmd->today;
	char day[11] = "";

	if (contact->do_not_contact.text.ptr &&
	    (contact->do_not_contact_day == IV_NO_DAY || contact->do_not_contact_day <= today)) {
		char *path = cmd_relative(draft->cmd, draft->path);

		iv_error_set(error, IV_EREFUSED,
			     "'%.*s' does not want to be written to: do-not-contact is '%.*s'",
			     IV_STR_ARG(draft->note->name),
			     IV_STR_ARG(contact->do_not_contact.text));
		iv_error_at(error, path, contact->do_not_contact.pos);
		free(path);
		return IV_EREFUSED;
	}
	if (contact->paused.day != IV_NO_DAY && contact->paused.day > today) {
		iv_day_format(day, contact->paused.day);
		cmd_warn(draft->cmd, "'%.*s' is paused until %s", IV_STR_ARG(draft->note->name),
			 day);
	}
	return 0;
}

/* ---- the sender, the template ---- */

static const char *first_of(const char *configured, const char *otherwise)
{
	return configured && *configured ? configured : otherwise;
}

/* git is only asked for what the config does not say. */
static void find_sender(struct draft *draft)
{
	const struct iv_config *config = draft->cmd->config;
	const char *name = iv_config_get(config, "me.name");
	const char *email = iv_config_get(config, "me.email");
	bool mail = strcmp(draft->cmd->format, "eml") == 0;

	if (!first_of(name, NULL) || (mail && !first_of(email, NULL)))
		iv_repo_user(&draft->git_name, &draft->git_email, draft->cmd->vault);
	draft->sender = (struct iv_sender){
		.name = first_of(name, draft->git_name),
		.about = iv_config_get(config, "me.about"),
		.email = first_of(email, draft->git_email),
		.phone = iv_config_get(config, "me.phone"),
	};
}

/* One's own before ours; *shown is its path as the person sees it, the caller's to free. */
static int find_template(struct draft *draft, char **shown, struct iv_error *error)
{
	struct cmd *cmd = draft->cmd;
	const char *name = first_of(draft->template, iv_letter_words[draft->kind]);
	struct iv_buf file = IV_BUF_INIT, path = IV_BUF_INIT, built_in = IV_BUF_INIT;
	const char *ours;
	char *bytes = NULL;
	size_t len = 0;

	iv_buf_printf(&file, "%s.txt", name);
	iv_buf_printf(&path, "%s/%s", IV_TEMPLATES_FOLDER, file.ptr);
	iv_buf_printf(&built_in, "view/letters/%s", file.ptr);
	*shown = cmd_relative(cmd, path.ptr);
	ours = iv_embedded_text(built_in.ptr);
	int rc = iv_vault_template(&bytes, &len, cmd->vault, file.ptr, error);
	if (!rc)
		iv_buf_add(&draft->text, bytes, len);
	if (rc == IV_ENOTFOUND && ours) {
		iv_error_release(error);
		iv_buf_puts(&draft->text, ours);
		rc = 0;
	} else if (rc == IV_ENOTFOUND) {
		iv_error_set(error, rc, "no template '%s', expected %s", name, *shown);
	}
	if (rc) {
		free(error->path);
		error->path = iv_strdup(*shown);
	}
	free(bytes);
	iv_buf_release(&file);
	iv_buf_release(&path);
	iv_buf_release(&built_in);
	return rc;
}

static iv_day search_ended(const struct cmd *cmd)
{
	iv_day day;

	iv_day_parse(&day, iv_str_of(iv_config_get(cmd->config, "search-ended")));
	return day;
}

static int write_letter(struct draft *draft, struct iv_error *error)
{
	struct cmd *cmd = draft->cmd;
	struct iv_letter_wish wish = {
		.kind = draft->kind,
		.note = draft->note,
		.facts = &draft->facts,
		.sender = &draft->sender,
		.today = cmd->today,
		.ended = search_ended(cmd),
		.minutes = draft->minutes,
		.meeting = draft->meeting,
	};
	char *shown = NULL;
	int rc = find_template(draft, &shown, error);

	wish.template = iv_buf_view(&draft->text);
	if (!rc) {
		rc = iv_letter_write(&draft->letter, &wish, error);
		if (rc && rc != IV_ENOTFOUND)
			iv_error_at(error, shown, (struct iv_pos){0, 0});
	}
	free(shown);
	return rc;
}

int draft_make(struct draft *draft, const char *word, struct iv_error *error)
{
	struct cmd *cmd = draft->cmd;
	int rc = find_person(draft, word, error);

	if (!rc)
		rc = check_welcome(draft, error);
	if (!rc)
		rc = iv_letter_facts_read(&draft->facts, cmd->index, cmd->rules, draft->path,
					  error);
	if (rc)
		return rc;
	find_sender(draft);
	return write_letter(draft, error);
}

void draft_release(struct draft *draft)
{
	iv_letter_release(&draft->letter);
	iv_letter_facts_release(&draft->facts);
	iv_note_free(draft->note);
	iv_buf_release(&draft->bytes);
	iv_buf_release(&draft->text);
	free(draft->path);
	free(draft->meeting);
	free(draft->git_name);
	free(draft->git_email);
}
