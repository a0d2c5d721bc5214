/* SPDX-License-Identifier: Apache-2.0 */
/* A partition is a file in directory $MIRAGE_PARTITIONS, else in <executable>.parts; its size is the
   file's. Programming and erasing change the file as flash would change. */

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "board.h"

/* Opens a partition for a range. Returns a descriptor, or a BOARD_E code. */
static int open_range(const char *name, int flags, uint32_t offset, uint32_t size) {
  char path[PATH_MAX], executable[PATH_MAX] = "";
  const char *directory = getenv("MIRAGE_PARTITIONS");
  if (strchr(name, '/') != NULL) return BOARD_ENOENT;
  if (directory == NULL) {
    if (readlink("/proc/self/exe", executable, sizeof executable - 1) < 0) return BOARD_ENOENT;
    directory = executable;
  }
  int length = snprintf(path, sizeof path, "%s%s/%s", directory, *executable ? ".parts" : "", name);
  if (length < 0 || (size_t)length >= sizeof path) return BOARD_ENOENT;
  int fd = open(path, flags | O_CLOEXEC);
  if (fd < 0) return BOARD_ENOENT;
  struct stat status;
  if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > UINT32_MAX) {
    close(fd);
    return BOARD_ENOENT;
  }
  uint32_t end = status.st_size;
  if (offset > end || size > end - offset) {
    close(fd);
    return BOARD_EINVAL;
  }
  return fd;
}

int board_partition_find(const char *name, uint32_t *offset, uint32_t *size) {
  int fd = open_range(name, O_RDONLY, 0, 0);
  if (fd < 0) return fd;
  *offset = 0;
  *size = lseek(fd, 0, SEEK_END);
  close(fd);
  return 0;
}

int board_partition_read(const char *name, uint32_t offset, void *data, uint32_t size) {
  int fd = open_range(name, O_RDONLY, offset, size);
  if (fd < 0) return fd;
  ssize_t count = pread(fd, data, size, offset);
  close(fd);
  return count == (ssize_t)size ? 0 : BOARD_EIO;
}

int board_partition_write(const char *name, uint32_t offset, const void *data, uint32_t size) {
  const uint8_t *from = data;
  int fd = open_range(name, O_RDWR, offset, size);
  if (fd < 0) return fd;
  int result = 0;
  for (uint32_t i = 0; i < size && result == 0; i++) {
    uint8_t byte;
    if (pread(fd, &byte, 1, offset + i) != 1) result = BOARD_EIO;
    byte &= from[i];
    if (pwrite(fd, &byte, 1, offset + i) != 1) result = BOARD_EIO;
  }
  close(fd);
  return result;
}

int board_partition_erase(const char *name, uint32_t offset, uint32_t size) {
  if (offset % BOARD_SECTOR != 0 || size % BOARD_SECTOR != 0) return BOARD_EINVAL;
  int fd = open_range(name, O_RDWR, offset, size);
  if (fd < 0) return fd;
  char sector[BOARD_SECTOR];
  memset(sector, 0xFF, sizeof sector);
  int result = 0;
  for (uint32_t i = 0; i < size && result == 0; i += BOARD_SECTOR) {
    if (pwrite(fd, sector, sizeof sector, offset + i) != sizeof sector) result = BOARD_EIO;
  }
  close(fd);
  return result;
}
