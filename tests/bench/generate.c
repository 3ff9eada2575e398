/*
 * generate FOLDER COUNT: a vault for measuring. Deterministic: the same count gives the same
 * bytes. 40 % contacts, 60 % meetings, about 1.3 KB each; dates over ten years up to the end of
 * 2026, most of what was owed paid, as in a search that somebody keeps.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static uint64_t state = 20261123;

static unsigned below(unsigned n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((state >> 33) % n);
}

static bool chance(unsigned per_cent)
{
	return below(100) < per_cent;
}

static const char *const first_names[] = {
	"Jane", "Omar",  "Priya", "Luis", "Mei",   "Noah", "Ada",   "Ivan", "Sofia", "Kofi",
	"Elin", "Tomas", "Aiko",  "Rosa", "Peter", "Lena", "Yusuf", "Nora", "Samir", "Zoë",
};
static const char *const last_parts[] = {"Green", "Had", "Win", "Brook", "Ost", "Lar", "Mar", "Tan",
					 "Vel",   "Kim", "Ros", "Fal",   "Dun", "Ber", "Hol"};
static const char *const last_ends[] = {"field", "son", "er", "dad", "ström", "ley", "man", "ova"};
static const char *const roles[] = {"controller",    "data analyst", "head of planning",
				    "nurse manager", "product lead", "civil engineer"};
static const char *const words[] = {
	"the",    "team",   "plans",  "a",       "year",  "ahead",   "and",    "most",
	"days",   "start",  "with",   "numbers", "from",  "two",     "sites",  "she",
	"said",   "that",   "people", "who",     "write", "clearly", "move",   "on",
	"budget", "season", "is",     "long",    "but",   "quiet",   "after",  "March",
	"ask",    "early",  "learn",  "to",      "read",  "reports", "before", "meetings",
};
static const char *const questions[] = {
	"How did you come to this work?",
	"Which paths do people take from here?",
	"What does an ordinary Tuesday look like?",
	"Which skills do newcomers lack most often?",
	"What do you read to keep up with the field?",
	"Where do you want to be in five years?",
	"What is hardest about this company's way of planning?",
	"Who else should I talk to?",
};

#define COUNT(array) (unsigned)(sizeof(array) / sizeof((array)[0]))

struct day {
	int year, month, day;
};

/* A day within ten years before the end of 2026; every month is taken to have 28 days. */
static struct day some_day(void)
{
	unsigned n = below(10 * 12 * 28);
	return (struct day){2017 + (int)(n / 336), 1 + (int)(n / 28 % 12), 1 + (int)(n % 28)};
}

static struct day later(struct day d, int days)
{
	d.day += days;
	while (d.day > 28) {
		d.day -= 28;
		if (++d.month > 12) {
			d.month = 1;
			d.year++;
		}
	}
	return d;
}

static void put_day(FILE *out, struct day d)
{
	fprintf(out, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static void prose(FILE *out, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const char *space = i % 14 == 13 ? "\n" : " ";

		fprintf(out, "%s%s", words[below(COUNT(words))], i + 1 < count ? space : ".\n");
	}
}

/* Contact number n has always the same name. */
static void name_of(unsigned n, char *out, size_t size)
{
	snprintf(out, size, "%s %s%s", first_names[n % COUNT(first_names)],
		 last_parts[n / 20 % COUNT(last_parts)], last_ends[n / 300 % COUNT(last_ends)]);
}

static FILE *create(const char *root, const char *folder, const char *name)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s", root, folder);
	if (mkdir(path, 0777) != 0 && errno != EEXIST) {
		perror(path);
		exit(3);
	}
	snprintf(path, sizeof(path), "%s/%s/%s.md", root, folder, name);
	FILE *out = fopen(path, "w");
	if (out == NULL) {
		perror(path);
		exit(3);
	}
	return out;
}

static void finish(FILE *out)
{
	if (fclose(out) != 0) {
		perror("generate");
		exit(3);
	}
}

