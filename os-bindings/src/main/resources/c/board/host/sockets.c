/* SPDX-License-Identifier: Apache-2.0 */
/* Non-blocking sockets, watched by one epoll, which is one event of the board whatever their number. */

#define _GNU_SOURCE /* accept4 */
#include "sockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "board.h"
#include "event.h"
#include "host.h"

#define BACKLOG 128

static int watcher = -1;
static unsigned event;

static int problem(void) {
  switch (errno) {
    case EAGAIN:
    case EINTR:
    case EINPROGRESS: return BOARD_EAGAIN;
    case EACCES:
    case EPERM: return BOARD_EACCES;
    case EADDRINUSE: return BOARD_EINUSE;
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
    case EHOSTUNREACH:
    case ENETUNREACH: return BOARD_ENOENT;
    case ECONNREFUSED: return BOARD_EREFUSED;
    case ECONNRESET:
    case EPIPE: return BOARD_ERESET;
    case ETIMEDOUT: return BOARD_ETIMEDOUT;
    default: return BOARD_EIO;
  }
}

/* ---- Addresses ---- */

static socklen_t to_host(const struct board_socket_address *from, struct sockaddr_storage *to) {
  memset(to, 0, sizeof *to);
  if (from->size == sizeof(struct in_addr)) {
    struct sockaddr_in *v4 = (struct sockaddr_in *)to;
    v4->sin_family = AF_INET;
    memcpy(&v4->sin_port, from->port, sizeof from->port);
    memcpy(&v4->sin_addr, from->octets, sizeof v4->sin_addr);
    return sizeof *v4;
  }
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)to;
  v6->sin6_family = AF_INET6;
  memcpy(&v6->sin6_port, from->port, sizeof from->port);
  memcpy(&v6->sin6_addr, from->octets, sizeof v6->sin6_addr);
  return sizeof *v6;
}

static void of_host(const struct sockaddr_storage *from, struct board_socket_address *to) {
  if (from->ss_family == AF_INET) {
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)from;
    to->size = sizeof v4->sin_addr;
    memcpy(to->port, &v4->sin_port, sizeof to->port);
    memcpy(to->octets, &v4->sin_addr, sizeof v4->sin_addr);
  } else {
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)from;
    to->size = sizeof v6->sin6_addr;
    memcpy(to->port, &v6->sin6_port, sizeof to->port);
    memcpy(to->octets, &v6->sin6_addr, sizeof v6->sin6_addr);
  }
}

/* ---- Sockets, and what happens to them ---- */

unsigned board_socket_event(void) {
  if (watcher < 0) {
    watcher = epoll_create1(EPOLL_CLOEXEC);
    if (watcher < 0) host_fail("sockets");
    event = event_add(watcher, POLLIN);
  }
  return event;
}

int board_socket_changed(void) {
  struct epoll_event change;
  return epoll_wait(watcher, &change, 1, 0) == 1 ? change.data.fd : BOARD_EAGAIN;
}

static int watch(int socket) {
  struct epoll_event changes = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.fd = socket};
  board_socket_event();
  if (epoll_ctl(watcher, EPOLL_CTL_ADD, socket, &changes) < 0) host_fail("sockets");
  return socket;
}

static void set(int socket, int level, int option, int value) {
  setsockopt(socket, level, option, &value, sizeof value);
}

