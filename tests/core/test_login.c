/* The login is the system's word, not the environment's. */
#include "tests/test.h"

#include <pwd.h>
#include <unistd.h>

#include "core/login.h"

TEST(the_login_is_that_of_the_real_user_whatever_the_environment_says)
{
	struct error err = ERROR_INIT;
	struct passwd *entry = getpwuid(getuid());
	char *login = NULL;

	(void)setenv("USER", "somebody.else", 1);
	(void)setenv("LOGNAME", "somebody.else", 1);
	if (entry == NULL) {
		CHECK_ERR(login_name(&login, &err), err, ERR_NOT_FOUND);
		CHECK(login == NULL);
		return;
	}
	CHECK_OK(login_name(&login, &err), err);
	CHECK_STR(login, entry->pw_name);
	free(login);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_login_is_that_of_the_real_user_whatever_the_environment_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
