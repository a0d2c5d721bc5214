/* SPDX-License-Identifier: Apache-2.0 */
/* net.h for OCaml. Frames lie in bigarrays, outside of the OCaml heap. */

#include <caml/alloc.h>
#include <caml/bigarray.h>
#include <caml/mlvalues.h>

#include "net.h"

value mirage_net_open(value name) { return Val_int(board_net_open(String_val(name))); }

value mirage_net_mac(value net) {
  uint8_t mac[6];
  board_net_mac(Int_val(net), mac);
  return caml_alloc_initialized_string(sizeof mac, (const char *)mac);
}

value mirage_net_frame_event(value net) { return Val_int(board_net_frame_event(Int_val(net))); }

value mirage_net_room_event(value net) { return Val_int(board_net_room_event(Int_val(net))); }

value mirage_net_size(value net) { return Val_int(board_net_size(Int_val(net))); }

value mirage_net_read(value net, value buffer, value offset) {
  board_net_read(Int_val(net), (uint8_t *)Caml_ba_data_val(buffer) + Long_val(offset));
  return Val_unit;
}

value mirage_net_write(value net, value buffer, value offset, value size) {
  const uint8_t *frame = (const uint8_t *)Caml_ba_data_val(buffer) + Long_val(offset);
  return Val_int(board_net_write(Int_val(net), frame, Long_val(size)));
}

value mirage_net_link(value net) { return Val_bool(board_net_link(Int_val(net))); }

/* Missed, damaged, failed. */
value mirage_net_counters(value net) {
  struct board_net_counters counters;
  board_net_counters(Int_val(net), &counters);
  value result = caml_alloc_tuple(3);
  Field(result, 0) = Val_long(counters.missed & 0x3FFFFFFF);
  Field(result, 1) = Val_long(counters.damaged & 0x3FFFFFFF);
  Field(result, 2) = Val_long(counters.failed & 0x3FFFFFFF);
  return result;
}
