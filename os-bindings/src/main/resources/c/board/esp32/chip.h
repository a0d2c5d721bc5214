/* SPDX-License-Identifier: Apache-2.0 */
/* Registers of the ESP32 that board support uses, named as in its Technical Reference Manual. */

#ifndef CHIP_H
#define CHIP_H

#define DPORT_PRO_CACHE_CTRL_REG 0x3FF00040
#define DPORT_PRO_CACHE_ENABLE (1 << 3)
#define DPORT_PRO_CACHE_FLUSH_ENA (1 << 4)
#define DPORT_PRO_CACHE_FLUSH_DONE (1 << 5)
#define DPORT_PRO_CACHE_CTRL1_REG 0x3FF00044
#define DPORT_PRO_CACHE_MASK_IRAM0 (1 << 0)
#define DPORT_PRO_CACHE_MASK_IRAM1 (1 << 1)
#define DPORT_PRO_CACHE_MASK_IROM0 (1 << 2)
#define DPORT_PRO_CACHE_MASK_DROM0 (1 << 4)
#define DPORT_PRO_DCACHE_DBUG0_REG 0x3FF003F0
#define DPORT_PRO_CACHE_STATE(dbug0) ((dbug0) >> 7 & 0xFFF)
#define DPORT_PRO_CACHE_IDLE 1
#define DPORT_PRO_UART_INTR_MAP_REG 0x3FF0018C
#define DPORT_PRO_TG_T0_LEVEL_INT_MAP_REG 0x3FF0013C

/* One word for each 64 KB page of the flash windows; 0x100 means unmapped. */
#define FLASH_MMU_TABLE_PRO 0x3FF10000
#define FLASH_MMU_INVALID 0x100
#define FLASH_PAGE 0x10000u
#define DROM_BASE 0x3F400000u
#define DROM_PAGES 64

#define UART0_FIFO_REG 0x3FF40000
#define UART0_INT_RAW_REG 0x3FF40004
#define UART0_INT_ENA_REG 0x3FF4000C
#define UART0_INT_CLR_REG 0x3FF40010
#define UART0_STATUS_REG 0x3FF4001C
#define UART0_CONF0_REG 0x3FF40020
#define UART0_CONF1_REG 0x3FF40024
#define UART0_MEM_RX_STATUS_REG 0x3FF40060
#define UART_RXFIFO_FULL_INT (1 << 0)
#define UART_BRK_DET_INT (1 << 7)
#define UART_ERR_WR_MASK (1 << 22)
#define UART_FIFO_SIZE 128

#define SPI1_CMD_REG 0x3FF42000
#define SPI1_ADDR_REG 0x3FF42004
#define SPI1_RD_STATUS_REG 0x3FF42010
#define SPI1_USER1_REG 0x3FF42020
#define SPI_USR_ADDR_BITLEN_SHIFT 26
#define SPI1_W0_REG 0x3FF42080
#define SPI_FLASH_WREN (1 << 30)
#define SPI_FLASH_RDSR (1 << 27)
#define SPI_FLASH_PP (1 << 25)
#define SPI_FLASH_SE (1 << 24)
#define SPI_FLASH_STATUS_BUSY (1 << 0)

#define SPI0_CACHE_FCTRL_REG 0x3FF43050
#define SPI_CACHE_REQ_EN (1 << 0)

#define RTC_CNTL_CLK_CONF_REG 0x3FF48070
#define RTC_CNTL_WDTCONFIG0_REG 0x3FF4808C
#define RTC_CNTL_WDTWPROTECT_REG 0x3FF480A4
#define RTC_CNTL_STORE4_REG 0x3FF480B0

#define EFUSE_BLK0_RDATA1_REG 0x3FF5A004
#define EFUSE_BLK0_RDATA2_REG 0x3FF5A008

#define TIMG0_T0CONFIG_REG 0x3FF5F000
#define TIMG0_T0LO_REG 0x3FF5F004
#define TIMG0_T0HI_REG 0x3FF5F008
#define TIMG0_T0UPDATE_REG 0x3FF5F00C
#define TIMG0_T0ALARMLO_REG 0x3FF5F010
#define TIMG0_T0ALARMHI_REG 0x3FF5F014
#define TIMG0_T0LOADLO_REG 0x3FF5F018
#define TIMG0_T0LOADHI_REG 0x3FF5F01C
#define TIMG0_T0LOAD_REG 0x3FF5F020
#define TIMG0_WDTCONFIG0_REG 0x3FF5F048
#define TIMG0_WDTWPROTECT_REG 0x3FF5F064
#define TIMG0_INT_ENA_REG 0x3FF5F098
#define TIMG0_INT_CLR_REG 0x3FF5F0A4
#define TIMG1_WDTCONFIG0_REG 0x3FF60048
#define TIMG1_WDTWPROTECT_REG 0x3FF60064
#define TIMG_T0_EN (1u << 31)
#define TIMG_T0_INCREASE (1 << 30)
#define TIMG_T0_DIVIDER_SHIFT 13
#define TIMG_T0_LEVEL_INT_EN (1 << 11)
#define TIMG_T0_ALARM_EN (1 << 10)
#define TIMG_T0_INT (1 << 0)

/* The value that opens the write protection of every watchdog. */
#define WDT_UNLOCK 0x50D83AA1

#define WDEV_RND_REG 0x3FF75144

/* CPU interrupts of level 1, level-triggered, that the interrupt matrix may drive. */
#define CPU_INT_TIMER 0
#define CPU_INT_UART 1
#define CPU_INT_EMAC 2
#define CPU_INT_WIFI 3

/* Where RAM for data begins. */
#define DRAM_BEGIN 0x3FFAE000
#define STACK_GUARD 128

#ifndef __ASSEMBLER__

#include <stdint.h>

static inline uint32_t reg_read(uint32_t address) { return *(volatile uint32_t *)address; }

static inline void reg_write(uint32_t address, uint32_t value) {
  *(volatile uint32_t *)address = value;
}

static inline uint32_t cycle_count(void) {
  uint32_t count;
  __asm__ volatile("rsr %0, ccount" : "=a"(count));
  return count;
}

/* Code that must not lie in flash. */
#define IRAM __attribute__((section(".iram.text"), noinline))

#endif
#endif
