/* last_hash.h - the last hash seen of each case while the chain is walked. */
#ifndef CORE_LAST_HASH_H
#define CORE_LAST_HASH_H

struct last_hash;

struct last_hash *last_hash_new(void);
void last_hash_free(struct last_hash *map);
/* "" for a case not seen yet; borrowed until the next set. */
const char *last_hash_of(const struct last_hash *map, const char *case_id);
void last_hash_set(struct last_hash *map, const char *case_id, const char *hash);

#endif
