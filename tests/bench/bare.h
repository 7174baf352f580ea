/* bare.h - what the programs that measure durable acts share. */
#ifndef TESTS_BENCH_BARE_H
#define TESTS_BENCH_BARE_H

double bench_seconds(void);
_Noreturn void bench_fail(const char *why);
/* Commits a second for so many seconds, in a file beside that one. */
double bench_bare(const char *beside, double span);

#endif
