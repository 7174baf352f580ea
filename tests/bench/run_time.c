/* Times a whole process: run_time PROGRAM [ARG...]; prints "SECONDS KB STATUS".
 * A program of its own because what a process was before exec counts as its
 * peak memory. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
seconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	struct rusage usage;
	double start = seconds();
	int status;
	pid_t pid;

	if (argc < 2) {
		return 2;
	}
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		(void)dup2(null, 0);
		(void)dup2(null, 1);
		(void)dup2(null, 2);
		(void)execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (wait4(pid, &status, 0, &usage) != pid) {
		return 1;
	}
	(void)printf("%.6f %ld %d\n", seconds() - start, usage.ru_maxrss, status);
	return 0;
}
