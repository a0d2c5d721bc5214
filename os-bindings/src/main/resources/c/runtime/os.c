/* SPDX-License-Identifier: Apache-2.0 */
/* The operating system OCaml's runtime sees: its own interface caml/osdeps.h and the few POSIX and C
   library calls that it and picolibc make. Descriptors 0, 1 and 2 are the console; there are no files,
   but for /dev/urandom, which the runtime seeds its generators from. */

#define CAML_INTERNALS

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "board.h"
#include "caml/memory.h"
#include "caml/osdeps.h"
#include "caml/signals.h"
#include "caml/sys.h"

#define FD_RANDOM 3

/* A program may bring files of its own: its functions of these names are linked instead. */
#define WEAK __attribute__((weak))

static int fail(int error) {
  errno = error;
  return -1;
}

/* ---- Descriptors ---- */

WEAK int open(const char *path, int flags, ...) {
  return strcmp(path, "/dev/urandom") == 0 ? FD_RANDOM : fail(ENOENT);
}

WEAK int close(int fd) { return fd >= 0 && fd <= FD_RANDOM ? 0 : fail(EBADF); }

/* A read from the console waits for its first byte, as a terminal's does. */
static ssize_t console_read(void *data, size_t size) {
  for (;;) {
    int count = board_console_read(data, size);
    if (count != 0) return count < 0 ? 0 : count;
    board_wait(UINT64_MAX, board_console_event());
  }
}

WEAK ssize_t read(int fd, void *data, size_t size) {
  switch (fd) {
    case STDIN_FILENO: return size == 0 ? 0 : console_read(data, size);
    case FD_RANDOM: board_random(data, size); return size;
    default: return fail(EBADF);
  }
}

WEAK ssize_t write(int fd, const void *data, size_t size) {
  if (fd != STDOUT_FILENO && fd != STDERR_FILENO) return fail(EBADF);
  board_console_write(data, size);
  return size;
}

WEAK off_t lseek(int fd, off_t offset, int whence) { return fail(ESPIPE); }
int isatty(int fd) { return fd >= 0 && fd <= STDERR_FILENO; }

/* ---- Files, of which there are none ---- */

WEAK int stat(const char *path, struct stat *result) { return fail(ENOENT); }
WEAK int unlink(const char *path) { return fail(ENOENT); }
WEAK int rename(const char *from, const char *to) { return fail(ENOENT); }
int chdir(const char *path) { return fail(ENOENT); }
int mkdir(const char *path, mode_t mode) { return fail(EROFS); }
int rmdir(const char *path) { return fail(ENOENT); }
char *getcwd(char *buffer, size_t size) { return size < 2 ? NULL : strcpy(buffer, "/"); }
int system(const char *command) { return fail(ENOSYS); }
char *getenv(const char *name) { return NULL; }
pid_t getpid(void) { return 1; }
pid_t getppid(void) { return 0; }

/* ---- Time ---- */

int gettimeofday(struct timeval *restrict result, void *restrict zone) {
  int64_t now = board_wall_ns();
  result->tv_sec = now / 1000000000;
  result->tv_usec = now % 1000000000 / 1000;
  return 0;
}

time_t time(time_t *result) {
  time_t now = board_wall_ns() / 1000000000;
  if (result != NULL) *result = now;
  return now;
}

/* Nothing else uses the processor: its time is time since the start. */
clock_t clock(void) { return board_monotonic_ns() / (1000000000 / CLOCKS_PER_SEC); }

/* ---- The C library's own needs ---- */

/* Of the errors that are set above and in malloc.c; picolibc's knows 3 KB of others. */
char *strerror(int error) {
  switch (error) {
    case EBADF: return "Bad file descriptor";
    case ENOENT: return "No such file or directory";
    case ENOMEM: return "Cannot allocate memory";
    case ENOSYS: return "Function not implemented";
    case EROFS: return "Read-only file system";
    case ESPIPE: return "Illegal seek";
    default: return "Unknown error";
  }
}

static int console_put(char c, FILE *file) {
  board_console_write(&c, 1);
  return (unsigned char)c;
}

static FILE console = FDEV_SETUP_STREAM(console_put, NULL, NULL, _FDEV_SETUP_WRITE);
FILE *const stdout = &console;
FILE *const stderr = &console;
FILE *const stdin = &console;

_Noreturn void _exit(int status) { board_halt(status); }

/* As a shell reports a process killed by abort(). */
_Noreturn void abort(void) { board_halt(134); }

/* ---- caml/osdeps.h ---- */

int caml_read_fd(int fd, int flags, void *data, int size) {
  ssize_t count = read(fd, data, size);
  if (count < 0) caml_sys_io_error(NO_ARG);
  return count;
}

int caml_write_fd(int fd, int flags, void *data, int size) {
  ssize_t count = write(fd, data, size);
  if (count < 0) caml_sys_io_error(NO_ARG);
  return count;
}

char *caml_executable_name(void) { return NULL; }
char *caml_search_exe_in_path(const char *name) { return caml_stat_strdup(name); }
char *caml_secure_getenv(const char *name) { return NULL; }
int caml_num_rows_fd(int fd) { return -1; }
