/* Makes one call that writes below $FAIL_BELOW fail, or that call and all after it.
 *
 * Loaded with LD_PRELOAD, so that Python's and SQLite's calls fail alike.
 *   FAIL_BELOW    the folder
 *   FAIL_CALL     number of the call that fails, from 1; 0 for none
 *   FAIL_ERRNO    number of the error
 *   FAIL_FOREVER  1 if all later calls fail too, as on a full disk
 *   FAIL_COUNT    file that gets the number of calls when the process ends
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static int is_below(const char *path) {
    const char *folder = setting("FAIL_BELOW");
    return path && *folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_open_below(int descriptor) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return is_below(path);
}

/* Returns 1 and sets errno if this call is to fail. */
static int fails(int concerned) {
    if (!concerned)
        return 0;
    long call = __sync_add_and_fetch(&calls, 1);
    long failing = atol(setting("FAIL_CALL"));
    if (!failing || call < failing || (call > failing && !*setting("FAIL_FOREVER")))
        return 0;
    errno = atoi(setting("FAIL_ERRNO"));
    return 1;
}

__attribute__((destructor)) static void report(void) {
    const char *file = setting("FAIL_COUNT");
    if (!*file)
        return;
    FILE *out = fopen(file, "w");
    if (out) {
        fprintf(out, "%ld", calls);
        fclose(out);
    }
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define WRITES(flags) ((flags) & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC))
#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if (WRITES(flags) && fails(is_below(path))) \
            return -1; \
        return REAL(name)(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define ONE(type, name, parameters, arguments, concerned) \
    type name parameters { \
        if (fails(concerned)) \
            return -1; \
        return REAL(name) arguments; \
    }
ONE(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size), is_open_below(fd))
ONE(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at), is_open_below(fd))
ONE(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at), is_open_below(fd))
ONE(ssize_t, sendfile, (int out, int in, off_t *at, size_t size), (out, in, at, size), is_open_below(out))
ONE(ssize_t, sendfile64, (int out, int in, off64_t *at, size_t size), (out, in, at, size), is_open_below(out))
ONE(ssize_t, copy_file_range, (int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags), (in, from, out, to, size, flags), is_open_below(out))
ONE(int, fsync, (int fd), (fd), is_open_below(fd))
ONE(int, fdatasync, (int fd), (fd), is_open_below(fd))
ONE(int, syncfs, (int fd), (fd), is_open_below(fd))
ONE(int, ftruncate, (int fd, off_t size), (fd, size), is_open_below(fd))
ONE(int, ftruncate64, (int fd, off64_t size), (fd, size), is_open_below(fd))
ONE(int, mkdir, (const char *path, mode_t mode), (path, mode), is_below(path))
ONE(int, rmdir, (const char *path), (path), is_below(path))
ONE(int, unlink, (const char *path), (path), is_below(path))
ONE(int, rename, (const char *from, const char *to), (from, to), is_below(from) || is_below(to))
