/*
 * Preloaded into a redis-server, makes of the directory in $DISK_DIRECTORY a disk that can lose power and be full.
 *
 * What is synced: after each fsync or fdatasync of a regular file under the directory, the size that the file had
 * before it stands in the file's attribute user.synced. An attribute belongs to the inode: it follows a rename, and a
 * new file that gets the number of a deleted one has none. sync_file_range promises nothing and counts for nothing.
 *
 * What is full: while the directory has an attribute user.limit, the files in its appendonlydir may have that many
 * bytes together. What write() would add beyond fails with ENOSPC, after as much of it as there was room for.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define SYNCED "user.synced"
#define LIMIT "user.limit"

static char directory[PATH_MAX];
static char limited[PATH_MAX + sizeof "appendonlydir/"];

__attribute__((constructor)) static void remember_directory(void) {
    const char *told = getenv("DISK_DIRECTORY");
    snprintf(directory, sizeof directory, "%s/", told == NULL ? "" : told);
    snprintf(limited, sizeof limited, "%sappendonlydir/", directory);
}

static int is_under(const char *parent, int fd, struct stat *status) {
    char link[64];
    char path[PATH_MAX] = "";
    if (fstat(fd, status) != 0 || !S_ISREG(status->st_mode)) {
        return 0;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    return readlink(link, path, sizeof path - 1) > 0 && strncmp(path, parent, strlen(parent)) == 0;
}

static void note(int fd, off_t size) {
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long) size);
    if (fsetxattr(fd, SYNCED, text, strlen(text), 0) != 0) {
        perror("disk.c: the file system keeps no attribute " SYNCED);
        abort();
    }
}

static off_t noted(int fd) {
    char text[32] = "";
    return fgetxattr(fd, SYNCED, text, sizeof text - 1) > 0 ? atoll(text) : 0;
}

static int synced(int fd, const char *name) {
    int (*sync)(int) = (int (*)(int)) dlsym(RTLD_NEXT, name);
    struct stat before;
    int watched = is_under(directory, fd, &before);
    int result = sync(fd);
    int error = errno;
    if (result == 0 && watched) {
        note(fd, before.st_size);
    }
    errno = error;
    return result;
}

int fsync(int fd) {
    return synced(fd, "fsync");
}

int fdatasync(int fd) {
    return synced(fd, "fdatasync");
}

int ftruncate64(int fd, off64_t size) {
    int (*truncate_file)(int, off64_t) = (int (*)(int, off64_t)) dlsym(RTLD_NEXT, "ftruncate64");
    struct stat status;
    int result = truncate_file(fd, size);
    int error = errno;
    if (result == 0 && is_under(directory, fd, &status) && noted(fd) > size) {
        note(fd, size);
    }
    errno = error;
    return result;
}

int truncate64(const char *path, off64_t size) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    int result = fd < 0 ? -1 : ftruncate64(fd, size);
    int error = errno;
    if (fd >= 0) {
        close(fd);
    }
    errno = error;
    return result;
}

static long long room(void) {
    char text[32] = "";
    if (getxattr(directory, LIMIT, text, sizeof text - 1) <= 0) {
        return LLONG_MAX;
    }
    long long left = atoll(text);
    DIR *files = opendir(limited);
    for (struct dirent *file = NULL; files != NULL && (file = readdir(files)) != NULL;) {
        struct stat status;
        if (fstatat(dirfd(files), file->d_name, &status, 0) == 0 && S_ISREG(status.st_mode)) {
            left -= status.st_size;
        }
    }
    if (files != NULL) {
        closedir(files);
    }
    return left < 0 ? 0 : left;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    static ssize_t (*write_file)(int, const void *, size_t);
    struct stat status;
    if (write_file == NULL) {
        write_file = (ssize_t (*)(int, const void *, size_t)) dlsym(RTLD_NEXT, "write");
    }
    int error = errno;
    if (length > 0 && is_under(limited, fd, &status)) {
        long long most = room();
        if (most == 0) {
            errno = ENOSPC;
            return -1;
        }
        length = (long long) length > most ? (size_t) most : length;
    }
    errno = error;
    return write_file(fd, bytes, length);
}
