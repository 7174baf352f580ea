/* desk_files.c owns the look at a desk's folder and files before SQLite opens
 * them: what is wrong, and the command that mends it. */
#include "core/desk_files.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/login.h"
#include "core/mem.h"

#define FOLDER_MODE 02770
#define DESK_MODE 0660

/* What the checks share: the resolved paths, and who the group should be. */
struct look {
	struct desk_files *out;
	char *path, *folder;
	struct stat folder_at, desk_at;
	gid_t gid;
	char group[64]; /* its name, once group_name() was asked */
};

static void add_fault(struct look *look, enum error_code code, const char *mend,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* code ERR_NONE: it does not block.  mend is ours to free. */
static void
add_fault(struct look *look, enum error_code code, const char *mend,
	const char *fmt, ...)
{
	struct desk_fault *fault = &look->out->faults[look->out->count];
	va_list args;

	if (look->out->count == DESK_FAULTS_MAX) {
		return;
	}
	look->out->count++;
	fault->blocks = code != ERR_NONE;
	fault->code = code;
	(void)snprintf(fault->mend, sizeof fault->mend, "%s", mend);
	va_start(args, fmt);
	(void)vsnprintf(fault->what, sizeof fault->what, fmt, args);
	va_end(args);
}

/* A word for the shell: as it is, or in single quotes. */
static void
add_word(struct buf *out, const char *word)
{
	if (word[strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			"0123456789/._-+,@%")] == '\0' && word[0] != '\0') {
		buf_adds(out, word);
		return;
	}
	buf_addc(out, '\'');
	for (; *word != '\0'; word++) {
		if (*word == '\'') {
			buf_adds(out, "'\\''");
		} else {
			buf_addc(out, *word);
		}
	}
	buf_addc(out, '\'');
}

/* Asked only where a fault is told: the system's answer is not for nothing. */
static const char *
group_name(struct look *look)
{
	const struct group *entry = getgrgid(look->gid);

	if (entry != NULL) {
		(void)snprintf(look->group, sizeof look->group, "%s", entry->gr_name);
	} else {
		(void)snprintf(look->group, sizeof look->group, "%ju",
			(uintmax_t)look->gid);
	}
	return look->group;
}

/* "sudo chgrp suco X && sudo chmod 660 X"; sudo only where it is not ours. */
static char *
mend_command(struct look *look, const char *path, const struct stat *at,
	bool group, unsigned mode)
{
	const char *sudo = geteuid() == 0 || at->st_uid == geteuid() ? "" : "sudo ";
	struct buf out = { 0 };

	if (group) {
		buf_addf(&out, "%schgrp %s ", sudo, group_name(look));
		add_word(&out, path);
		buf_adds(&out, " && ");
	}
	buf_addf(&out, "%schmod %o ", sudo, mode);
	add_word(&out, path);
	return buf_take(&out);
}

const char *
desk_files_remote(long magic)
{
	static const struct {
		uint32_t magic;
		const char *name;
	} remote[] = {
		{ 0x6969, "NFS" }, { 0x517b, "CIFS (SMB)" },
		{ 0xff534d42, "CIFS (SMB)" }, { 0xfe534d42, "CIFS (SMB)" },
		{ 0x65735546, "FUSE" }, { 0x73757245, "Coda" },
		{ 0x5346414f, "AFS" }, { 0x00c36400, "Ceph" }, { 0x564c, "NCP" },
	};

	for (size_t i = 0; i < sizeof remote / sizeof remote[0]; i++) {
		if (remote[i].magic == (uint32_t)magic) {
			return remote[i].name;
		}
	}
	return NULL;
}

static bool
check_filesystem(struct look *look)
{
	const char *name;
	struct statfs fs;

	if (statfs(look->folder, &fs) != 0) {
		return true; /* the folder's own check says why */
	}
	name = desk_files_remote((long)fs.f_type);
	if (name == NULL) {
		return true;
	}
	add_fault(look, ERR_REFUSED, "",
		_("%s lies on %s, where a desk may be damaged: put it on a local disk, "
		  "or use PostgreSQL"), look->folder, name);
	return false;
}

