/* SPDX-License-Identifier: Apache-2.0 */
/* Sending. Frames wait in a row of buffers and go one at a time through the first transmit slot: one that is sent
   again must not come behind its successor, whose packet number is higher. */

#include <string.h>

#include "board.h"
#include "event.h"
#include "wifi_mac.h"

#define FRAMES 4
#define FCS 4
#define MIC 8
#define TRIES 5
#define LOST_NS 200000000 /* so long nothing takes */

#define DURATION 2 /* offsets in a frame */
#define RECEIVER 4
#define SEQUENCE 22
#define FLAGS 1
#define FLAG_RETRY (1 << 3)
#define SEVERAL 1 /* in the first byte of an address */

enum state { FREE, WAITING, DONE };

static struct {
  enum state state;
  bool acknowledged;
  uint16_t size;
  uint8_t rate;
  uint8_t key; /* 0: none */
  uint8_t tries;
  uint32_t frame[(BOARD_WIFI_FRAME + MIC + FCS) / 4];
} frames[FRAMES];

static unsigned put, head; /* where the next frame goes; the one that is being sent, if it is waiting */
static bool sending;
static uint64_t begun;
static unsigned sequence, sent_count, event;
static struct wifi_descriptor descriptor;

/* The codes of the rates of 1, 5.5, 11, 24 and 54 Mb/s. */
static const uint8_t rates[] = {0x0, 0x2, 0x3, 0x9, 0xC};

static uint8_t *bytes(unsigned i) { return (uint8_t *)frames[i].frame; }

static bool to_one(unsigned i) { return !(bytes(i)[RECEIVER] & SEVERAL); }

static unsigned next(unsigned i) { return (i + 1) % FRAMES; }

static void begin(void) {
  if (sending || frames[head].state != WAITING) return;
  unsigned length = frames[head].size + FCS + (frames[head].key ? MIC : 0);
  unsigned slower = frames[head].tries < frames[head].rate ? frames[head].tries : frames[head].rate;
  unsigned rate = rates[frames[head].rate - slower];
  uint32_t duration = bytes(head)[DURATION + 1] << 8 | bytes(head)[DURATION];
  descriptor.buffer = frames[head].frame;
  descriptor.next = NULL;
  descriptor.word = WIFI_OWN | WIFI_EOF | WIFI_WORD(length, length);
  uint32_t plcp0 = ((uint32_t)&descriptor & WIFI_TX_DESCRIPTOR) | WIFI_TX_UNKNOWN0 |
                   (to_one(head) ? WIFI_TX_WAIT_ACK : 0);
  reg_write(WIFI_TX_CONFIG_REG, WIFI_TX_CONFIG);
  reg_write(WIFI_TX_PLCP0_REG, plcp0);
  reg_write(WIFI_TX_PLCP1_REG, WIFI_TX_UNKNOWN1 | (uint32_t)frames[head].key << WIFI_TX_KEY_SHIFT |
                                   rate << WIFI_TX_RATE_SHIFT | length);
  reg_write(WIFI_TX_PLCP2_REG, WIFI_TX_PLCP2);
  reg_write(WIFI_TX_DURATION_REG, duration << 16 | duration);
  reg_write(WIFI_TX_PLCP0_REG, plcp0 | WIFI_TX_GO);
  begun = board_monotonic_ns();
  sending = true;
}

static void finish(bool acknowledged) {
  frames[head].state = DONE;
  frames[head].acknowledged = acknowledged;
  if (!acknowledged) wifi_counters.failed++;
  head = next(head);
}

/* A slot that is not emptied is sent again. */
static void empty_slot(void) {
  reg_write(WIFI_TX_PLCP0_REG, 0);
  reg_write(WIFI_TX_DONE_CLEAR_REG, WIFI_TX_DONE);
  reg_write(WIFI_TX_ERROR_CLEAR_REG, WIFI_TX_ERRORS);
  sending = false;
}

/* What the MAC says of the frame. */
enum outcome { UNDER_WAY, GOOD, BAD };

static enum outcome outcome(void) {
  enum { RTS_TIMEOUT = 1, CTS_TIMEOUT = 2, ACK_TIMEOUT = 5 };
  if (reg_read(WIFI_TX_ERROR_REG) & WIFI_TX_ERRORS) return BAD;
  if (reg_read(WIFI_TX_DONE_REG) & WIFI_TX_DONE) {
    unsigned result = WIFI_TX_RESULT(reg_read(WIFI_TX_RESULT_REG));
    bool answered = result != ACK_TIMEOUT && result != CTS_TIMEOUT && result != RTS_TIMEOUT;
    return answered || !to_one(head) ? GOOD : BAD;
  }
  return board_monotonic_ns() - begun > LOST_NS ? BAD : UNDER_WAY;
}

void wifi_tx_service(void) {
  enum outcome result = sending ? outcome() : UNDER_WAY;
  if (result != UNDER_WAY) {
    empty_slot();
    if (++sent_count % 4 == 0) wifi_phy->sent();
    frames[head].tries++;
    if (result == GOOD || frames[head].tries == TRIES) {
      finish(result == GOOD);
    } else {
      bytes(head)[FLAGS] |= FLAG_RETRY;
      wifi_counters.retries++;
    }
  }
  begin();
}

void wifi_tx_abort(void) {
  if (sending) {
    empty_slot();
    finish(false);
  }
}

static bool sent_pending(void) {
  wifi_forget_interrupts();
  wifi_tx_service();
  for (unsigned i = 0; i < FRAMES; i++) {
    if (frames[i].state == DONE) return true;
  }
  return false;
}

void wifi_tx_start(void) {
  static const struct event_source sent = {CPU_INT_WIFI, sent_pending};
  event = event_add(&sent);
}

unsigned board_wifi_sent_event(void) { return event; }

int board_wifi_write(const void *frame, size_t size, enum board_wifi_rate rate, int key) {
  if (size < BOARD_WIFI_HEADER || size > BOARD_WIFI_FRAME || key >= BOARD_WIFI_KEYS) return BOARD_EINVAL;
  wifi_tx_service();
  if (frames[put].state != FREE) return BOARD_EAGAIN;
  unsigned number = put;
  put = next(put);
  memcpy(frames[number].frame, frame, size);
  bytes(number)[SEQUENCE] = (bytes(number)[SEQUENCE] & 0xF) | sequence << 4;
  bytes(number)[SEQUENCE + 1] = sequence >> 4;
  sequence = (sequence + 1) & 0xFFF;
  frames[number].state = WAITING;
  frames[number].size = size;
  frames[number].rate = rate;
  frames[number].key = key + 1;
  frames[number].tries = 0;
  begin();
  return number;
}

int board_wifi_sent(int number) {
  wifi_tx_service();
  if (frames[number].state != DONE) return BOARD_EAGAIN;
  frames[number].state = FREE;
  return frames[number].acknowledged;
}
