/* SPDX-License-Identifier: Apache-2.0 */
/* The OpenCores Ethernet MAC ("Ethernet IP Core Specification"), which QEMU's machines for the chip have in the
   place of the chip's own. Its descriptors lie in the MAC: first those to send, behind them those to receive.
   QEMU's sends a frame before the write that makes it ready has ended, so one buffer to send is enough; but it
   receives bursts as long as TCP's windows at once, and what finds no buffer is lost. */

#include <string.h>

#include "board.h"
#include "chip.h"
#include "emac.h"
#include "event.h"
#include "net_driver.h"

#define MODER_REG 0x3FF69000
#define MODER_RESET_VALUE 0xA000
#define MODER_RX (1 << 0)
#define MODER_TX (1 << 1)
#define MODER_FULL_DUPLEX (1 << 10)
#define MODER_CRC (1 << 13)
#define MODER_PAD (1 << 15)
#define INT_SOURCE_REG 0x3FF69004
#define INT_MASK_REG 0x3FF69008
#define INT_TX (1 << 0)
#define INT_RX (1 << 2)
#define INT_BUSY (1 << 4) /* frames found no buffer */
#define INT_ALL 0x7F
#define PACKETLEN_REG 0x3FF69018
#define PACKETLEN_MINIMUM_SHIFT 16
#define TX_BD_NUM_REG 0x3FF69020
#define MIICOMMAND_REG 0x3FF6902C
#define MIICOMMAND_READ (1 << 1)
#define MIIADDRESS_REG 0x3FF69030
#define MIIRX_DATA_REG 0x3FF69038
#define MIISTATUS_REG 0x3FF6903C
#define MIISTATUS_BUSY (1 << 1)
#define MAC_ADDR0_REG 0x3FF69040
#define MAC_ADDR1_REG 0x3FF69044
#define HASH0_REG 0x3FF69048
#define HASH1_REG 0x3FF6904C

struct descriptor {
  volatile uint32_t status;
  volatile uint32_t buffer;
};

#define READY (1 << 15) /* the MAC's */
#define INTERRUPT (1 << 14)
#define WRAP (1 << 13)
#define LENGTH(status) ((status) >> 16)
#define TX_PAD (1 << 12)
#define TX_CRC (1 << 11)
#define TX_ERRORS 0x10F
#define RX_ERRORS 0x7F

#define FCS 4
#define SHORTEST 64
#define LONGEST (BOARD_NET_FRAME + FCS)
/* A longer frame is cut, and must not look like one that is not. What is received goes into one buffer, to which
   QEMU writes a check sequence behind what was just not cut. */
#define CUT (LONGEST + 2)
#define BUFFER (CUT + FCS)
#define RX_COUNT (NET_BUFFERS / BUFFER - 1)

static struct descriptor *const tx = (struct descriptor *)0x3FF69400;
static struct descriptor *const rx = (struct descriptor *)0x3FF69400 + 1;
static uint8_t *const tx_buffer = net_buffers + RX_COUNT * BUFFER;
static unsigned rx_at; /* what comes next */
static struct board_net_counters counters;

static uint8_t *rx_buffer(unsigned i) { return net_buffers + i * BUFFER; }

static void rx_ready(unsigned i) {
  rx[i].status = READY | INTERRUPT | (i == RX_COUNT - 1 ? WRAP : 0);
}

static void rings_start(void) {
  tx->status = 0;
  tx->buffer = (uint32_t)tx_buffer;
  for (unsigned i = 0; i < RX_COUNT; i++) {
    rx[i].buffer = (uint32_t)rx_buffer(i);
    rx_ready(i);
  }
  reg_write(TX_BD_NUM_REG, 1);
  reg_write(PACKETLEN_REG, SHORTEST << PACKETLEN_MINIMUM_SHIFT | CUT);
}

/* ---- Events ---- */

/* The MAC says that frames were lost, not how many. */
static void forget_interrupts(void) {
  uint32_t source = reg_read(INT_SOURCE_REG);
  if (source & INT_BUSY) counters.missed++;
  reg_write(INT_SOURCE_REG, source);
}

static bool frame_pending(void) {
  forget_interrupts();
  return !(rx[rx_at].status & READY);
}

static bool room_pending(void) {
  forget_interrupts();
  return !(tx->status & READY);
}

/* ---- Frames ---- */

static void give_back(void) {
  rx_ready(rx_at);
  rx_at = (rx_at + 1) % RX_COUNT;
}

static int size(void) {
  for (uint32_t status; !((status = rx[rx_at].status) & READY);) {
    if (!(status & RX_ERRORS) && LENGTH(status) <= LONGEST) return (int)LENGTH(status) - FCS;
    counters.damaged++;
    give_back();
  }
  return 0;
}

static void read(void *frame) {
  memcpy(frame, rx_buffer(rx_at), LENGTH(rx[rx_at].status) - FCS);
  give_back();
}

static int write(const void *frame, size_t size) {
  uint32_t status = tx->status;
  if (status & READY) return BOARD_EAGAIN;
  if (status & TX_ERRORS) counters.failed++; /* the frame before */
  memcpy(tx_buffer, frame, size);
  tx->status = size << 16 | READY | INTERRUPT | WRAP | TX_PAD | TX_CRC;
  return 0;
}

/* ---- Start and state ---- */

/* The PHY of these machines has address 1. */
static int link(void) {
  enum { PHY = 1, BMSR = 1, BMSR_LINK = 1 << 2 };
  reg_write(MIIADDRESS_REG, BMSR << 8 | PHY);
  reg_write(MIICOMMAND_REG, MIICOMMAND_READ);
  while (reg_read(MIISTATUS_REG) & MIISTATUS_BUSY) {
  }
  return (reg_read(MIIRX_DATA_REG) & BMSR_LINK) != 0;
}

static void count(struct board_net_counters *result) { *result = counters; }

bool open_eth_present(void) { return reg_read(MODER_REG) == MODER_RESET_VALUE; }

static int start(const char *name, const uint8_t mac[6], struct net_events *events) {
  static const struct event_source frame = {CPU_INT_EMAC, frame_pending};
  static const struct event_source room = {CPU_INT_EMAC, room_pending};
  if (emac_board(name) == NULL) return BOARD_ENOENT;
  reg_write(MAC_ADDR0_REG, (uint32_t)mac[2] << 24 | mac[3] << 16 | mac[4] << 8 | mac[5]);
  reg_write(MAC_ADDR1_REG, mac[0] << 8 | mac[1]);
  reg_write(HASH0_REG, 0xFFFFFFFF); /* all multicast passes */
  reg_write(HASH1_REG, 0xFFFFFFFF);
  rings_start();
  reg_write(INT_SOURCE_REG, INT_ALL);
  reg_write(INT_MASK_REG, INT_TX | INT_RX);
  events->frame = event_add(&frame);
  events->room = event_add(&room);
  reg_write(MODER_REG, MODER_PAD | MODER_CRC | MODER_FULL_DUPLEX | MODER_TX | MODER_RX);
  return 0;
}

const struct net_driver open_eth = {start, size, read, write, link, count};