/* May we? euidaccess() is not POSIX; this is. */
static bool
may(const char *path, int how)
{
	return faccessat(AT_FDCWD, path, how, AT_EACCESS) == 0;
}

static bool
in_group(gid_t gid)
{
	gid_t groups[256];
	int count = getgroups(256, groups);

	if (getegid() == gid) {
		return true;
	}
	for (int i = 0; i < count; i++) {
		if (groups[i] == gid) {
			return true;
		}
	}
	return false;
}

/* What lets us in: the group, where that is what is missing, else a mode. */
static char *
mend_access(struct look *look, const char *path, const struct stat *at,
	unsigned mode)
{
	struct error err = ERROR_INIT;
	char *login = NULL;
	char *mend;

	if (look->out->shared && !in_group(look->gid) && login_name(&login, &err)) {
		mend = xasprintf(_("sudo usermod -aG %s %s   (then log in again)"),
			group_name(look), login);
		free(login);
		return mend;
	}
	if (!look->out->shared && at->st_uid != geteuid()) {
		return xstrdup("");
	}
	return mend_command(look, path, at, at->st_gid != look->gid, mode);
}

static void
blocked(struct look *look, const char *path, const struct stat *at,
	unsigned mode, const char *fmt)
{
	int saved = errno;
	char *mend = saved == EROFS ? xstrdup("") : mend_access(look, path, at, mode);

	if (saved == EROFS) {
		add_fault(look, ERR_IO, mend,
			_("%s lies on a disk that is mounted read-only"), path);
	} else {
		add_fault(look, ERR_IO, mend, fmt, path);
	}
	free(mend);
}

/* A desk is shared where somebody made it so, or where it is not ours. */
static bool
is_shared(const struct look *look)
{
	return (look->folder_at.st_mode & S_ISGID) != 0
		|| look->desk_at.st_uid != look->folder_at.st_uid
		|| (geteuid() != 0 && look->desk_at.st_uid != geteuid()
			&& (look->desk_at.st_mode & S_IWGRP) != 0);
}

/* The folder's where it hands its group down, else the desk's. */
static gid_t
team_group(const struct look *look)
{
	return (look->folder_at.st_mode & S_ISGID) != 0
		? look->folder_at.st_gid : look->desk_at.st_gid;
}

static void
check_folder(struct look *look)
{
	const struct stat *at = &look->folder_at;
	char *mend;

	if (!may(look->folder, R_OK | W_OK | X_OK)) {
		blocked(look, look->folder, at, look->out->shared ? FOLDER_MODE : 0700,
			_("the desk's folder %s cannot be written by you; SQLite keeps two "
			  "more files there"));
		return;
	}
	if (!look->out->shared || (at->st_mode & 07777) == FOLDER_MODE) {
		return;
	}
	mend = mend_command(look, look->folder, at, at->st_gid != look->gid,
		FOLDER_MODE);
	if ((at->st_mode & S_ISGID) == 0) {
		add_fault(look, ERR_NONE, mend,
			_("the desk's folder %s does not hand its group down (setgid): "
			  "other members may be locked out"), look->folder);
	} else {
		add_fault(look, ERR_NONE, mend,
			_("the desk's folder %s has mode %o, it should be %o"),
			look->folder, at->st_mode & 07777, FOLDER_MODE);
	}
	free(mend);
}

static void
check_file(struct look *look, const char *path, const struct stat *at)
{
	char *mend;

	if (!S_ISREG(at->st_mode)) {
		add_fault(look, ERR_BAD_INPUT, "",
			S_ISDIR(at->st_mode) ? _("%s is a folder, not a desk")
				: _("%s is not a file, so it is not a desk"), path);
		return;
	}
	if (!may(path, R_OK | W_OK)) {
		blocked(look, path, at, look->out->shared ? DESK_MODE : 0600,
			_("%s cannot be read and written by you"));
		return;
	}
	if (!look->out->shared
			|| (at->st_gid == look->gid && (at->st_mode & 07777) == DESK_MODE)) {
		return;
	}
	mend = mend_command(look, path, at, at->st_gid != look->gid, DESK_MODE);
	if (at->st_gid != look->gid) {
		add_fault(look, ERR_NONE, mend,
			_("%s belongs to another group than %s: other members may be "
			  "locked out"), path, group_name(look));
	} else {
		add_fault(look, ERR_NONE, mend,
			_("%s has mode %o, it should be %o"), path,
			at->st_mode & 07777, DESK_MODE);
	}
	free(mend);
}

