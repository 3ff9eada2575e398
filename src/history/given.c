/* What people gave: names of others, and leads that you told them about. */
#include <string.h>

#include "history/finder.h"

static bool is_referral(const struct iv_ref *ref)
{
	return !strcmp(ref->field, "referrals");
}

/*
 * The keys of those named in `referrals`; absent for the note's other references, and once they
 * are looked up for those that have a like.
 */
static struct iv_str *referral_keys(struct iv_finder *finder, const struct iv_note *note,
				    const size_t *likes, bool looked_up)
{
	size_t count = note ? note->ref_count : 0;
	struct iv_str *keys = iv_arena_calloc(finder->arena, count + 1, sizeof(*keys));

	for (size_t i = 0; i < count; i++) {
		const struct iv_ref *ref = &note->refs[i];

		if (is_referral(ref) && likes[i] == SIZE_MAX)
			keys[i] = looked_up ? iv_person_of(finder, ref).key : ref->key;
	}
	return keys;
}

static void say_referral(struct iv_finder *finder, const struct iv_ref *ref)
{
	struct iv_act act = iv_act_of(finder, IV_ACT_REFERRED);
	struct iv_people people = iv_people_of(finder, finder->after);
	struct iv_known known = iv_person_of(finder, ref);

	act.field = "referrals";
	act.other = known.key;
	act.now = known.name;
	act.line = ref->pos.line;
	if (finder->after->meeting)
		act.day = finder->after->meeting->date.day;
	/* Which of several people named somebody, the note does not say. */
	if (people.count == 1) {
		act.who = people.items->key;
		act.name = people.items->name;
	}
	iv_act_add(finder, act);
}

static void compare_referrals(struct iv_finder *finder)
{
	const struct iv_note *before = finder->before, *after = finder->after;
	struct iv_match match;

	iv_match_init(&match, finder, before ? before->ref_count : 0, after->ref_count);
	for (int looked_up = 0; looked_up < 2; looked_up++)
		iv_match_keys(&match, referral_keys(finder, before, match.of_before, looked_up),
			      referral_keys(finder, after, match.of_after, looked_up));
	finder->said_refs =
		iv_arena_calloc(finder->arena, after->ref_count + 1, sizeof(*finder->said_refs));
	for (size_t i = 0; i < after->ref_count; i++) {
		if (match.of_after[i] != SIZE_MAX || !is_referral(&after->refs[i]))
			continue;
		finder->said_refs[i] = true;
		say_referral(finder, &after->refs[i]);
	}
}

static struct iv_str *lead_keys(struct iv_finder *finder, const struct iv_note *note)
{
	size_t count = note ? note->lead_count : 0;
	struct iv_str *keys = iv_arena_calloc(finder->arena, count + 1, sizeof(*keys));

	for (size_t i = 0; i < count; i++)
		keys[i] = note->leads[i].text;
	return keys;
}

static void compare_leads(struct iv_finder *finder)
{
	const struct iv_note *before = finder->before, *after = finder->after;
	struct iv_match match;

	iv_match_init(&match, finder, before ? before->lead_count : 0, after->lead_count);
	iv_match_keys(&match, lead_keys(finder, before), lead_keys(finder, after));
	finder->said_leads =
		iv_arena_calloc(finder->arena, after->lead_count + 1, sizeof(*finder->said_leads));
	for (size_t i = 0; i < after->lead_count; i++) {
		const struct iv_lead *lead = &after->leads[i];
		size_t like = match.of_after[i];
		const struct iv_lead *was =
			before && like != SIZE_MAX ? &before->leads[like] : NULL;
		struct iv_act act = iv_act_of(finder, IV_ACT_REPORTED);

		if (lead->reported == IV_NO_DAY || (was && was->reported != IV_NO_DAY))
			continue;
		finder->said_leads[i] = true;
		act.field = "leads";
		act.day = lead->reported;
		act.text = act.now = lead->text;
		act.line = lead->pos.line;
		iv_act_add_people(finder, act, iv_people_of(finder, after));
	}
}

void iv_compare_given(struct iv_finder *finder)
{
	if (!finder->after)
		return;
	compare_referrals(finder);
	compare_leads(finder);
}