static int open_socket(const struct board_socket_address *address, int type) {
  int family = address->size == sizeof(struct in_addr) ? AF_INET : AF_INET6;
  int result = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (result < 0) return problem();
  /* IPv4 has a socket of its own. */
  if (family == AF_INET6) set(result, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  return result;
}

/* What the caller writes at once is to leave at once; the host still joins what cannot leave yet. */
static int connection(int socket) {
  set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  return watch(socket);
}

static int failed(int socket) {
  int result = problem();
  close(socket);
  return result;
}

/* A socket at an address of ours, with an option of sockets set before. */
static int open_at(const struct board_socket_address *own, int type, int option) {
  struct sockaddr_storage address;
  socklen_t size = to_host(own, &address);
  int result = open_socket(own, type);
  if (result < 0) return result;
  set(result, SOL_SOCKET, option, 1);
  return bind(result, (struct sockaddr *)&address, size) < 0 ? failed(result) : result;
}

int board_socket_listen(const struct board_socket_address *own) {
  int result = open_at(own, SOCK_STREAM, SO_REUSEADDR);
  if (result < 0) return result;
  return listen(result, BACKLOG) < 0 ? failed(result) : watch(result);
}

int board_socket_datagrams(const struct board_socket_address *own) {
  int result = open_at(own, SOCK_DGRAM, SO_BROADCAST);
  return result < 0 ? result : watch(result);
}

int board_socket_connect(const struct board_socket_address *peer) {
  struct sockaddr_storage address;
  socklen_t size = to_host(peer, &address);
  int result = open_socket(peer, SOCK_STREAM);
  if (result < 0) return result;
  if (connect(result, (struct sockaddr *)&address, size) < 0 && errno != EINPROGRESS) return failed(result);
  return connection(result);
}

int board_socket_connected(int socket) {
  struct sockaddr_storage peer;
  socklen_t size = sizeof errno;
  int error = 0;
  getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
  errno = error;
  if (error) return problem();
  size = sizeof peer;
  return getpeername(socket, (struct sockaddr *)&peer, &size) == 0 ? 0 : BOARD_EAGAIN;
}

int board_socket_accept(int socket, struct board_socket_address *peer) {
  struct sockaddr_storage address;
  socklen_t size = sizeof address;
  int result = accept4(socket, (struct sockaddr *)&address, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (result < 0) return problem();
  of_host(&address, peer);
  return connection(result);
}

void board_socket_keepalive(int socket, int after, int interval, int probes) {
  set(socket, IPPROTO_TCP, TCP_KEEPIDLE, after);
  set(socket, IPPROTO_TCP, TCP_KEEPINTVL, interval);
  set(socket, IPPROTO_TCP, TCP_KEEPCNT, probes);
  set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
}

int board_socket_receive(int socket, void *data, size_t size, struct board_socket_address *peer) {
  struct sockaddr_storage address = {.ss_family = AF_UNSPEC};
  socklen_t length = sizeof address;
  ssize_t result = recvfrom(socket, data, size, 0, (struct sockaddr *)&address, &length);
  if (result < 0) return problem();
  /* Of a connection the host names no peer. */
  if (peer != NULL && address.ss_family != AF_UNSPEC) of_host(&address, peer);
  return result;
}

int board_socket_send(int socket, const void *data, size_t size, const struct board_socket_address *peer) {
  struct sockaddr_storage address;
  socklen_t length = peer == NULL ? 0 : to_host(peer, &address);
  struct sockaddr *to = peer == NULL ? NULL : (struct sockaddr *)&address;
  ssize_t result = sendto(socket, data, size, MSG_NOSIGNAL, to, length);
  return result < 0 ? problem() : result;
}

void board_socket_close(int socket) { close(socket); }

/* ---- Name servers: resolv.conf(5) ---- */

static int read_address(const char *text, struct board_socket_address *address) {
  static const uint8_t domain[] = {0, 53};
  memcpy(address->port, domain, sizeof domain);
  address->size = 4;
  if (inet_pton(AF_INET, text, address->octets) == 1) return 1;
  address->size = 16;
  return inet_pton(AF_INET6, text, address->octets) == 1;
}

int board_socket_nameserver(int index, struct board_socket_address *server) {
  char line[256], text[64];
  FILE *file = fopen("/etc/resolv.conf", "re");
  int left = index + 1;
  while (file != NULL && left > 0 && fgets(line, sizeof line, file) != NULL) {
    if (sscanf(line, "nameserver %63s", text) == 1 && read_address(text, server)) left--;
  }
  if (file != NULL) fclose(file);
  return left == 0 ? 0 : BOARD_ENOENT;
}
