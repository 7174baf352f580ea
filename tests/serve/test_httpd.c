/* The HTTP server's limits, asked by a client that knows no manners. */
#include "tests/test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/mem.h"
#include "serve/httpd.h"
#include "serve/serve.h"

static int asked;

static void
echo(struct serve *serve __attribute__((unused)), const struct http_request *request,
	struct http_reply *reply)
{
	char *field = http_field(request, "why");

	asked++;
	reply->status = 201;
	buf_addf(&reply->body, "%s|%s|%s|%s|%zu|%s",
		request->method == HTTP_POST ? "POST" : "GET", request->path, request->rest,
		http_query(request, "q") != NULL ? http_query(request, "q") : "-",
		request->len, field != NULL ? field : "-");
	http_add(reply, "X-Fine", "yes");
	http_add(reply, "X-Broken", "a\r\nSet-Cookie: b");
	free(field);
}

static const struct http_door door_echo = { .methods = HTTP_GET | HTTP_POST,
	.path = "/echo/", .answer = echo };
static const struct http_door door_post = { .methods = HTTP_POST, .path = "/post",
	.answer = echo };
static const struct http_door door_local = { .methods = HTTP_GET, .path = "/local",
	.local = true, .answer = echo };
static const struct http_door *const doors[] = { &door_echo, &door_post, &door_local, NULL };

static struct httpd *
server(int seconds)
{
	struct httpd *h = NULL;
	struct error err;

	asked = 0;
	CHECK_OK(httpd_open(&h, &(struct httpd_options){ .listen = "127.0.0.1:0",
		.doors = doors, .seconds = seconds }, &err), err);
	CHECK(httpd_port(h) > 0);
	return h;
}

static int
client(const struct httpd *h)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)httpd_port(h)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	CHECK_INT(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

static void
turn_for(struct httpd *h, int fd, int64_t ms)
{
	struct pollfd fds[2] = { { .fd = fd, .events = POLLIN } };

	httpd_wait(h, &fds[1], &ms);
	(void)poll(fds, 2, (int)ms);
	httpd_work(h);
}

static void
turn(struct httpd *h, int fd)
{
	turn_for(h, fd, 1000);
}

/* Everything that comes until the other side ends; closes. */
static char *
until_end(struct httpd *h, int fd)
{
	struct buf got = { 0 };
	int64_t limit = loop_steady() + 20000;

	for (;;) {
		char bytes[4096];
		ssize_t n;

		turn(h, fd);
		n = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
		if (n == 0 || (n < 0 && errno != EAGAIN)) {
			break;
		}
		if (n > 0) {
			buf_add(&got, bytes, (size_t)n);
		}
		CHECK(loop_steady() < limit);
	}
	(void)close(fd);
	return buf_take(&got);
}

static char *
ask(struct httpd *h, const char *request)
{
	int fd = client(h);

	CHECK_INT(send(fd, request, strlen(request), MSG_NOSIGNAL), (ssize_t)strlen(request));
	return until_end(h, fd);
}

#define ENDS "Host: localhost\r\nConnection: close\r\n"

/* The answer's first line must begin so, and it must hold this. */
static void
expect(struct httpd *h, const char *request, const char *status, const char *held)
{
	char *answer = ask(h, request);
	char line[64];

	(void)snprintf(line, sizeof line, "HTTP/1.1 %s", status);
	if (strncmp(answer, line, strlen(line)) != 0 || strstr(answer, held) == NULL) {
		fail_msg("asked\n%s\ngot\n%s", request, answer);
	}
	free(answer);
}

TEST(a_request_reaches_its_door_with_path_query_and_form)
{
	struct httpd *h = server(0);

	expect(h, "GET /echo/abc%20d?q=m%C6%B0a HTTP/1.1\r\n" ENDS "\r\n", "201",
		"GET|/echo/abc d|abc d|mưa|0|-");
	expect(h, "POST /post HTTP/1.1\r\n" ENDS
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 24\r\n\r\n"
		"a=1&why=m%e1%ba%a5t+m%2b", "201", "POST|/post||-|24|mất m+");
	expect(h, "POST /post HTTP/1.1\r\n" ENDS
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n"
		"why=a%00b", "201", "|9|-");
	expect(h, "GET /echo/ HTTP/1.1\r\n" ENDS "\r\n", "201", "X-Fine: yes");
	CHECK_INT(asked, 4);
	httpd_close(h);
}

TEST(every_answer_has_the_headers_that_shut_a_browser_up)
{
	static const char *const wanted[] = { "X-Content-Type-Options: nosniff",
		"Referrer-Policy: no-referrer", "Content-Security-Policy: default-src 'none'",
		"Cache-Control: no-store", "X-Frame-Options: DENY" };
	struct httpd *h = server(0);

	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		expect(h, "GET /echo/ HTTP/1.1\r\n" ENDS "\r\n", "201", wanted[i]);
		expect(h, "GET /nothing HTTP/1.1\r\n" ENDS "\r\n", "404", wanted[i]);
		expect(h, "BREW / HTTP/1.1\r\n" ENDS "\r\n", "405", wanted[i]);
	}
	httpd_close(h);
}

