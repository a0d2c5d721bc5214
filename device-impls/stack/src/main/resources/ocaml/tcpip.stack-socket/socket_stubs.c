/* SPDX-License-Identifier: Apache-2.0 */
/* sockets.h for OCaml. An address is a byte sequence with the layout of the structure. */

#include <caml/bigarray.h>
#include <caml/mlvalues.h>

#include "sockets.h"

#define ADDRESS(v) ((struct board_socket_address *)Bytes_val(v))

value mirage_socket_event(value unit) { return Val_int(board_socket_event()); }

value mirage_socket_changed(value unit) { return Val_int(board_socket_changed()); }

value mirage_socket_listen(value own) { return Val_int(board_socket_listen(ADDRESS(own))); }

value mirage_socket_datagrams(value own) { return Val_int(board_socket_datagrams(ADDRESS(own))); }

value mirage_socket_connect(value peer) { return Val_int(board_socket_connect(ADDRESS(peer))); }

value mirage_socket_connected(value socket) { return Val_int(board_socket_connected(Int_val(socket))); }

value mirage_socket_accept(value socket, value peer) {
  return Val_int(board_socket_accept(Int_val(socket), ADDRESS(peer)));
}

value mirage_socket_keepalive(value socket, value after, value interval, value probes) {
  board_socket_keepalive(Int_val(socket), Int_val(after), Int_val(interval), Int_val(probes));
  return Val_unit;
}

value mirage_socket_receive(value socket, value buffer, value size, value peer) {
  return Val_int(board_socket_receive(Int_val(socket), Caml_ba_data_val(buffer), Long_val(size), ADDRESS(peer)));
}

/* An empty address is none. */
value mirage_socket_send(value socket, value buffer, value offset, value size, value peer) {
  const uint8_t *data = (const uint8_t *)Caml_ba_data_val(buffer) + Long_val(offset);
  struct board_socket_address *to = caml_string_length(peer) == 0 ? NULL : ADDRESS(peer);
  return Val_int(board_socket_send(Int_val(socket), data, Long_val(size), to));
}

value mirage_socket_close(value socket) {
  board_socket_close(Int_val(socket));
  return Val_unit;
}

value mirage_socket_nameserver(value index, value server) {
  return Val_int(board_socket_nameserver(Int_val(index), ADDRESS(server)));
}