static void contact_header(FILE *out, unsigned n, struct day asked)
{
	char name[64];
	name_of(n, name, sizeof(name));
	fprintf(out, "---\ntype: contact\nname: %s\norganization: Company %u\nrole: %s\n", name,
		n % 977, roles[below(COUNT(roles))]);
	fprintf(out, "email: person%u@example.org\nsource: alumni list\n", n);
	fprintf(out, "purpose: learn how planning works there\ncreated: ");
	put_day(out, asked);
	if (n > 0 && chance(40))
		fprintf(out, "\nreferred-by: \"[[c%06u]]\"", below(n));
	fprintf(out, "\noutreach:\n  - ");
	put_day(out, asked);
	fprintf(out, " email 20m%s\n", chance(55) ? " yes" : chance(50) ? " no" : "");
	if (chance(60))
		fprintf(out, "connected: yes\n");
	fprintf(out, "tags: [search, group%u]\n---\n\n", n % 50);
}

/* Most people say what a request needs; one in ten forgets something. */
static void request(FILE *out)
{
	if (chance(90))
		fprintf(out,
			"I am a planner in a hospital, and a colleague of yours suggested that I\n"
			"write to you. Could I ask you for 20 minutes? I am not looking for a "
			"job.\n");
	prose(out, 35);
}

static void contact(const char *root, unsigned n)
{
	char folder[32], id[32];
	snprintf(folder, sizeof(folder), "contacts-%02u", n % 40);
	snprintf(id, sizeof(id), "c%06u", n);
	FILE *out = create(root, folder, id);
	contact_header(out, n, some_day());
	fprintf(out, "# How we met\n\n");
	prose(out, 90);
	fprintf(out, "\n## Request\n\n");
	request(out);
	fprintf(out, "\n## Follow-ups\n\n- [x] send the article (due 2025-03-03)\n");
	if (chance(5))
		fprintf(out, "- [ ] ask about the course due:2026-12-01\n");
	finish(out);
}

/* Whether the day lies after the one that measurements are made on. */
static bool ahead(struct day d)
{
	return d.year * 10000 + d.month * 100 + d.day > 20261123;
}

static void meeting_header(FILE *out, unsigned who, struct day on)
{
	fprintf(out, "---\ntype: meeting\ncontact: \"[[c%06u]]\"\ndate: ", who);
	put_day(out, on);
	fprintf(out, " %02u:00\nvia: %s\nplanned: 20m\n", 8 + below(9),
		chance(50) ? "in-person" : "video");
	if (ahead(on)) {
		fprintf(out, "state: scheduled\n---\n\n");
		return;
	}
	fprintf(out, "actual: %um\nstate: held\nspoke: %u\nthank-you: ", 15 + below(8),
		38 + below(25));
	if (chance(97)) {
		put_day(out, later(on, 1));
		fprintf(out, " email\n");
	} else {
		fprintf(out, "\n");
	}
	fprintf(out, "referrals: none\nrating: %u\n---\n\n", 1 + below(5));
}

static void meeting(const char *root, unsigned n, unsigned contacts)
{
	char folder[32], id[32];
	struct day on = some_day();
	snprintf(folder, sizeof(folder), "meetings-%04d-%02d", on.year, on.month);
	snprintf(id, sizeof(id), "m%06u", n);
	FILE *out = create(root, folder, id);
	meeting_header(out, below(contacts), on);
	fprintf(out, "# Research\n\n- [x] read their yearly report\n- [x] look at the site\n");
	fprintf(out, "\n# Opening\n\n");
	prose(out, 25);
	fprintf(out, "\n# Questions\n\n");
	for (unsigned i = 0; i < 6; i++)
		fprintf(out, "- %s\n", questions[(n + i) % COUNT(questions)]);
	fprintf(out, "\n# Notes\n\n");
	prose(out, 110);
	fprintf(out, "\n# Follow-ups\n\n- [x] send the article (due 2025-03-03)\n");
	finish(out);
}

int main(int argc, char **argv)
{
	if (argc != 3 || strtoul(argv[2], NULL, 10) < 5) {
		fprintf(stderr, "usage: generate FOLDER COUNT (at least 5)\n");
		return 2;
	}
	unsigned count = (unsigned)strtoul(argv[2], NULL, 10), contacts = count * 2 / 5;
	if (mkdir(argv[1], 0777) != 0) {
		perror(argv[1]);
		return 3;
	}
	for (unsigned n = 0; n < contacts; n++)
		contact(argv[1], n);
	for (unsigned n = 0; n < count - contacts; n++)
		meeting(argv[1], n, contacts);
	return 0;
}
