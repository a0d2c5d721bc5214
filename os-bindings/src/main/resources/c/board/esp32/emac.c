/* SPDX-License-Identifier: Apache-2.0 */
/* The Ethernet MAC and its DMA (TRM 10): two rings of descriptors in RAM, which the DMA shares with us by
   the bit OWN of each. */

#include "emac.h"

#include <string.h>

#include "board.h"
#include "chip.h"
#include "esp32.h"
#include "event.h"
#include "net_driver.h"

/* What arrives is mostly short, and comes in bursts: a long frame takes several buffers. */
#define RX_COUNT 40
#define RX_BUFFER 512
#define TX_COUNT 4
#define TX_BUFFER 1536
#define FCS 4
#define LONGEST (BOARD_NET_FRAME + FCS)

/* 32 bytes: the enhanced format, chained. The last four words are for checksums and time stamps. */
struct descriptor {
  volatile uint32_t status;
  uint32_t size;
  void *buffer;
  struct descriptor *next;
  uint32_t extended[4];
};

#define OWN (1u << 31)
#define ERROR (1 << 15)

#define RX_FIRST (1 << 9)
#define RX_LAST (1 << 8)
#define RX_LENGTH(status) ((status) >> 16 & 0x3FFF)
#define RX_CHAINED (1 << 14) /* in the word of the size */

#define TX_INTERRUPT (1 << 30)
#define TX_LAST (1 << 29)
#define TX_FIRST (1 << 28)
#define TX_CHAINED (1 << 20)

_Static_assert(RX_COUNT * RX_BUFFER + TX_COUNT * TX_BUFFER <= NET_BUFFERS, "too many buffers");

static struct descriptor rx[RX_COUNT], tx[TX_COUNT];
static unsigned rx_at, tx_at; /* what comes next */
static struct board_net_counters counters;

static void rings_start(void) {
  for (unsigned i = 0; i < RX_COUNT; i++) {
    rx[i].size = RX_BUFFER | RX_CHAINED;
    rx[i].buffer = net_buffers + i * RX_BUFFER;
    rx[i].next = &rx[(i + 1) % RX_COUNT];
    rx[i].status = OWN;
  }
  for (unsigned i = 0; i < TX_COUNT; i++) {
    tx[i].buffer = net_buffers + RX_COUNT * RX_BUFFER + i * TX_BUFFER;
    tx[i].next = &tx[(i + 1) % TX_COUNT];
    tx[i].status = TX_CHAINED;
  }
  reg_write(EMAC_DMARXBASEADDR_REG, (uint32_t)rx);
  reg_write(EMAC_DMATXBASEADDR_REG, (uint32_t)tx);
}

/* How many buffers the next frame has; 0 while it has not arrived, or not all of it. */
static unsigned frame_buffers(void) {
  for (unsigned i = 0; i < RX_COUNT; i++) {
    uint32_t status = rx[(rx_at + i) % RX_COUNT].status;
    if (status & OWN) return 0;
    if (status & RX_LAST) return i + 1;
  }
  return RX_COUNT;
}

/* ---- Events. The truth is in the descriptors; an interrupt only says: look. ---- */

static void forget_interrupts(void) {
  reg_write(EMAC_DMASTATUS_REG, EMAC_DMA_TI | EMAC_DMA_RI | EMAC_DMA_RU | EMAC_DMA_AIS | EMAC_DMA_NIS);
}

static bool frame_pending(void) {
  forget_interrupts();
  return frame_buffers() > 0;
}

static bool room_pending(void) {
  forget_interrupts();
  return !(tx[tx_at].status & OWN);
}

/* ---- Receiving ---- */

/* The length and the errors of a frame are in the status of its last buffer. */
static uint32_t frame_status(unsigned buffers) {
  return rx[(rx_at + buffers - 1) % RX_COUNT].status;
}

/* The DMA stops when it meets a descriptor that is ours, and looks again only when told to. */
static void give_back(unsigned buffers) {
  for (; buffers > 0; buffers--) {
    rx[rx_at].status = OWN;
    rx_at = (rx_at + 1) % RX_COUNT;
  }
  reg_write(EMAC_DMARXPOLLDEMAND_REG, 1);
}

static int size(void) {
  for (unsigned buffers; (buffers = frame_buffers()) > 0;) {
    uint32_t status = frame_status(buffers);
    bool whole = rx[rx_at].status & RX_FIRST && status & RX_LAST;
    if (whole && !(status & ERROR) && RX_LENGTH(status) <= LONGEST) return RX_LENGTH(status) - FCS;
    counters.damaged++;
    give_back(buffers);
  }
  return 0;
}

static void read(void *frame) {
  unsigned buffers = frame_buffers();
  unsigned rest = RX_LENGTH(frame_status(buffers)) - FCS;
  uint8_t *to = frame;
  for (unsigned i = 0; rest > 0; i++) {
    unsigned part = rest < RX_BUFFER ? rest : RX_BUFFER;
    memcpy(to, rx[(rx_at + i) % RX_COUNT].buffer, part);
    to += part;
    rest -= part;
  }
  give_back(buffers);
}

