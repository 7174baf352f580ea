/* door.h - the doors of the engine's HTTP server, one file each. */
#ifndef SERVE_DOOR_H
#define SERVE_DOOR_H

#include "serve/httpd.h"

/* GET /health, for this host: JSON; 200, or 503 where nobody would be reached. */
extern const struct http_door door_health;
/* GET /metrics, for this host: the same as Prometheus text. */
extern const struct http_door door_metrics;

/* /a/TOKEN, from anywhere: a member answers the message that brought him the link. */
extern const struct http_door door_answer;

#endif
