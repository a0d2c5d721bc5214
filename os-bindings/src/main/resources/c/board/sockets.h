/* SPDX-License-Identifier: Apache-2.0 */
/* TCP and UDP of the machine a unikernel runs on, instead of an interface and a stack of its own. Only the host
   has them; a program that uses none has none of this in its image. What board.h says of errors, ownership and
   blocking holds here too: no call sleeps, and what cannot be done now is BOARD_EAGAIN until the socket changes. */

#ifndef SOCKETS_H
#define SOCKETS_H

#include <stddef.h>
#include <stdint.h>

#define BOARD_EINUSE (-6)    /* the port is somebody else's */
#define BOARD_EREFUSED (-7)  /* nobody listens there */
#define BOARD_ERESET (-8)    /* the peer has ended the connection */
#define BOARD_ETIMEDOUT (-9) /* the peer does not answer */

/* An address and a port, the highest byte first. */
struct board_socket_address {
  uint8_t size; /* 4 of IPv4, 16 of IPv6 */
  uint8_t port[2];
  uint8_t octets[16]; /* the first size of them */
};

/* Some socket has changed: input, room, a connection, an end. */
unsigned board_socket_event(void);

/* The number of a socket that has changed since it was named last; BOARD_EAGAIN when there is none. */
int board_socket_changed(void);

/* A socket that waits for connections, one for datagrams, one that is being connected. Returns its number;
   BOARD_EACCES (ports below 1024), BOARD_EINUSE, BOARD_ENOENT (the address is none of this machine's, or there is
   no way to it), BOARD_EREFUSED, BOARD_EIO (whatever else). Port 0 is one the machine chooses. */
int board_socket_listen(const struct board_socket_address *own);
int board_socket_datagrams(const struct board_socket_address *own);
int board_socket_connect(const struct board_socket_address *peer);

/* 0 when the connection is there, BOARD_EAGAIN, or why it will not be. */
int board_socket_connected(int socket);

/* The number of the next connection, and its peer. */
int board_socket_accept(int socket, struct board_socket_address *peer);

/* Probes a silent peer: after so many seconds, so many apart, so many before it counts as gone. */
void board_socket_keepalive(int socket, int after, int interval, int probes);

/* Receives at most size bytes or one datagram; the number of bytes, 0 at the end of a connection. */
int board_socket_receive(int socket, void *data, size_t size, struct board_socket_address *peer);

/* Sends; the number of bytes that were taken. Of a connection the peer must be NULL. */
int board_socket_send(int socket, const void *data, size_t size, const struct board_socket_address *peer);

void board_socket_close(int socket);

/* The name servers of this machine: the one of that index from 0, port 53; BOARD_ENOENT behind the last. */
int board_socket_nameserver(int index, struct board_socket_address *server);

#endif
