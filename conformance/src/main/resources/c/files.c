/* SPDX-License-Identifier: Apache-2.0 */
/* Files in RAM, for tests that write and read some, in place of the board's functions, which know none.
   They are never freed. Those a test brings along are in conformance_files, made by the harness. */

#define CAML_INTERNALS

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "board.h"
#include "caml/mlvalues.h"
#include "files.h"

#define FILES 128
#define DESCRIPTORS 32
#define FIRST 3

struct file {
  char *name; /* null once it is unlinked */
  char *data;
  size_t size, capacity;
};

enum device { NONE, FILE_DATA, NOTHING, RANDOM };

static struct file files[FILES];
static int files_count;
static struct descriptor {
  enum device device;
  struct file *file;
  size_t position;
  int append;
} descriptors[DESCRIPTORS];

static int fail(int error) {
  errno = error;
  return -1;
}

static const char *plain(const char *path) { return strncmp(path, "./", 2) == 0 ? path + 2 : path; }

static struct file *find(const char *path) {
  for (int i = 0; i < files_count; i++) {
    if (files[i].name != NULL && strcmp(files[i].name, plain(path)) == 0) return &files[i];
  }
  return NULL;
}

static struct file *create(const char *path) {
  if (files_count == FILES) return NULL;
  struct file *file = &files[files_count++];
  file->name = strdup(plain(path));
  return file;
}

value conformance_files_start(value unit) {
  for (const struct conformance_file *from = conformance_files; from->name != NULL; from++) {
    struct file *file = create(from->name);
    file->size = file->capacity = from->end - from->start;
    file->data = malloc(file->size + 1);
    if (file->data == NULL) abort();
    memcpy(file->data, from->start, file->size);
  }
  return Val_unit;
}

static struct file *open_file(const char *path, int flags) {
  struct file *file = find(path);
  if (file == NULL) {
    if (!(flags & O_CREAT)) return fail(ENOENT), NULL;
    file = create(path);
    if (file == NULL) fail(ENOSPC);
  } else if ((flags & O_CREAT) && (flags & O_EXCL)) {
    return fail(EEXIST), NULL;
  } else if (flags & O_TRUNC) {
    file->size = 0;
  }
  return file;
}

int open(const char *path, int flags, ...) {
  enum device device = strcmp(path, "/dev/null") == 0      ? NOTHING
                       : strcmp(path, "/dev/urandom") == 0 ? RANDOM
                                                           : FILE_DATA;
  struct file *file = NULL;
  if (device == FILE_DATA && (file = open_file(path, flags)) == NULL) return -1;
  for (int i = 0; i < DESCRIPTORS; i++) {
    if (descriptors[i].device == NONE) {
      descriptors[i] = (struct descriptor){device, file, 0, (flags & O_APPEND) != 0};
      return i + FIRST;
    }
  }
  return fail(EMFILE);
}

static struct descriptor *descriptor(int fd) {
  return fd >= FIRST && fd < FIRST + DESCRIPTORS && descriptors[fd - FIRST].device != NONE
             ? &descriptors[fd - FIRST]
             : NULL;
}

int close(int fd) {
  if (fd >= 0 && fd < FIRST) return 0;
  struct descriptor *d = descriptor(fd);
  if (d == NULL) return fail(EBADF);
  d->device = NONE;
  return 0;
}

static ssize_t read_file(struct descriptor *d, void *data, size_t size) {
  size_t left = d->position < d->file->size ? d->file->size - d->position : 0;
  if (size > left) size = left;
  memcpy(data, d->file->data + d->position, size);
  d->position += size;
  return size;
}

/* Standard input is the file of that name; a console would never end. */
static ssize_t read_input(void *data, size_t size) {
  static struct descriptor input = {FILE_DATA};
  if (input.file == NULL) input.file = find("stdin");
  return input.file == NULL ? 0 : read_file(&input, data, size);
}

ssize_t read(int fd, void *data, size_t size) {
  if (fd == STDIN_FILENO) return read_input(data, size);
  struct descriptor *d = descriptor(fd);
  if (d == NULL) return fail(EBADF);
  if (d->device == FILE_DATA) return read_file(d, data, size);
  if (d->device == NOTHING) return 0;
  board_random(data, size);
  return size;
}

static ssize_t write_file(struct descriptor *d, const void *data, size_t size) {
  struct file *file = d->file;
  if (d->append) d->position = file->size;
  size_t end = d->position + size;
  if (end > file->capacity) {
    size_t capacity = end > 2 * file->capacity ? end : 2 * file->capacity;
    char *larger = realloc(file->data, capacity);
    if (larger == NULL) return fail(ENOSPC);
    file->data = larger;
    file->capacity = capacity;
  }
  if (d->position > file->size) memset(file->data + file->size, 0, d->position - file->size);
  memcpy(file->data + d->position, data, size);
  d->position = end;
  if (end > file->size) file->size = end;
  return size;
}

ssize_t write(int fd, const void *data, size_t size) {
  if (fd == STDOUT_FILENO || fd == STDERR_FILENO) {
    board_console_write(data, size);
    return size;
  }
  struct descriptor *d = descriptor(fd);
  if (d == NULL) return fail(EBADF);
  return d->device == FILE_DATA ? write_file(d, data, size) : (ssize_t)size;
}

off_t lseek(int fd, off_t offset, int whence) {
  struct descriptor *d = descriptor(fd);
  if (d == NULL || d->device != FILE_DATA) return fail(fd < FIRST ? ESPIPE : EBADF);
  off_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (off_t)d->position : (off_t)d->file->size;
  if (from + offset < 0) return fail(EINVAL);
  return d->position = from + offset;
}

int stat(const char *path, struct stat *result) {
  struct file *file = find(path);
  if (file == NULL) return fail(ENOENT);
  memset(result, 0, sizeof *result);
  result->st_mode = S_IFREG | 0644;
  result->st_size = file->size;
  return 0;
}

int unlink(const char *path) {
  struct file *file = find(path);
  if (file == NULL) return fail(ENOENT);
  file->name = NULL;
  return 0;
}

int rename(const char *from, const char *to) {
  struct file *file = find(from);
  if (file == NULL) return fail(ENOENT);
  if (find(to) == file) return 0;
  if (find(to) != NULL) unlink(to);
  file->name = strdup(plain(to));
  return 0;
}
