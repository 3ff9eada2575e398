#include "rules/field.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/mem.h"

struct field {
	struct harvest *out;
	const struct iv_rule *rules, *last;
	size_t count;
	struct iv_db *other;
	pthread_t thread;
	bool threaded;
	pthread_mutex_t mutex; /* of all that follows */
	pthread_cond_t news;
	size_t next;                /* rule that nobody has begun, of ours */
	size_t next_own;            /* and of one's own */
	size_t *ready, ready_count; /* what the other thread has brought in */
	size_t taken;               /* of these */
	bool working;               /* it has not ended yet */
};

/* The next rule that nobody has begun, of ours or of one's own, or SIZE_MAX. */
static size_t begin_next(struct field *field, size_t *next, bool own)
{
	while (*next < field->count) {
		const struct iv_rule *rule = &field->rules[(*next)++];
		if (!rule->off && rule != field->last && own == (rule->path != NULL))
			return (size_t)(rule - field->rules);
	}
	return SIZE_MAX;
}

static void *bring_in(void *data)
{
	struct field *field = data;
	size_t i;

	pthread_mutex_lock(&field->mutex);
	while ((i = begin_next(field, &field->next, false)) != SIZE_MAX) {
		struct iv_error error = IV_ERROR_INIT;
		pthread_mutex_unlock(&field->mutex);
		iv_harvest(&field->out[i], field->other, &field->rules[i], NULL, 0, &error);
		iv_error_release(&error);
		pthread_mutex_lock(&field->mutex);
		field->ready[field->ready_count++] = i;
		pthread_cond_signal(&field->news);
	}
	field->working = false;
	pthread_cond_signal(&field->news);
	pthread_mutex_unlock(&field->mutex);
	return NULL;
}

struct field *iv_field_begin(struct harvest *out, const struct iv_rules *rules,
			     const struct iv_rule *last, struct iv_db *other)
{
	struct field *field = iv_calloc(1, sizeof(*field));

	*field = (struct field){.out = out,
				.rules = rules->rules,
				.count = rules->count,
				.last = last,
				.other = other};
	field->ready = iv_calloc(rules->count, sizeof(*field->ready));
	pthread_mutex_init(&field->mutex, NULL);
	pthread_cond_init(&field->news, NULL);
	field->working = field->threaded = other != NULL;
	if (other && pthread_create(&field->thread, NULL, bring_in, field))
		field->working = field->threaded = false;
	return field;
}

size_t iv_field_next(struct field *field)
{
	size_t i = SIZE_MAX;

	pthread_mutex_lock(&field->mutex);
	if (field->taken == field->ready_count)
		i = begin_next(field, &field->next, false);
	/* In the order of their ids and by this thread: what one takes, others do not get. */
	if (i == SIZE_MAX && field->taken == field->ready_count)
		i = begin_next(field, &field->next_own, true);
	while (i == SIZE_MAX && field->taken == field->ready_count && field->working)
		pthread_cond_wait(&field->news, &field->mutex);
	if (i == SIZE_MAX && field->taken < field->ready_count)
		i = field->ready[field->taken++];
	pthread_mutex_unlock(&field->mutex);
	return i;
}

void iv_field_end(struct field *field)
{
	/* What nobody has begun is left alone. */
	pthread_mutex_lock(&field->mutex);
	field->next = field->count;
	pthread_mutex_unlock(&field->mutex);
	if (field->threaded)
		pthread_join(field->thread, NULL);
	pthread_cond_destroy(&field->news);
	pthread_mutex_destroy(&field->mutex);
	free(field->ready);
	free(field);
}
