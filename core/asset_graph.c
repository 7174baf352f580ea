/* asset_graph.c owns the graph of depends_on: what hangs on an asset, and that
 * there is no circle. */
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"

SQL(PHONE_OF, "t", "SELECT d.value FROM contact c JOIN address d ON d.owner = c.id"
	" AND d.channel = 'phone' WHERE c.role = $1");
SQL(GRAPH_NODES, "", "SELECT id, code FROM asset ORDER BY id");
SQL(GRAPH_EDGES, "",
	"SELECT asset_id, on_id, assumed FROM asset_dependency ORDER BY on_id, asset_id");

struct node {
	char id[UUID_SIZE];
	char *code;
	int mark;      /* 0 not seen, 1 on the way, 2 finished */
	int depth;     /* from the asset asked for; -1: does not hang on it */
	bool assumed;  /* no documented chain leads there */
	int via;
};

struct edge {
	int asset, on; /* indexes of nodes */
	bool assumed;
};

struct graph {
	struct node *nodes;
	int count;
	struct edge *edges; /* by on */
	int edge_count;
};

static void
graph_free(struct graph *g)
{
	for (int i = 0; i < g->count; i++) {
		free(g->nodes[i].code);
	}
	free(g->nodes);
	free(g->edges);
}

static int
by_id(const void *id, const void *node)
{
	return strcmp(id, ((const struct node *)node)->id);
}

static int
index_of(const struct graph *g, const char *id)
{
	const struct node *found = g->count == 0 ? NULL
		: bsearch(id, g->nodes, (size_t)g->count, sizeof *g->nodes, by_id);

	return found == NULL ? -1 : (int)(found - g->nodes);
}

static bool
graph_load(struct graph *g, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &GRAPH_NODES, NOARGS);

	*g = (struct graph){ 0 };
	while (stmt_row(st)) {
		struct node *node;

		g->nodes = xrealloc(g->nodes, (size_t)(g->count + 1) * sizeof *g->nodes);
		node = &g->nodes[g->count++];
		*node = (struct node){ .depth = -1, .via = -1 };
		memcpy(node->id, stmt_text(st, 0), UUID_SIZE - 1);
		node->code = stmt_dup(st, 1);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	st = db_query(desk_db(desk), &GRAPH_EDGES, NOARGS);
	while (stmt_row(st)) {
		int asset = index_of(g, stmt_text(st, 0));
		int on = index_of(g, stmt_text(st, 1));

		if (asset >= 0 && on >= 0) {
			g->edges = xrealloc(g->edges,
				(size_t)(g->edge_count + 1) * sizeof *g->edges);
			g->edges[g->edge_count++] = (struct edge){ asset, on,
				stmt_int(st, 2) != 0 };
		}
	}
	return stmt_done(st, err);
}

static bool
circle(const struct graph *g, const int *way, int len, int back, const char *path,
	struct error *err)
{
	struct buf text = { 0 };
	int from = 0;

	while (way[from] != back) {
		from++;
	}
	for (int i = from; i < len; i++) {
		buf_addf(&text, "%s -> ", g->nodes[way[i]].code);
	}
	buf_adds(&text, g->nodes[back].code);
	(void)error_set(err, ERR_REFUSED, _("%s%sdepends_on goes in a circle: %s"), path,
		path[0] == '\0' ? "" : ": ", buf_text(&text));
	buf_free(&text);
	return false;
}

/* The next dependency of a node after edge number from; -1: none left. */
static int
next_edge(const struct graph *g, int node, int from)
{
	for (int i = from; i < g->edge_count; i++) {
		if (g->edges[i].asset == node) {
			return i;
		}
	}
	return -1;
}

/* Depth-first along depends_on with an explicit stack. */
static bool
walk(struct graph *g, int start, int *way, int *next, const char *path,
	struct error *err)
{
	int len = 0;

	way[len] = start;
	next[len++] = 0;
	g->nodes[start].mark = 1;
	while (len > 0) {
		int edge = next_edge(g, way[len - 1], next[len - 1]);
		int on;

		if (edge < 0) {
			g->nodes[way[--len]].mark = 2;
			continue;
		}
		next[len - 1] = edge + 1;
		on = g->edges[edge].on;
		if (g->nodes[on].mark == 1) {
			return circle(g, way, len, on, path, err);
		}
		if (g->nodes[on].mark == 0) {
			g->nodes[on].mark = 1;
			way[len] = on;
			next[len++] = 0;
		}
	}
	return true;
}

