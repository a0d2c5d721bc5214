/* SPDX-License-Identifier: Apache-2.0 */
/* wifi.h for OCaml. Frames lie in bigarrays, outside of the OCaml heap. */

#include <caml/alloc.h>
#include <caml/bigarray.h>
#include <caml/mlvalues.h>

#include "wifi.h"

#define COUNTER(n) Val_long((n) & 0x3FFFFFFF)

static uint8_t *bytes(value buffer, value offset) {
  return (uint8_t *)Caml_ba_data_val(buffer) + Long_val(offset);
}

value mirage_wifi_start(value unit) {
  (void)unit;
  return Val_int(board_wifi_start());
}

value mirage_wifi_mac(value unit) {
  (void)unit;
  uint8_t mac[6];
  board_wifi_mac(mac);
  return caml_alloc_initialized_string(sizeof mac, (const char *)mac);
}

value mirage_wifi_channel(value channel) { return Val_int(board_wifi_channel(Int_val(channel))); }

value mirage_wifi_filter(value filter, value bssid) {
  board_wifi_filter(Int_val(filter), (const uint8_t *)String_val(bssid));
  return Val_unit;
}

value mirage_wifi_frame_event(value unit) {
  (void)unit;
  return Val_int(board_wifi_frame_event());
}

value mirage_wifi_sent_event(value unit) {
  (void)unit;
  return Val_int(board_wifi_sent_event());
}

value mirage_wifi_size(value unit) {
  (void)unit;
  return Val_int(board_wifi_size());
}

/* How the frame came, in one number: decrypted in bit 16, the channel in bits 8 to 15, the strength negated in
   bits 0 to 7. */
value mirage_wifi_read(value buffer, value offset) {
  struct board_wifi_received how;
  board_wifi_read(bytes(buffer, offset), &how);
  return Val_int(how.decrypted << 16 | how.channel << 8 | (uint8_t)-how.rssi);
}

value mirage_wifi_write(value buffer, value offset, value size, value rate, value key) {
  return Val_int(board_wifi_write(bytes(buffer, offset), Long_val(size), Int_val(rate), Int_val(key)));
}

value mirage_wifi_sent(value number) { return Val_int(board_wifi_sent(Int_val(number))); }

value mirage_wifi_key(value slot, value address, value key_id, value group, value key) {
  return Val_int(board_wifi_key(Int_val(slot), (const uint8_t *)String_val(address), Int_val(key_id), Bool_val(group),
                                (const uint8_t *)String_val(key)));
}

value mirage_wifi_clear_key(value slot) {
  board_wifi_clear_key(Int_val(slot));
  return Val_unit;
}

/* Missed, damaged, retries, failed. */
value mirage_wifi_counters(value unit) {
  (void)unit;
  struct board_wifi_counters counters;
  board_wifi_counters(&counters);
  value result = caml_alloc_tuple(4);
  Field(result, 0) = COUNTER(counters.missed);
  Field(result, 1) = COUNTER(counters.damaged);
  Field(result, 2) = COUNTER(counters.retries);
  Field(result, 3) = COUNTER(counters.failed);
  return result;
}