TEST(no_value_of_a_door_adds_a_header)
{
	struct httpd *h = server(0);
	char *answer = ask(h, "GET /echo/ HTTP/1.1\r\n" ENDS "\r\n");

	CHECK(strstr(answer, "Set-Cookie") == NULL);
	CHECK(strstr(answer, "X-Broken") == NULL);
	free(answer);
	httpd_close(h);
}

TEST(other_methods_and_other_doors_are_refused_by_name)
{
	struct httpd *h = server(0);

	expect(h, "PUT /post HTTP/1.1\r\n" ENDS "Content-Length: 0\r\n\r\n", "405",
		"Allow: GET, HEAD, POST");
	expect(h, "DELETE /echo/x HTTP/1.1\r\n" ENDS "\r\n", "405", "Allow");
	expect(h, "GET /post HTTP/1.1\r\n" ENDS "\r\n", "405", "Allow: POST");
	expect(h, "GET /echo HTTP/1.1\r\n" ENDS "\r\n", "404", "nothing here");
	expect(h, "GET /a%0Ab HTTP/1.1\r\n" ENDS "\r\n", "400", "");
	CHECK_INT(asked, 0);
	httpd_close(h);
}

TEST(head_is_get_without_the_text)
{
	struct httpd *h = server(0);
	char *answer = ask(h, "HEAD /echo/ HTTP/1.1\r\n" ENDS "\r\n");

	CHECK(strncmp(answer, "HTTP/1.1 201", 12) == 0);
	CHECK(strstr(answer, "Content-Length: 17") != NULL);
	CHECK(strstr(answer, "GET|") == NULL);
	free(answer);
	httpd_close(h);
}

static char *
long_request(const char *headers, size_t body)
{
	struct buf text = { 0 };

	buf_addf(&text, "POST /post HTTP/1.1\r\n" ENDS "%s\r\n", headers);
	for (size_t i = 0; i < body; i++) {
		buf_addc(&text, 'x');
	}
	return buf_take(&text);
}

TEST(a_body_of_64_KiB_passes_and_one_byte_more_does_not)
{
	struct httpd *h = server(0);
	char *whole = long_request("Content-Length: 65536\r\n", 65536);
	char *more = long_request("Content-Length: 65537\r\n", 0);
	struct buf chunked = { 0 };

	expect(h, whole, "201", "POST|/post||-|65536");
	expect(h, more, "413", "64 KiB");
	/* Without a length it is counted as it comes. */
	buf_adds(&chunked, "POST /post HTTP/1.1\r\n" ENDS "Transfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 80; i++) {
		buf_addf(&chunked, "400\r\n%1024s\r\n", "x");
	}
	buf_adds(&chunked, "0\r\n\r\n");
	expect(h, buf_text(&chunked), "413", "64 KiB");
	CHECK_INT(asked, 1);
	buf_free(&chunked);
	free(whole);
	free(more);
	httpd_close(h);
}

TEST(headers_without_end_are_refused)
{
	struct httpd *h = server(0);
	struct buf text = { 0 };
	char *answer;

	buf_adds(&text, "GET /echo/ HTTP/1.1\r\nHost: localhost\r\n");
	for (int i = 0; i < 30; i++) {
		buf_addf(&text, "X-%d: %01000d\r\n", i, 0);
	}
	answer = ask(h, buf_text(&text));
	CHECK(strncmp(answer, "HTTP/1.1 431", 12) == 0 || answer[0] == '\0');
	CHECK_INT(asked, 0);
	free(answer);
	buf_free(&text);
	httpd_close(h);
}

TEST(what_is_for_this_host_is_not_shown_through_a_proxy_or_by_another_name)
{
	struct httpd *h = server(0);

	expect(h, "GET /local HTTP/1.1\r\n" ENDS "\r\n", "201", "GET|/local");
	expect(h, "GET /local HTTP/1.1\r\nHost: 127.0.0.1:8425\r\nConnection: close\r\n\r\n",
		"201", "");
	expect(h, "GET /local HTTP/1.1\r\n" ENDS "X-Forwarded-For: 192.0.2.7\r\n\r\n", "404", "");
	expect(h, "GET /local HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
		"404", "");
	CHECK_INT(asked, 2);
	httpd_close(h);
}

TEST(a_client_that_drips_is_cut_and_others_are_served_meanwhile)
{
	struct httpd *h = server(1);
	struct httpd_counts counts;
	int slow = client(h);
	int64_t begun = loop_steady();
	char byte;
	ssize_t got;

	do {
		(void)send(slow, "G", 1, MSG_NOSIGNAL);
		expect(h, "GET /echo/ HTTP/1.1\r\n" ENDS "\r\n", "201", "GET|");
		turn(h, slow);
		got = recv(slow, &byte, 1, MSG_DONTWAIT);
		CHECK(loop_steady() - begun < 10000);
	} while (got < 0 && errno == EAGAIN);
	CHECK(loop_steady() - begun >= 900);
	httpd_count(h, &counts);
	CHECK(counts.refused >= 1);
	(void)close(slow);
	httpd_close(h);
}