bool
asset_graph_sound(struct desk *desk, const char *path, struct error *err)
{
	struct graph g;
	bool ok = graph_load(&g, desk, err);
	int *way = xcalloc((size_t)g.count + 1, sizeof *way);
	int *next = xcalloc((size_t)g.count + 1, sizeof *next);

	for (int i = 0; ok && i < g.count; i++) {
		ok = g.nodes[i].mark != 0 || walk(&g, i, way, next, path, err);
	}
	free(way);
	free(next);
	graph_free(&g);
	return ok;
}

/* Breadth-first against depends_on; with documented, only those edges. */
static int
spread(struct graph *g, int start, bool documented, int *queue)
{
	int head = 0;
	int tail = 0;

	for (int i = 0; i < g->count; i++) {
		g->nodes[i].mark = 0;
	}
	g->nodes[start].mark = 1;
	queue[tail++] = start;
	while (head < tail) {
		int on = queue[head++];

		for (int i = 0; i < g->edge_count; i++) {
			const struct edge *e = &g->edges[i];
			struct node *node = &g->nodes[e->asset];

			if (e->on != on || (documented && e->assumed) || node->mark != 0) {
				continue;
			}
			node->mark = 1;
			node->assumed = !documented;
			if (!documented) {
				node->via = on;
				node->depth = g->nodes[on].depth + 1;
			}
			queue[tail++] = e->asset;
		}
	}
	return tail;
}

static bool
phone_of(struct json *row, struct desk *desk, const char *role, struct error *err)
{
	char *phone = NULL;
	bool ok = role == NULL || db_one_text(desk_db(desk), &PHONE_OF, &phone, err,
		TXT(role));

	json_set_text(row, "owner_phone", phone);
	free(phone);
	return ok;
}

static bool
show_one(struct desk *desk, const struct graph *g, const struct node *node,
	struct json *list, struct error *err)
{
	static const char *const copied[] = {
		"code", "name", "name_en", "state", "level", "standby", "standby_text",
		"users", "owner", "operator", "site", "note",
	};
	struct json *asset = NULL;
	struct json *row;
	bool ok;

	if (!asset_show(desk, node->code, &asset, err)) {
		return false;
	}
	row = json_object();
	for (size_t i = 0; i < sizeof copied / sizeof *copied; i++) {
		json_set(row, copied[i], json_copy(json_get(asset, copied[i])));
	}
	json_set_text(row, "owner_contact", json_get_text(
		json_get(json_get(asset, "facts"), "owner"), "contact"));
	json_set_text(row, "operator_contact", json_get_text(
		json_get(json_get(asset, "facts"), "operator"), "contact"));
	json_set_bool(row, "assumed", node->assumed);
	json_set_int(row, "depth", node->depth);
	json_set_text(row, "via", g->nodes[node->via].code);
	ok = phone_of(row, desk, json_get_text(row, "owner_contact"), err);
	json_push(list, row);
	json_free(asset);
	return ok;
}

static bool
collect(struct graph *g, int start, struct desk *desk, struct json *list,
	struct error *err)
{
	int *queue = xcalloc((size_t)g->count + 1, sizeof *queue);
	int *order = xcalloc((size_t)g->count + 1, sizeof *order);
	int reached;
	bool ok = true;

	g->nodes[start].depth = 0;
	reached = spread(g, start, false, order);
	(void)spread(g, start, true, queue);
	for (int i = 1; ok && i < reached; i++) {
		ok = show_one(desk, g, &g->nodes[order[i]], list, err);
	}
	free(queue);
	free(order);
	return ok;
}

bool
asset_dependants(struct desk *desk, const char *code, struct json **out,
	struct error *err)
{
	struct json *list = json_array();
	struct graph g;
	int start = -1;
	bool ok = graph_load(&g, desk, err);

	for (int i = 0; ok && i < g.count; i++) {
		if (strcmp(g.nodes[i].code, code) == 0) {
			start = i;
		}
	}
	if (ok && start < 0) {
		ok = error_set(err, ERR_NOT_FOUND,
			_("there is no asset %.60s in the register; see `suco asset list`"), code);
	}
	ok = ok && collect(&g, start, desk, list, err);
	graph_free(&g);
	if (!ok) {
		json_free(list);
		return false;
	}
	*out = list;
	return true;
}
