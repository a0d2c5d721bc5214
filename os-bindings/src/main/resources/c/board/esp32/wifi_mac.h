/* SPDX-License-Identifier: Apache-2.0 */
/* Registers of the WiFi MAC, which the vendor does not describe: names and meanings are those that open drivers
   found out (esp32-open-mac, esp-wifi-hal); and what the driver's files share. */

#ifndef WIFI_MAC_H
#define WIFI_MAC_H

#include <stdbool.h>
#include <stdint.h>

#include "chip.h"
#include "wifi.h"

#define RTC_CNTL_DIG_PWC_REG 0x3FF48084
#define RTC_CNTL_WIFI_FORCE_PD (1 << 17)
#define RTC_CNTL_DIG_ISO_REG 0x3FF48088
#define RTC_CNTL_WIFI_FORCE_ISO (1 << 28)
#define DPORT_WIFI_CLK_EN_REG 0x3FF000CC
#define DPORT_WIFI_CLK_RADIO 0x7CF /* those of WiFi, and those it shares with Bluetooth */
#define DPORT_CORE_RST_EN_REG 0x3FF000D0
#define DPORT_MAC_RST (1 << 2)
#define DPORT_PRO_MAC_INTR_MAP_REG 0x3FF00104

/* The synthesizer's place in the band. */
#define ANA_CHANNEL_REG 0x3FF4E0C4
#define WDEV_TSF_REG 0x3FF75020

#define WIFI_MAC 0x3FF73000
#define WIFI_REG(offset) (WIFI_MAC + (offset))

/* Of interface i: who frames are for. Both filters have an address and a mask. */
#define WIFI_BSSID_REG(i) WIFI_REG(0x00 + 8 * (i))
#define WIFI_BSSID_MASK_REG(i) WIFI_REG(0x20 + 8 * (i))
#define WIFI_RA_REG(i) WIFI_REG(0x40 + 8 * (i))
#define WIFI_RA_MASK_REG(i) WIFI_REG(0x60 + 8 * (i))
#define WIFI_FILTER_ON (1 << 16) /* in the mask's upper word */
#define WIFI_RX_POLICY_REG(i) WIFI_REG(0xD8 + 4 * (i))
#define WIFI_BLOCK_UNICAST (1 << 0)   /* that the filter does not match */
#define WIFI_BLOCK_MULTICAST (1 << 2) /* the same */
#define WIFI_PASS_BEACONS (1 << 4)
#define WIFI_PASS_UNKNOWN (1 << 6) /* always set by the vendor's code */
#define WIFI_PASS_ALL (1 << 8)     /* but control frames */
#define WIFI_RX_CONTROL_REG(i) WIFI_REG(0xF8 + 4 * (i))

#define WIFI_RX_CTRL_REG WIFI_REG(0x84)
#define WIFI_RX_RELOAD (1 << 0)
#define WIFI_RX_ENABLE (1u << 31)
#define WIFI_RX_BASE_REG WIFI_REG(0x88)
#define WIFI_RX_NEXT_REG WIFI_REG(0x8C)

#define WIFI_INT_ENABLE_REG WIFI_REG(0xC40)
#define WIFI_INT_CLEAR_REG WIFI_REG(0xC4C)
#define WIFI_INT_ALL 0x01E839E0 /* received, sent, and what is not known */

#define WIFI_CTRL_REG WIFI_REG(0xCB8)
#define WIFI_CTRL_STOP 0x17FF
#define WIFI_CTRL_BUSY (1 << 13)
#define WIFI_DMA_RESET_REG WIFI_REG(0xD24)
#define WIFI_DMA_RESET (1 << 1)
#define WIFI_DMA_READY (1 << 0)