/* False where there is nothing to look at; the fault says why. */
static bool
find_files(struct look *look, const char *path)
{
	char *real = realpath(path, NULL);
	int saved = errno;

	look->path = real == NULL ? xstrdup(path) : real;
	look->folder = path_folder(look->path);
	if (real != NULL && stat(look->path, &look->desk_at) == 0
			&& stat(look->folder, &look->folder_at) == 0) {
		return true;
	}
	saved = real != NULL ? errno : saved;
	if (saved == ENOENT || saved == ENOTDIR) {
		add_fault(look, ERR_NOT_FOUND, "", _("there is no desk at %s"), path);
	} else {
		add_fault(look, ERR_IO, "", _("%s cannot be reached: %s"), path,
			strerror(saved));
	}
	return false;
}

void
desk_files_check(struct desk_files *out, const char *path)
{
	static const char *const beside[] = { "-wal", "-shm" };
	struct look look = { .out = out };

	*out = (struct desk_files){ .count = 0 };
	if (find_files(&look, path)) {
		out->shared = is_shared(&look);
		look.gid = team_group(&look);
		if (S_ISREG(look.desk_at.st_mode) && check_filesystem(&look)) {
			check_folder(&look);
		}
		check_file(&look, look.path, &look.desk_at);
		for (size_t i = 0; i < 2; i++) {
			char *name = xasprintf("%s%s", look.path, beside[i]);
			struct stat at;

			if (stat(name, &at) == 0) {
				check_file(&look, name, &at);
			}
			free(name);
		}
	}
	free(look.path);
	free(look.folder);
}

bool
desk_files_usable(const struct desk_files *files, bool readonly,
	struct error *err)
{
	for (int i = 0; i < files->count; i++) {
		const struct desk_fault *fault = &files->faults[i];

		if (fault->blocks && !(readonly && fault->code == ERR_IO)) {
			return error_cause(err, fault->code, fault->mend, "%s",
				fault->what);
		}
	}
	return true;
}

bool
desk_files_may_make(const char *path, struct error *err)
{
	struct desk_files files = { .count = 0 };
	struct look look = { .out = &files };
	bool ok;

	look.folder = path_folder(path);
	ok = check_filesystem(&look) || desk_files_usable(&files, false, err);
	if (ok && !may(look.folder, W_OK | X_OK)) {
		ok = error_errno(err, _("the folder %s cannot be written"), look.folder);
	}
	free(look.folder);
	return ok;
}

void
desk_files_remove(const char *path)
{
	static const char *const files[] = { "", "-wal", "-shm" };

	for (size_t i = 0; i < 3; i++) {
		char *name = xasprintf("%s%s", path, files[i]);

		(void)unlink(name);
		free(name);
	}
}

static bool
give(const char *path, gid_t gid, mode_t mode, struct error *err)
{
	/* chmod last: a change of group may take setgid away. */
	if (chown(path, (uid_t)-1, gid) != 0 || chmod(path, mode) != 0) {
		return error_errno(err, _("%s cannot be given to the group"), path);
	}
	return true;
}

bool
desk_files_share(const char *path, const char *group, struct error *err)
{
	static const char *const files[] = { "", "-wal", "-shm" };
	const struct group *entry = getgrnam(group);
	char *folder;
	bool ok;

	if (entry == NULL) {
		return error_cause(err, ERR_NOT_FOUND, "", _("there is no group %s"),
			group);
	}
	folder = path_folder(path);
	ok = give(folder, entry->gr_gid, FOLDER_MODE, err);
	for (size_t i = 0; ok && i < 3; i++) {
		char *name = xasprintf("%s%s", path, files[i]);

		if (i == 0 || access(name, F_OK) == 0) {
			ok = give(name, entry->gr_gid, DESK_MODE, err);
		}
		free(name);
	}
	free(folder);
	return ok;
}
