/* SPDX-License-Identifier: Apache-2.0 */
/* Data partitions: read through a 64 KB window of the flash cache, programmed and erased through the
   SPI controller's own flash commands (TRM 7.4.3) while the cache is stopped. */

#include <string.h>

#include "board.h"
#include "cache.h"
#include "chip.h"
#include "flash.h"

/* The last page of the data window; the image is laid out below it. */
#define WINDOW_ENTRY (DROM_PAGES - 1)
#define WINDOW ((const uint8_t *)(DROM_BASE + WINDOW_ENTRY * FLASH_PAGE))

/* What one page program command takes, and what it must not cross. */
#define PROGRAM_CHUNK 32
#define PROGRAM_PAGE 256

static uint32_t window_page = FLASH_MMU_INVALID;

static IRAM void window_move(uint32_t page) {
  cache_stop();
  cache_map(WINDOW_ENTRY, page);
  cache_start();
  window_page = page;
}

static void flash_read(uint32_t address, void *data, uint32_t size) {
  uint8_t *to = data;
  while (size > 0) {
    uint32_t offset = address % FLASH_PAGE, count = FLASH_PAGE - offset;
    if (count > size) count = size;
    if (window_page != address / FLASH_PAGE) window_move(address / FLASH_PAGE);
    memcpy(to, WINDOW + offset, count);
    to += count;
    address += count;
    size -= count;
  }
}

static inline __attribute__((always_inline)) void command(uint32_t bit) {
  reg_write(SPI1_CMD_REG, bit);
  while (reg_read(SPI1_CMD_REG) != 0) {
  }
}

/* Erases the sector at the address (size 0) or programs up to PROGRAM_CHUNK bytes. */
static IRAM void flash_change(uint32_t address, const uint32_t *words, uint32_t size) {
  cache_stop();
  reg_write(SPI1_USER1_REG, (reg_read(SPI1_USER1_REG) & 0x03FFFFFF) | 23 << SPI_USR_ADDR_BITLEN_SHIFT);
  command(SPI_FLASH_WREN);
  reg_write(SPI1_ADDR_REG, address | size << 24);
  for (uint32_t i = 0; i < (size + 3) / 4; i++) reg_write(SPI1_W0_REG + 4 * i, words[i]);
  command(size == 0 ? SPI_FLASH_SE : SPI_FLASH_PP);
  do {
    reg_write(SPI1_RD_STATUS_REG, 0);
    command(SPI_FLASH_RDSR);
  } while (reg_read(SPI1_RD_STATUS_REG) & SPI_FLASH_STATUS_BUSY);
  cache_start();
}

int board_partition_find(const char *name, uint32_t *offset, uint32_t *size) {
  struct partition entry;
  for (unsigned i = 0; i < PARTITION_COUNT; i++) {
    flash_read(PARTITION_TABLE + i * sizeof entry, &entry, sizeof entry);
    if (entry.magic != PARTITION_MAGIC) break;
    if (strncmp(entry.name, name, sizeof entry.name) == 0) {
      *offset = entry.offset;
      *size = entry.size;
      return 0;
    }
  }
  return BOARD_ENOENT;
}

/* The flash address of a range of a partition, or a BOARD_E code. */
static int range(const char *name, uint32_t offset, uint32_t size, uint32_t *address) {
  uint32_t start, length;
  int error = board_partition_find(name, &start, &length);
  if (error) return error;
  if (offset > length || size > length - offset) return BOARD_EINVAL;
  *address = start + offset;
  return 0;
}

int board_partition_read(const char *name, uint32_t offset, void *data, uint32_t size) {
  uint32_t address;
  int error = range(name, offset, size, &address);
  if (error) return error;
  flash_read(address, data, size);
  return 0;
}

int board_partition_write(const char *name, uint32_t offset, const void *data, uint32_t size) {
  uint32_t address, words[PROGRAM_CHUNK / 4];
  const uint8_t *from = data;
  int error = range(name, offset, size, &address);
  if (error) return error;
  while (size > 0) {
    uint32_t count = PROGRAM_PAGE - address % PROGRAM_PAGE;
    if (count > PROGRAM_CHUNK) count = PROGRAM_CHUNK;
    if (count > size) count = size;
    /* The data may lie in flash, which cannot be read during the command. */
    memcpy(words, from, count);
    flash_change(address, words, count);
    from += count;
    address += count;
    size -= count;
  }
  return 0;
}

int board_partition_erase(const char *name, uint32_t offset, uint32_t size) {
  uint32_t address;
  if (offset % BOARD_SECTOR != 0 || size % BOARD_SECTOR != 0) return BOARD_EINVAL;
  int error = range(name, offset, size, &address);
  if (error) return error;
  for (; size > 0; size -= BOARD_SECTOR, address += BOARD_SECTOR) flash_change(address, NULL, 0);
  return 0;
}
