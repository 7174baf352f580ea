/* sql.h - one SQL text on two engines (DATA 8).
 *
 * A statement is a named constant beside the function that reads its rows:
 *
 *	SQL(CASE_BY_ID, "t", "SELECT number, title FROM cases WHERE id = $1");
 *
 * with one letter a parameter: i (int8), t (text), b (bytea).  Every SQL()
 * registers itself, so that a test can PREPARE them all on PostgreSQL. */
#ifndef CORE_SQL_H
#define CORE_SQL_H

struct sql {
	const char *name;
	const char *types;
	const char *text;
	const char *engine; /* NULL: both; else the only one that it is for */
};

#define SQL(name_, types_, text_) SQL_ON(name_, NULL, types_, text_)
/* Full-text search is the one thing that the engines say differently. */
#define SQL_SQLITE(name_, types_, text_) SQL_ON(name_, "sqlite", types_, text_)
#define SQL_POSTGRESQL(name_, types_, text_) SQL_ON(name_, "postgresql", types_, text_)

#define SQL_ON(name_, engine_, types_, text_) \
	static const struct sql name_ = { #name_, types_, text_, engine_ }; \
	static const struct sql *const sql_registered_##name_ \
		__attribute__((used, section("suco_sql"))) = &name_

#endif
