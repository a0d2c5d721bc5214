/* SPDX-License-Identifier: Apache-2.0 */
/* The flash cache of core 0 (TRM 26.3.2, "External memory"). What changes it runs from RAM; the
   second-stage loader uses the same few steps. */

#ifndef CACHE_H
#define CACHE_H

#include "chip.h"

/* Stops the cache once it has finished what it was doing. Until cache_start nothing in flash may be
   executed, read, or held in a literal pool there. */
static inline __attribute__((always_inline)) void cache_stop(void) {
  while (DPORT_PRO_CACHE_STATE(reg_read(DPORT_PRO_DCACHE_DBUG0_REG)) != DPORT_PRO_CACHE_IDLE) {
  }
  reg_write(DPORT_PRO_CACHE_CTRL_REG,
            reg_read(DPORT_PRO_CACHE_CTRL_REG) & ~DPORT_PRO_CACHE_ENABLE);
}

/* Forgets all cached lines and starts the cache, whose SPI controller must take its requests. */
static inline __attribute__((always_inline)) void cache_start(void) {
  uint32_t control = reg_read(DPORT_PRO_CACHE_CTRL_REG) & ~DPORT_PRO_CACHE_FLUSH_ENA;
  reg_write(DPORT_PRO_CACHE_CTRL_REG, control);
  reg_write(DPORT_PRO_CACHE_CTRL_REG, control | DPORT_PRO_CACHE_FLUSH_ENA);
  while (!(reg_read(DPORT_PRO_CACHE_CTRL_REG) & DPORT_PRO_CACHE_FLUSH_DONE)) {
  }
  reg_write(SPI0_CACHE_FCTRL_REG, reg_read(SPI0_CACHE_FCTRL_REG) | SPI_CACHE_REQ_EN);
  reg_write(DPORT_PRO_CACHE_CTRL_REG, control | DPORT_PRO_CACHE_ENABLE);
}

/* Maps one 64 KB page of flash at an entry of the table; the cache is stopped. */
static inline __attribute__((always_inline)) void cache_map(unsigned entry, uint32_t flash_page) {
  reg_write(FLASH_MMU_TABLE_PRO + 4 * entry, flash_page);
}

#endif
