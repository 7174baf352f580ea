/* civil.h - calendar arithmetic without a zone. */
#ifndef CORE_CIVIL_H
#define CORE_CIVIL_H

#include <stdint.h>

int64_t civil_days(int year, int month, int day); /* days since 1970-01-01 */
void civil_from_days(int64_t days, int *year, int *month, int *day);

#endif
