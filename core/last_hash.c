/* last_hash.c is an open-addressing table: UUID to hash, growing by two. */
#include "core/last_hash.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/ids.h"
#include "core/mem.h"

struct slot {
	char id[UUID_SIZE]; /* "" when free */
	char hash[HASH_SIZE];
};

struct last_hash {
	struct slot *slots;
	size_t size; /* a power of two */
	size_t used;
};

struct last_hash *
last_hash_new(void)
{
	struct last_hash *map = xcalloc(1, sizeof *map);

	map->size = 1024;
	map->slots = xcalloc(map->size, sizeof *map->slots);
	return map;
}

void
last_hash_free(struct last_hash *map)
{
	if (map != NULL) {
		free(map->slots);
		free(map);
	}
}

/* FNV-1a; ids are random enough. */
static size_t
start(const struct last_hash *map, const char *id)
{
	uint64_t h = 14695981039346656037U;

	for (; *id != '\0'; id++) {
		h = (h ^ (unsigned char)*id) * 1099511628211U;
	}
	return (size_t)h & (map->size - 1);
}

static struct slot *
slot_for(const struct last_hash *map, const char *id)
{
	size_t i = start(map, id);

	while (map->slots[i].id[0] != '\0' && strcmp(map->slots[i].id, id) != 0) {
		i = (i + 1) & (map->size - 1);
	}
	return &map->slots[i];
}

const char *
last_hash_of(const struct last_hash *map, const char *case_id)
{
	return slot_for(map, case_id)->hash;
}

static void
grow(struct last_hash *map)
{
	struct slot *old = map->slots;
	size_t size = map->size;

	map->size *= 2;
	map->slots = xcalloc(map->size, sizeof *map->slots);
	for (size_t i = 0; i < size; i++) {
		if (old[i].id[0] != '\0') {
			*slot_for(map, old[i].id) = old[i];
		}
	}
	free(old);
}

void
last_hash_set(struct last_hash *map, const char *case_id, const char *hash)
{
	struct slot *slot;

	if (map->used * 2 > map->size) {
		grow(map);
	}
	slot = slot_for(map, case_id);
	if (slot->id[0] == '\0') {
		map->used++;
		memcpy(slot->id, case_id, UUID_SIZE);
	}
	memcpy(slot->hash, hash, HASH_SIZE);
}
