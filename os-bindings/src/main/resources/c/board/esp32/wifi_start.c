/* SPDX-License-Identifier: Apache-2.0 */
/* The start of the WiFi MAC, its channel, filters and keys. */

#include "board.h"
#include "wifi_mac.h"

#define MS 1000000

const struct wifi_phy *wifi_phy;

/* What the vendor's code leaves in the MAC's registers, in its order. Of most nobody knows the meaning. */
static const struct {
  uint16_t offset;
  uint32_t value;
} settings[] = {
    {0xC40, 0}, {0xC4C, 0xFFFFFFFF}, {0xC6C, 0x80802100}, {0xC74, 0x8}, {0xC78, 0x3}, {0xC54, 0x404},
    {0xC1C, 0xC00000F0}, {0xC20, 0xF0}, {0xC24, 0xF0}, {0xCAC, 0x40}, {0xC5C, 0xFFFF0000}, {0xC88, 0}, {0xD78, 0},
    {0x288, 0x2}, {0x10C, 0}, {0x114, 0x81400000},
    /* Where the DMA may reach. */
    {0x11C, 0x3FFAE000}, {0x124, 0x3FFAE000}, {0x118, 0x400A0000}, {0x120, 0x400A0000},
    {0x80, 0}, {0x14C, 0x3000}, {0x158, 0}, {0x164, 0xC}, {0x148, 0x900}, {0x9C, 0x08000002},
    /* The rate of an acknowledgement for each rate of a frame. */
    {0x404, 0}, {0x400, 0}, {0x40C, 0x03020100}, {0x408, 0x07060500}, {0x414, 0x0B0B0B0B}, {0x410, 0x0B0B0B0B},
    {0x41C, 0x090B0B0B}, {0x418, 0x09090909},
    {0x804, WIFI_CRYPTO_IDLE}, {0x800, WIFI_CRYPTO_IDLE}, {0x808, 0}, {0x80C, 0}, {0x810, 0}, {0x814, 0},
    /* The antenna of each slot. */
    {0x125C, 0x20}, {0x1220, 0x20}, {0x11E4, 0x20}, {0x11A8, 0x20}, {0x116C, 0x20}, {0x1130, 0x20},
    {0x10F4, 0x20}, {0x10B8, 0x20}, {0x284, 0x20},
    /* Priorities over Bluetooth. */
    {0xD30, 0x01400001}, {0xD38, 0x0C80000A}, {0xD40, 0x10},
};

static void set(uint32_t reg, uint32_t bits) { reg_write(reg, reg_read(reg) | bits); }

static void clear(uint32_t reg, uint32_t bits) { reg_write(reg, reg_read(reg) & ~bits); }

static bool await(uint32_t reg, uint32_t bit, uint32_t value) {
  uint64_t end = board_monotonic_ns() + 10 * MS;
  while ((reg_read(reg) & bit) != value) {
    if (board_monotonic_ns() > end) return false;
  }
  return true;
}

static void power_on(void) {
  clear(RTC_CNTL_DIG_PWC_REG, RTC_CNTL_WIFI_FORCE_PD);
  uint64_t end = board_monotonic_ns() + 10000;
  while (board_monotonic_ns() < end) {
  }
  clear(RTC_CNTL_DIG_ISO_REG, RTC_CNTL_WIFI_FORCE_ISO);
  set(DPORT_WIFI_CLK_EN_REG, DPORT_WIFI_CLK_RADIO);
}

bool wifi_mac_start(struct wifi_descriptor *received) {
  power_on();
  wifi_phy = wifi_phy_start();
  set(DPORT_CORE_RST_EN_REG, DPORT_MAC_RST);
  clear(DPORT_CORE_RST_EN_REG, DPORT_MAC_RST);
  clear(WIFI_RX_CTRL_REG, WIFI_RX_ENABLE);
  clear(WIFI_CTRL_REG, WIFI_CTRL_STOP);
  set(WIFI_DMA_RESET_REG, WIFI_DMA_RESET);
  if (!await(WIFI_DMA_RESET_REG, WIFI_DMA_READY, WIFI_DMA_READY)) return false;
  for (unsigned i = 0; i < sizeof settings / sizeof *settings; i++) {
    reg_write(WIFI_REG(settings[i].offset), settings[i].value);
  }
  for (int i = 0; i < 4; i++) {
    reg_write(WIFI_RX_POLICY_REG(i), WIFI_BLOCK_UNICAST | WIFI_BLOCK_MULTICAST | WIFI_PASS_UNKNOWN);
    reg_write(WIFI_RX_CONTROL_REG(i), 0);
  }
  set(WDEV_TSF_REG, 0x98000000);
  reg_write(WIFI_RX_BASE_REG, (uint32_t)received);
  reg_write(WIFI_INT_ENABLE_REG, WIFI_INT_ALL);
  reg_write(DPORT_PRO_MAC_INTR_MAP_REG, CPU_INT_WIFI);
  set(WIFI_RX_CTRL_REG, WIFI_RX_ENABLE);
  return true;
}

