/* schema.h - the texts of data/schema/, compiled in by tools/embed.py. */
#ifndef CORE_SCHEMA_H
#define CORE_SCHEMA_H

extern const char schema_sqlite[];

#endif
