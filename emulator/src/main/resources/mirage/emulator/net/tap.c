/* SPDX-License-Identifier: Apache-2.0 */
/* Carries frames between a TAP device and a stream socket, each behind its length in four bytes, the highest first.
   Arguments: the device, the socket's path. Ends with either of them; says why on standard error. */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define LONGEST 65535

static unsigned char message[4 + LONGEST];

static int fail(const char *why) {
  fprintf(stderr, "%s", why);
  return 1;
}

static int open_tap(const char *name) {
  struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
  int tap = open("/dev/net/tun", O_RDWR);
  if (tap < 0) return -1;
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  return ioctl(tap, TUNSETIFF, &request) < 0 ? -1 : tap;
}

static int read_all(int from, unsigned char *to, size_t size) {
  while (size > 0) {
    ssize_t part = read(from, to, size);
    if (part <= 0) return 0;
    to += part;
    size -= part;
  }
  return 1;
}

static int write_all(int to, const unsigned char *from, size_t size) {
  while (size > 0) {
    ssize_t part = write(to, from, size);
    if (part <= 0) return 0;
    from += part;
    size -= part;
  }
  return 1;
}

static void to_tap(int from, int tap) {
  uint32_t length;
  while (read_all(from, message, 4)) {
    memcpy(&length, message, 4);
    length = ntohl(length);
    if (length > LONGEST || !read_all(from, message, length)) return;
    /* What a device that is down does not take is lost, as on a cable. */
    if (write(tap, message, length) < 0 && errno == EBADFD) return;
  }
}

static void from_tap(int tap, int to) {
  for (;;) {
    ssize_t size = read(tap, message + 4, LONGEST);
    uint32_t length = htonl(size);
    if (size < 0 && (errno == EIO || errno == EINTR)) {
      usleep(10000); /* it is down */
      continue;
    }
    memcpy(message, &length, 4);
    if (size <= 0 || !write_all(to, message, 4 + size)) return;
  }
}

int main(int count, char **words) {
  struct sockaddr_un place = {.sun_family = AF_UNIX};
  if (count != 3 || strlen(words[1]) >= IFNAMSIZ) return fail("a TAP device has a name of 1 to 15 bytes");
  int tap = open_tap(words[1]);
  if (tap < 0) {
    int denied = errno == EPERM || errno == EACCES;
    return fail(denied ? "EPERM" : errno == EBUSY ? "EBUSY" : strerror(errno));
  }
  strncpy(place.sun_path, words[2], sizeof place.sun_path - 1);
  int link = socket(AF_UNIX, SOCK_STREAM, 0);
  if (link < 0 || connect(link, (struct sockaddr *)&place, sizeof place) < 0) return fail(strerror(errno));
  /* Each way in a process of its own: one that waits for room does not keep the other from making some. */
  pid_t child = fork();
  if (child == 0) {
    to_tap(link, tap);
    kill(getppid(), SIGTERM);
  } else {
    from_tap(tap, link);
    if (child > 0) kill(child, SIGTERM);
  }
  return 0;
}