/* ---- Sending ---- */

static int write(const void *frame, size_t size) {
  struct descriptor *descriptor = &tx[tx_at];
  uint32_t status = descriptor->status;
  if (status & OWN) return BOARD_EAGAIN;
  if (status & ERROR) counters.failed++; /* the frame before in this place */
  memcpy(descriptor->buffer, frame, size);
  descriptor->size = size;
  /* Nobody waits for room before the ring is full: its last frame interrupts. */
  bool full = descriptor->next->status & OWN;
  descriptor->status = OWN | (full ? TX_INTERRUPT : 0) | TX_LAST | TX_FIRST | TX_CHAINED;
  tx_at = (tx_at + 1) % TX_COUNT;
  reg_write(EMAC_DMATXPOLLDEMAND_REG, 1);
  return 0;
}

/* ---- Start and state ---- */

static void configure(uint32_t negotiated) {
  reg_write(EMAC_CONFIG_REG, EMAC_CONFIG_MII | EMAC_CONFIG_RX_CHECKSUM | EMAC_CONFIG_TX | EMAC_CONFIG_RX | negotiated);
}

static int link(void) {
  static uint32_t configured;
  uint32_t negotiated;
  if (!phy_link(&negotiated)) return 0;
  if (negotiated != configured) {
    configured = negotiated;
    configure(negotiated);
  }
  return 1;
}

static void count(struct board_net_counters *result) {
  uint32_t missed = reg_read(EMAC_DMAMISSEDFR_REG); /* reading clears it */
  counters.missed += (missed & 0xFFFF) + (missed >> 17 & 0x7FF);
  *result = counters;
}

/* A bit that clears itself in microseconds, if the clock of 50 MHz runs. */
static bool cleared(uint32_t address, uint32_t bit) {
  uint64_t end = board_monotonic_ns() + 10 * 1000000;
  while (reg_read(address) & bit) {
    if (board_monotonic_ns() > end) return false;
  }
  return true;
}

static bool dma_start(void) {
  reg_write(EMAC_DMABUSMODE_REG, EMAC_DMA_SW_RST);
  if (!cleared(EMAC_DMABUSMODE_REG, EMAC_DMA_SW_RST)) return false;
  reg_write(EMAC_DMABUSMODE_REG, EMAC_DMA_MIXED_BURST | EMAC_DMA_ADDR_ALIGNED_BEATS |
                                     EMAC_DMA_BURST_32 | EMAC_DMA_ALT_DESC_SIZE);
  reg_write(EMAC_DMAOPERATION_MODE_REG, EMAC_FLUSH_TX_FIFO);
  return cleared(EMAC_DMAOPERATION_MODE_REG, EMAC_FLUSH_TX_FIFO);
}

static int start(const char *name, const uint8_t mac[6], struct net_events *events) {
  static const struct event_source frame = {CPU_INT_EMAC, frame_pending};
  static const struct event_source room = {CPU_INT_EMAC, room_pending};
  const struct emac_board *board = emac_board(name);
  if (board == NULL) return BOARD_ENOENT;
  emac_connect(board);
  if (!dma_start() || !phy_start()) return BOARD_EIO;
  reg_write(EMAC_FF_REG, EMAC_FF_PASS_MULTICAST);
  reg_write(EMAC_ADDR0HIGH_REG, mac[5] << 8 | mac[4]);
  reg_write(EMAC_ADDR0LOW_REG, (uint32_t)mac[3] << 24 | mac[2] << 16 | mac[1] << 8 | mac[0]);
  rings_start();
  forget_interrupts();
  reg_write(EMAC_DMAIN_EN_REG, EMAC_DMA_NIS | EMAC_DMA_RI | EMAC_DMA_TI);
  events->frame = event_add(&frame);
  events->room = event_add(&room);
  /* In this order: MAC to send, DMA to send, DMA to receive, MAC to receive. */
  uint32_t config = EMAC_CONFIG_MII | EMAC_CONFIG_RX_CHECKSUM | EMAC_CONFIG_TX;
  uint32_t mode = EMAC_TX_STORE_FORWARD | EMAC_RX_STORE_FORWARD | EMAC_START_TX;
  reg_write(EMAC_CONFIG_REG, config | EMAC_CONFIG_100M | EMAC_CONFIG_DUPLEX);
  reg_write(EMAC_DMAOPERATION_MODE_REG, mode);
  reg_write(EMAC_DMAOPERATION_MODE_REG, mode | EMAC_START_RX);
  configure(EMAC_CONFIG_100M | EMAC_CONFIG_DUPLEX);
  return 0;
}

const struct net_driver emac = {start, size, read, write, link, count};
