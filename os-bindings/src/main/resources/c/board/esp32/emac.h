/* SPDX-License-Identifier: Apache-2.0 */
/* Registers of the Ethernet MAC (TRM 10), and what the driver's files share. */

#ifndef EMAC_H
#define EMAC_H

#include <stdbool.h>
#include <stdint.h>

#define DPORT_WIFI_CLK_EN_REG 0x3FF000CC
#define DPORT_WIFI_CLK_EMAC_EN (1 << 14)
#define DPORT_CORE_RST_EN_REG 0x3FF000D0
#define DPORT_EMAC_RST (1 << 7)
#define DPORT_PRO_EMAC_INT_MAP_REG 0x3FF0019C

#define EMAC_DMABUSMODE_REG 0x3FF69000
#define EMAC_DMA_SW_RST (1 << 0)
#define EMAC_DMA_ALT_DESC_SIZE (1 << 7) /* descriptors of 32 bytes */
#define EMAC_DMA_BURST_32 (32 << 8)
#define EMAC_DMA_ADDR_ALIGNED_BEATS (1 << 25)
#define EMAC_DMA_MIXED_BURST (1 << 26)
#define EMAC_DMATXPOLLDEMAND_REG 0x3FF69004
#define EMAC_DMARXPOLLDEMAND_REG 0x3FF69008
#define EMAC_DMARXBASEADDR_REG 0x3FF6900C
#define EMAC_DMATXBASEADDR_REG 0x3FF69010
#define EMAC_DMASTATUS_REG 0x3FF69014
#define EMAC_DMA_TI (1 << 0)
#define EMAC_DMA_RI (1 << 6)
#define EMAC_DMA_RU (1 << 7)
#define EMAC_DMA_AIS (1 << 15)
#define EMAC_DMA_NIS (1 << 16)
#define EMAC_DMAOPERATION_MODE_REG 0x3FF69018
#define EMAC_START_RX (1 << 1)
#define EMAC_START_TX (1 << 13)
#define EMAC_FLUSH_TX_FIFO (1 << 20)
#define EMAC_TX_STORE_FORWARD (1 << 21)
#define EMAC_RX_STORE_FORWARD (1 << 25)
#define EMAC_DMAIN_EN_REG 0x3FF6901C
#define EMAC_DMAMISSEDFR_REG 0x3FF69020

#define EMAC_EX_OSCCLK_CONF_REG 0x3FF69804
#define EMAC_EX_OSC_CLK_SEL (1 << 24) /* the clock comes from outside */
#define EMAC_EX_CLK_CTRL_REG 0x3FF69808
#define EMAC_EX_EXT_OSC_EN (1 << 0)
#define EMAC_EX_INT_OSC_EN (1 << 1)
#define EMAC_EX_MII_CLK_TX_EN (1 << 3)
#define EMAC_EX_MII_CLK_RX_EN (1 << 4)
#define EMAC_EX_CLKOUT_CONF_REG 0x3FF69800
#define EMAC_EX_PHYINF_CONF_REG 0x3FF6980C
#define EMAC_EX_PHY_INTF_SEL_SHIFT 13
#define EMAC_EX_PHY_INTF_RMII 4

#define EMAC_CONFIG_REG 0x3FF6A000
#define EMAC_CONFIG_RX (1 << 2)
#define EMAC_CONFIG_TX (1 << 3)
#define EMAC_CONFIG_RX_CHECKSUM (1 << 10)
#define EMAC_CONFIG_DUPLEX (1 << 11)
#define EMAC_CONFIG_100M (1 << 14)
#define EMAC_CONFIG_MII (1 << 15)
#define EMAC_FF_REG 0x3FF6A004
#define EMAC_FF_PASS_MULTICAST (1 << 4)
#define EMAC_GMIIADDR_REG 0x3FF6A010
#define EMAC_GMII_BUSY (1 << 0)
#define EMAC_GMII_WRITE (1 << 1)
#define EMAC_MIIDATA_REG 0x3FF6A014
#define EMAC_ADDR0HIGH_REG 0x3FF6A040
#define EMAC_ADDR0LOW_REG 0x3FF6A044

/* ---- rmii.c: the pins and the clock of 50 MHz ---- */

struct emac_board;

/* The board of that name, or NULL. */
const struct emac_board *emac_board(const char *name);

/* Connects MAC and PHY, switches the PHY on and the clock that both run by. */
void emac_connect(const struct emac_board *board);

/* ---- phy.c: the PHY, over the MAC's management interface ---- */

/* Finds the PHY, resets it and lets it negotiate; false when there is none. */
bool phy_start(void);

/* Whether the link is up. If so, what has been negotiated, as bits of EMAC_CONFIG_REG. */
bool phy_link(uint32_t *config);

#endif