TEST(only_so_many_connections_are_held_and_the_others_wait)
{
	struct httpd *h = server(2);
	struct httpd_counts counts;
	int fds[HTTP_CONNECTIONS + 6];
	int64_t limit;

	for (size_t i = 0; i < sizeof fds / sizeof *fds; i++) {
		fds[i] = client(h);
		turn_for(h, -1, 5);
	}
	httpd_count(h, &counts);
	CHECK_INT(counts.open, HTTP_CONNECTIONS);
	limit = loop_steady() + 10000;
	while (counts.open > 0) {
		turn(h, -1);
		httpd_count(h, &counts);
		CHECK(loop_steady() < limit);
	}
	expect(h, "GET /echo/ HTTP/1.1\r\n" ENDS "\r\n", "201", "GET|");
	for (size_t i = 0; i < sizeof fds / sizeof *fds; i++) {
		(void)close(fds[i]);
	}
	httpd_close(h);
}

/* A proxy that reads the other length than we do would let a second request in. */
TEST(a_body_with_two_lengths_is_refused_and_what_follows_is_not_read)
{
	static const char *const texts[] = {
		"POST /post HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
		"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"POST /post HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n"
		"Content-Length: 2\r\n\r\nab",
	};
	struct httpd *h = server(1);

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		char *both = xasprintf("%sGET /echo/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
			texts[i]);
		char *answer = ask(h, both);

		CHECK(strncmp(answer, "HTTP/1.1 400", 12) == 0);
		CHECK(strstr(answer, "HTTP/1.1 201") == NULL);
		CHECK(strstr(answer, "Connection: close") != NULL);
		free(answer);
		free(both);
	}
	CHECK_INT(asked, 0);
	httpd_close(h);
}

TEST(garbage_and_a_cut_connection_leave_nothing_behind)
{
	static const char *const texts[] = { "\r\n\r\n\r\n", "GET\r\n\r\n",
		"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "GET / HTTP/9.9\r\n\r\n",
		"POST /post HTTP/1.1\r\n" ENDS "Content-Length: -1\r\n\r\nx",
		"POST /post HTTP/1.1\r\n" ENDS "Content-Length: 99999999999999999999\r\n\r\nx" };
	struct httpd *h = server(1);
	struct httpd_counts counts;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		free(ask(h, texts[i]));
	}
	CHECK_INT(asked, 0);
	httpd_count(h, &counts);
	CHECK_INT(counts.open, 0);
	expect(h, "GET /echo/ HTTP/1.1\r\n" ENDS "\r\n", "201", "GET|");
	httpd_close(h);
}

TEST(an_address_that_others_reach_wants_a_word)
{
	static const char *const wrong[] = { "", "8425", "localhost", "127.0.0.1:",
		"127.0.0.1:70000", "127.0.0.1:80x", "example.org:80", "::1:80", "[::1:80",
		"[]:80" };
	struct httpd *h = NULL;
	struct error err;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		CHECK_ERR(httpd_open(&h, &(struct httpd_options){ .listen = wrong[i],
			.doors = doors }, &err), err, ERR_BAD_INPUT);
	}
	CHECK_ERR(httpd_open(&h, &(struct httpd_options){ .listen = "0.0.0.0:0",
		.doors = doors }, &err), err, ERR_BAD_INPUT);
	CHECK(strstr(err.message, "public = yes") != NULL);
	CHECK_OK(httpd_open(&h, &(struct httpd_options){ .listen = "0.0.0.0:0",
		.doors = doors, .everywhere = true }, &err), err);
	httpd_close(h);
}

TEST(a_port_that_is_taken_is_no_fault_of_the_configuration)
{
	struct httpd *h = server(0);
	struct httpd *other = NULL;
	struct error err;
	char at[40];

	(void)snprintf(at, sizeof at, "127.0.0.1:%d", httpd_port(h));
	CHECK_ERR(httpd_open(&other, &(struct httpd_options){ .listen = at,
		.doors = doors }, &err), err, ERR_IO);
	httpd_close(h);
	CHECK_OK(httpd_open(&other, &(struct httpd_options){ .listen = at,
		.doors = doors }, &err), err);
	httpd_close(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_request_reaches_its_door_with_path_query_and_form),
		RUN(every_answer_has_the_headers_that_shut_a_browser_up),
		RUN(no_value_of_a_door_adds_a_header),
		RUN(other_methods_and_other_doors_are_refused_by_name),
		RUN(head_is_get_without_the_text),
		RUN(a_body_of_64_KiB_passes_and_one_byte_more_does_not),
		RUN(headers_without_end_are_refused),
		RUN(what_is_for_this_host_is_not_shown_through_a_proxy_or_by_another_name),
		RUN(a_client_that_drips_is_cut_and_others_are_served_meanwhile),
		RUN(only_so_many_connections_are_held_and_the_others_wait),
		RUN(a_body_with_two_lengths_is_refused_and_what_follows_is_not_read),
		RUN(garbage_and_a_cut_connection_leave_nothing_behind),
		RUN(an_address_that_others_reach_wants_a_word),
		RUN(a_port_that_is_taken_is_no_fault_of_the_configuration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
