/* SPDX-License-Identifier: Apache-2.0 */
/* The WiFi MAC as wifi.h has it: its start, and what it receives: a list of descriptors, each with a buffer, that
   the DMA fills in order and stops at the end of. */

#include "wifi.h"

#include <string.h>

#include "board.h"
#include "event.h"
#include "wifi_mac.h"

#define COUNT 8
#define BUFFER 1600

/* What the MAC puts in front of a frame, in words. */
enum { RX_STRENGTH = 0, RX_CHANNEL = 2, RX_LENGTH = 6, RX_HEADER = 7 };

#define RX_HEADER_BYTES (4 * RX_HEADER)
#define RSSI_OFFSET 96
#define FCS 4
#define MIC 8
#define FLAGS 1
#define FLAG_PROTECTED (1 << 6)

struct board_wifi_counters wifi_counters;

static struct wifi_descriptor list[COUNT];
static uint32_t buffers[COUNT][BUFFER / 4];
static struct wifi_descriptor *first, *last; /* of the list as it is now */
static unsigned event;

static void make_ready(struct wifi_descriptor *descriptor) {
  descriptor->next = NULL;
  descriptor->word = WIFI_OWN | WIFI_WORD(BUFFER, BUFFER);
}

static void list_start(void) {
  for (unsigned i = 0; i < COUNT; i++) {
    list[i].buffer = buffers[i];
    make_ready(&list[i]);
    if (i > 0) list[i - 1].next = &list[i];
  }
  first = &list[0];
  last = &list[COUNT - 1];
}

static void reload(void) {
  reg_write(WIFI_RX_CTRL_REG, reg_read(WIFI_RX_CTRL_REG) | WIFI_RX_RELOAD);
  while (reg_read(WIFI_RX_CTRL_REG) & WIFI_RX_RELOAD) {
  }
}

/* The first descriptor becomes the last. The DMA has read the link of the descriptor it is at, and reads it again
   when told to; where the list has ended before, all of it filled, it must be told where it goes on. */
static void give_back(void) {
  struct wifi_descriptor *descriptor = first, *end = last;
  first = descriptor->next;
  make_ready(descriptor);
  end->next = last = descriptor;
  reload();
  bool ended = end->word & WIFI_EOF && reg_read(WIFI_RX_NEXT_REG) != (uint32_t)descriptor;
  if (ended && !(descriptor->word & WIFI_EOF)) {
    wifi_counters.missed++;
    reg_write(WIFI_RX_BASE_REG, (uint32_t)descriptor);
  }
}

static const uint32_t *header(void) { return first->buffer; }

static const uint8_t *frame(void) { return (const uint8_t *)first->buffer + RX_HEADER_BYTES; }

/* What the DMA wrote ends at a word, behind which check sequence and MIC were: how many bytes of the length on the
   air are not there. */
static int missing(void) {
  int on_air = header()[RX_LENGTH] & 0xFFF;
  int written = (int)WIFI_LENGTH(first->word) - RX_HEADER_BYTES;
  int trailer = (on_air - written + 3) & ~3;
  return trailer < FCS ? FCS : trailer;
}

static int size(void) { return (int)(header()[RX_LENGTH] & 0xFFF) - missing(); }

static bool sound(void) {
  int written = (int)WIFI_LENGTH(first->word) - RX_HEADER_BYTES;
  return header()[RX_LENGTH] >> 24 == 0 && missing() <= FCS + MIC && size() <= written;
}

int board_wifi_size(void) {
  wifi_tx_service();
  while (first->word & WIFI_EOF) {
    bool whole = sound();
    if (whole && size() >= (int)BOARD_WIFI_HEADER) return size();
    if (!whole) wifi_counters.damaged++;
    give_back();
  }
  return 0;
}

void board_wifi_read(void *to, struct board_wifi_received *how) {
  memcpy(to, frame(), size());
  how->rssi = (int8_t)header()[RX_STRENGTH] - RSSI_OFFSET;
  how->channel = header()[RX_CHANNEL] >> 16 & 0xF;
  how->decrypted = frame()[FLAGS] & FLAG_PROTECTED && missing() == FCS + MIC;
  give_back();
}

static bool frame_pending(void) {
  wifi_forget_interrupts();
  return board_wifi_size() > 0;
}

unsigned board_wifi_frame_event(void) { return event; }

void board_wifi_mac(uint8_t mac[6]) { board_mac(mac); }

static bool started;

bool board_wifi_is_on(void) { return started; }

int board_wifi_start(void) {
  static const struct event_source arrived = {CPU_INT_WIFI, frame_pending};
  if (started) return 0;
  list_start();
  if (!wifi_mac_start(list)) return BOARD_EIO;
  event = event_add(&arrived);
  wifi_tx_start();
  board_wifi_filter(BOARD_WIFI_SCAN, (const uint8_t[6]){0});
  board_wifi_channel(1);
  started = true;
  return 0;
}

void board_wifi_counters(struct board_wifi_counters *counters) { *counters = wifi_counters; }
