/* SPDX-License-Identifier: Apache-2.0 */
/* There is no host behind the board of the tests: sockets.h has its event, and nothing else works. */

#include "sockets.h"

#include "board.h"

unsigned board_socket_event(void) { return 0; }

int board_socket_changed(void) { return BOARD_EAGAIN; }

int board_socket_listen(const struct board_socket_address *own) {
  (void)own;
  return BOARD_EIO;
}

int board_socket_datagrams(const struct board_socket_address *own) { return board_socket_listen(own); }

int board_socket_connect(const struct board_socket_address *peer) { return board_socket_listen(peer); }

int board_socket_connected(int socket) {
  (void)socket;
  return BOARD_EIO;
}

int board_socket_accept(int socket, struct board_socket_address *peer) {
  (void)peer;
  return board_socket_connected(socket);
}

void board_socket_keepalive(int socket, int after, int interval, int probes) {
  (void)socket, (void)after, (void)interval, (void)probes;
}

int board_socket_receive(int socket, void *data, size_t size, struct board_socket_address *peer) {
  (void)data, (void)size, (void)peer;
  return board_socket_connected(socket);
}

int board_socket_send(int socket, const void *data, size_t size, const struct board_socket_address *peer) {
  (void)data, (void)size, (void)peer;
  return board_socket_connected(socket);
}

void board_socket_close(int socket) { (void)socket; }

int board_socket_nameserver(int index, struct board_socket_address *server) {
  (void)index, (void)server;
  return BOARD_ENOENT;
}