int board_wifi_channel(unsigned channel) {
  if (channel < 1 || channel > BOARD_WIFI_CHANNELS) return BOARD_EINVAL;
  set(WIFI_CTRL_REG, WIFI_CTRL_STOP);
  await(WIFI_CTRL_REG, WIFI_CTRL_BUSY, 0);
  wifi_tx_abort();
  wifi_phy->channel(channel);
  wifi_phy->gain(false);
  clear(WIFI_CTRL_REG, WIFI_CTRL_STOP);
  wifi_phy->gain(true);
  wifi_tx_service();
  return 0;
}

/* ---- Filters. Interface 0 is in use. ---- */

static uint32_t low(const uint8_t address[6]) {
  return (uint32_t)address[3] << 24 | address[2] << 16 | address[1] << 8 | address[0];
}

static uint32_t high(const uint8_t address[6]) { return address[5] << 8 | address[4]; }

static void match(uint32_t address_reg, uint32_t mask_reg, const uint8_t address[6], bool on) {
  reg_write(mask_reg + 4, 0);
  reg_write(address_reg, low(address));
  reg_write(address_reg + 4, high(address));
  reg_write(mask_reg, 0xFFFFFFFF);
  reg_write(mask_reg + 4, on ? WIFI_FILTER_ON | 0xFFFF : 0);
}

void board_wifi_filter(enum board_wifi_filter filter, const uint8_t bssid[6]) {
  uint8_t own[6];
  board_wifi_mac(own);
  match(WIFI_RA_REG(0), WIFI_RA_MASK_REG(0), filter == BOARD_WIFI_ACCESS_POINT ? bssid : own, true);
  match(WIFI_BSSID_REG(0), WIFI_BSSID_MASK_REG(0), bssid, filter != BOARD_WIFI_SCAN);
  uint32_t policy = reg_read(WIFI_RX_POLICY_REG(0)) & ~(WIFI_PASS_BEACONS | WIFI_PASS_ALL);
  reg_write(WIFI_RX_POLICY_REG(0), policy | (filter == BOARD_WIFI_SCAN ? WIFI_PASS_BEACONS | WIFI_PASS_ALL : 0));
}

/* ---- Keys ---- */

int board_wifi_key(int slot, const uint8_t address[6], unsigned key_id, bool group, const uint8_t key[16]) {
  if (slot < 0 || slot >= BOARD_WIFI_KEYS || key_id > 3) return BOARD_EINVAL;
  unsigned n = slot + 1;
  board_wifi_clear_key(slot);
  reg_write(WIFI_KEY_REG(n), low(address));
  reg_write(WIFI_KEY_REG(n) + 4, key_id << WIFI_KEY_ID_SHIFT | (group ? WIFI_KEY_GROUP : WIFI_KEY_PAIRWISE) |
                                     WIFI_KEY_ALWAYS | WIFI_KEY_CCMP | high(address));
  for (unsigned i = 0; i < 4; i++) reg_write(WIFI_KEY_REG(n) + 8 + 4 * i, low(key + 4 * i));
  clear(WIFI_CRYPTO_COMMON_REG, 0x00FFFF00);
  reg_write(WIFI_CRYPTO_REG(0), WIFI_CRYPTO_ON);
  set(WIFI_KEYS_REG, 1u << n);
  return 0;
}

void board_wifi_clear_key(int slot) {
  if (slot < 0 || slot >= BOARD_WIFI_KEYS) return;
  clear(WIFI_KEYS_REG, 2u << slot);
  for (unsigned i = 0; i < 10; i++) reg_write(WIFI_KEY_REG(slot + 1) + 4 * i, 0);
}
