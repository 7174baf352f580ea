/* fuzz.h - what fuzz targets share: a check that ends the program. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define MUST(what) \
	do { \
		if (!(what)) { \
			(void)fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, \
				__LINE__, #what); \
			abort(); \
		} \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