/* The first of the five transmit slots. */
#define WIFI_TX_ERROR_CLEAR_REG WIFI_REG(0xCBC)
#define WIFI_TX_ERROR_REG WIFI_REG(0xCC0)
#define WIFI_TX_ERRORS (1 << 16 | 1 << 0) /* no access in time; a collision */
#define WIFI_TX_DONE_CLEAR_REG WIFI_REG(0xCC4)
#define WIFI_TX_DONE_REG WIFI_REG(0xCC8)
#define WIFI_TX_DONE (1 << 0)
#define WIFI_TX_CONFIG_REG WIFI_REG(0xD1C)
#define WIFI_TX_CONFIG 0x0200300A /* AIFSN 2, time-out 10 */
#define WIFI_TX_PLCP0_REG WIFI_REG(0xD20)
#define WIFI_TX_DESCRIPTOR 0xFFFFF
#define WIFI_TX_UNKNOWN0 0x600000 /* always set by open drivers */
#define WIFI_TX_WAIT_ACK (1 << 24)
#define WIFI_TX_GO (3u << 30)
#define WIFI_TX_PLCP1_REG WIFI_REG(0x1258)
#define WIFI_TX_RATE_SHIFT 12
#define WIFI_TX_KEY_SHIFT 17
#define WIFI_TX_UNKNOWN1 (1 << 28)
#define WIFI_TX_PLCP2_REG WIFI_REG(0x125C)
#define WIFI_TX_PLCP2 0x20
#define WIFI_TX_DURATION_REG WIFI_REG(0x1268)
#define WIFI_TX_RESULT_REG WIFI_REG(0x1270)
#define WIFI_TX_RESULT(word) ((word) >> 12 & 0xF)

/* Keys: slot 0 stays empty, because a frame sent without a key names it. */
#define WIFI_CRYPTO_REG(i) WIFI_REG(0x800 + 4 * (i))
#define WIFI_CRYPTO_IDLE 0x30000
#define WIFI_CRYPTO_ON 0x30103
#define WIFI_CRYPTO_COMMON_REG WIFI_REG(0x810)
#define WIFI_KEYS_REG WIFI_REG(0x814)
#define WIFI_KEY_REG(n) WIFI_REG(0x1400 + 40 * (n))
#define WIFI_KEY_CCMP (3 << 18)
#define WIFI_KEY_PAIRWISE (1 << 21)
#define WIFI_KEY_ALWAYS (1 << 22)
#define WIFI_KEY_GROUP (1 << 23)
#define WIFI_KEY_ID_SHIFT 30

/* What receiving and sending share: 12 bytes, in internal RAM. */
struct wifi_descriptor {
  volatile uint32_t word;
  void *buffer;
  struct wifi_descriptor *volatile next;
};

#define WIFI_OWN (1u << 31)  /* the DMA's */
#define WIFI_EOF (1 << 30) /* received: it has a frame */
#define WIFI_WORD(size, length) ((uint32_t)(length) << 12 | (size))
#define WIFI_LENGTH(word) ((word) >> 12 & 0xFFF)

/* ---- wifi_phy.c, or in its place a library that can do what is written nowhere: calibrate the radio ---- */

struct wifi_phy {
  /* Tunes the radio to a channel of 1 to 14; the MAC stands still. */
  void (*channel)(unsigned channel);
  /* Whether the receiver adapts its gain to what it hears. */
  void (*gain)(bool adapts);
  /* Called after every fourth transmission. */
  void (*sent)(void);
};

/* Power and clocks are on, the MAC has not been reset. A program that is linked with another definition gets that
   one, such as phy_library.c; ours tunes the synthesizer of an emulated chip and calibrates nothing. */
const struct wifi_phy *wifi_phy_start(void);

/* ---- wifi_start.c ---- */

/* Brings the MAC to where it receives and sends; false if it does not answer. */
bool wifi_mac_start(struct wifi_descriptor *received);

/* The PHY of wifi_mac_start. */
extern const struct wifi_phy *wifi_phy;

/* The truth is in the descriptors and the slot; an interrupt only says: look. */
static inline void wifi_forget_interrupts(void) { reg_write(WIFI_INT_CLEAR_REG, 0xFFFFFFFF); }

/* ---- wifi_tx.c ---- */

/* The MAC is about to stand still: what it sends is lost. */
void wifi_tx_abort(void);

/* Looks after the frame that is being sent. */
void wifi_tx_service(void);

/* Makes the event known. */
void wifi_tx_start(void);

extern struct board_wifi_counters wifi_counters;

#endif
