/* SPDX-License-Identifier: Apache-2.0 */
/* A PHY over MDC and MDIO (IEEE 802.3, clause 22): only registers that every PHY has, so any will do. */

#include "board.h"
#include "chip.h"
#include "emac.h"
#include "esp32.h"

enum { BMCR = 0, BMSR = 1, PHYIDR1 = 2, ANAR = 4, ANLPAR = 5 };

#define BMCR_RESET (1 << 15)
#define BMCR_AUTONEGOTIATE (1 << 12)
#define BMCR_RESTART (1 << 9)
#define BMSR_NEGOTIATED (1 << 5)
#define BMSR_LINK (1 << 2)
#define AN_10_FULL (1 << 6)
#define AN_100_HALF (1 << 7)
#define AN_100_FULL (1 << 8)

#define MS 1000000
#define RESET_NS (500 * MS) /* at most, by the standard */

static unsigned address;

/* MDC runs at 2.5 MHz at most: the APB clock through 26 at 40 MHz, through 42 at 80 MHz. */
static void transfer(unsigned number, uint32_t operation) {
  uint32_t divider = time_apb_mhz() == 80 ? 0 : 3;
  reg_write(EMAC_GMIIADDR_REG,
            address << 11 | number << 6 | divider << 2 | operation | EMAC_GMII_BUSY);
  while (reg_read(EMAC_GMIIADDR_REG) & EMAC_GMII_BUSY) {
  }
}

static unsigned phy_read(unsigned number) {
  transfer(number, 0);
  return reg_read(EMAC_MIIDATA_REG) & 0xFFFF;
}

static void phy_write(unsigned number, unsigned value) {
  reg_write(EMAC_MIIDATA_REG, value);
  transfer(number, EMAC_GMII_WRITE);
}

/* Nobody drives the line at the other addresses: ones, or what a pull-down makes of it. */
static bool find(void) {
  for (address = 0; address < 32; address++) {
    unsigned id = phy_read(PHYIDR1);
    if (id != 0 && id != 0xFFFF) return true;
  }
  return false;
}

bool phy_start(void) {
  uint64_t end = board_monotonic_ns() + RESET_NS;
  while (!find()) {
    if (board_monotonic_ns() > end) return false;
    board_wait(board_monotonic_ns() + 10 * MS, 0);
  }
  phy_write(BMCR, BMCR_RESET);
  end = board_monotonic_ns() + RESET_NS;
  while (phy_read(BMCR) & BMCR_RESET) {
    if (board_monotonic_ns() > end) return false;
  }
  phy_write(BMCR, BMCR_AUTONEGOTIATE | BMCR_RESTART);
  return true;
}

bool phy_link(uint32_t *config) {
  /* The bit of the link remembers that it was down until it has been read. */
  phy_read(BMSR);
  unsigned status = phy_read(BMSR);
  if (!(status & BMSR_LINK) || !(status & BMSR_NEGOTIATED)) return false;
  unsigned common = phy_read(ANAR) & phy_read(ANLPAR);
  bool fast = common & (AN_100_FULL | AN_100_HALF);
  bool full = common & AN_100_FULL || (!fast && common & AN_10_FULL);
  *config = (fast ? EMAC_CONFIG_100M : 0) | (full ? EMAC_CONFIG_DUPLEX : 0);
  return true;
}
