/* SPDX-License-Identifier: Apache-2.0 */
/* Second-stage loader. The boot ROM has loaded it from flash offset 0x1000 into RAM; it finds the
   application in the partition table, checks it, copies its RAM segments, maps its flash segments
   through the cache, and jumps to it. It runs on the ROM's stack and calls nothing of the ROM. */

#include <stdint.h>

#include "cache.h"
#include "flash.h"

#define IMAGE_MAGIC 0xE9
#define IMAGE_SEGMENTS 16
#define CHECKSUM_SEED 0xEF

#define APPLICATION_DEFAULT 0x10000u /* where it is when the table does not say */

/* The windows that flash is seen through, and RAM that an image may fill. This loader's own code and
   data, and the ROM's data and stack, lie outside it. */
#define IROM_BASE 0x400D0000u
#define IROM_END 0x40400000u
#define IROM_WINDOW 0x40000000u
#define IROM_ENTRY 64
#define IRAM_BASE 0x40080000u
#define IRAM_END 0x400A0000u
#define DRAM_BASE 0x3FFB0000u
#define DRAM_END 0x3FFE0000u
#define RTC_IRAM_BASE 0x400C0000u
#define RTC_IRAM_END 0x400C2000u
#define DROM_END (DROM_BASE + DROM_PAGES * FLASH_PAGE)

struct image_header {
  uint8_t magic, segments, spi_mode, spi_speed_size;
  uint32_t entry;
  uint8_t extended[16];
};

struct segment {
  uint32_t address, size;
};

/* While the loader runs, the data window shows the first 4 MB of flash, page by page. */
static const uint8_t *flash(uint32_t offset) { return (const uint8_t *)(DROM_BASE + offset); }

static void console_write(const char *text) {
  while (*text) {
    while ((reg_read(UART0_STATUS_REG) >> 16 & 0xFF) >= UART_FIFO_SIZE - 2) {
    }
    reg_write(UART0_FIFO_REG, *text++);
  }
}

/* Nothing can be started: say so and stay, without the reset that a watchdog would bring. */
static _Noreturn void fail(const char *reason) {
  console_write("\nloader: ");
  console_write(reason);
  console_write("\n");
  while (reg_read(UART0_STATUS_REG) & 0x0FFF0000) {
  }
  reg_write(RTC_CNTL_STORE4_REG, 0x4D490000u | 1);
  for (;;) __asm__ volatile("waiti 15" ::: "memory");
}

static void watchdogs_off(void) {
  reg_write(RTC_CNTL_WDTWPROTECT_REG, WDT_UNLOCK);
  reg_write(RTC_CNTL_WDTCONFIG0_REG, 0);
  reg_write(RTC_CNTL_WDTWPROTECT_REG, 0);
  reg_write(TIMG0_WDTWPROTECT_REG, WDT_UNLOCK);
  reg_write(TIMG0_WDTCONFIG0_REG, 0);
  reg_write(TIMG0_WDTWPROTECT_REG, 0);
}

static void map_whole_flash(void) {
  reg_write(DPORT_PRO_CACHE_CTRL_REG,
            reg_read(DPORT_PRO_CACHE_CTRL_REG) & ~DPORT_PRO_CACHE_ENABLE);
  for (unsigned entry = 0; entry < 256; entry++) cache_map(entry, FLASH_MMU_INVALID);
  for (unsigned page = 0; page < DROM_PAGES; page++) cache_map(page, page);
  reg_write(DPORT_PRO_CACHE_CTRL1_REG,
            reg_read(DPORT_PRO_CACHE_CTRL1_REG) &
                ~(DPORT_PRO_CACHE_MASK_IRAM0 | DPORT_PRO_CACHE_MASK_DROM0));
  cache_start();
}

static uint32_t application_offset(void) {
  const struct partition *entry = (const void *)flash(PARTITION_TABLE);
  for (unsigned i = 0; i < PARTITION_COUNT && entry[i].magic == PARTITION_MAGIC; i++) {
    if (entry[i].type == PARTITION_APP) return entry[i].offset;
  }
  return APPLICATION_DEFAULT;
}

static int inside(const struct segment *segment, uint32_t from, uint32_t to) {
  return segment->address >= from && segment->address < to && segment->size <= to - segment->address;
}

static int is_flash(const struct segment *segment) {
  return inside(segment, DROM_BASE, DROM_END - FLASH_PAGE) || inside(segment, IROM_BASE, IROM_END);
}

static int is_ram(const struct segment *segment) {
  return inside(segment, IRAM_BASE, IRAM_END) || inside(segment, DRAM_BASE, DRAM_END) ||
         inside(segment, RTC_IRAM_BASE, RTC_IRAM_END);
}

/* Instruction RAM takes whole words only. */
static void copy(uint32_t address, const uint8_t *from, uint32_t size) {
  const uint32_t *words = (const uint32_t *)from;
  for (uint32_t i = 0; i < (size + 3) / 4; i++) ((volatile uint32_t *)address)[i] = words[i];
}

/* A segment whose pages are to be mapped once nothing more is read from flash. */
struct mapping {
  unsigned entry, page, count;
};

static struct mapping mapping_of(const struct segment *segment, uint32_t offset) {
  if (segment->address % FLASH_PAGE != offset % FLASH_PAGE) {
    fail("a flash segment of the application is not aligned to its pages");
  }
  unsigned entry = segment->address < IROM_WINDOW
                       ? (segment->address - DROM_BASE) / FLASH_PAGE
                       : IROM_ENTRY + (segment->address - IROM_WINDOW) / FLASH_PAGE;
  unsigned last = (segment->address % FLASH_PAGE + segment->size + FLASH_PAGE - 1) / FLASH_PAGE;
  return (struct mapping){entry, offset / FLASH_PAGE, last};
}

/* The image's checksum: all bytes of all segments, in one byte. Most instructions before main are these:
   by many words at a time, a word is read and added and nothing else. */
#define CHECKSUM_WORDS 32

static uint8_t checksum(uint8_t sum, const uint8_t *from, uint32_t size) {
  const uint32_t *word = (const uint32_t *)from, *end = word + size / 4;
  uint32_t all = 0;
  for (; end - word >= CHECKSUM_WORDS; word += CHECKSUM_WORDS) {
#pragma GCC unroll 32
    for (unsigned i = 0; i < CHECKSUM_WORDS; i++) all ^= word[i];
  }
  for (; word < end; word++) all ^= *word;
  return (uint8_t)(sum ^ all ^ all >> 8 ^ all >> 16 ^ all >> 24);
}

_Noreturn void load(void) {
  struct mapping mappings[IMAGE_SEGMENTS];
  unsigned mapped = 0;
  uint8_t sum = CHECKSUM_SEED;

  watchdogs_off();
  map_whole_flash();
  uint32_t offset = application_offset();
  const struct image_header *image = (const void *)flash(offset);
  if (offset % 4 != 0 || offset >= DROM_END - DROM_BASE - FLASH_PAGE || image->magic != IMAGE_MAGIC) {
    fail("no application image in flash");
  }
  if (image->segments > IMAGE_SEGMENTS) fail("the application has too many segments");
  unsigned segments = image->segments;
  uint32_t entry = image->entry;
  offset += sizeof *image;
  for (unsigned i = 0; i < segments; i++) {
    struct segment segment = *(const struct segment *)flash(offset);
    offset += sizeof segment;
    if (segment.size % 4 != 0 || segment.size > DROM_END - DROM_BASE - offset) {
      fail("a segment of the application reaches beyond flash");
    }
    sum = checksum(sum, flash(offset), segment.size);
    if (is_flash(&segment)) {
      mappings[mapped++] = mapping_of(&segment, offset);
    } else if (is_ram(&segment)) {
      copy(segment.address, flash(offset), segment.size);
    } else if (segment.address != 0) { /* address 0: padding */
      fail("a segment of the application lies outside RAM and flash");
    }
    offset += segment.size;
  }
  /* The checksum ends the 16 byte block that the last segment ends in. */
  if (*flash(offset | 15) != sum) fail("the application's checksum is wrong");

  cache_stop();
  for (unsigned i = 0; i < DROM_PAGES; i++) cache_map(i, FLASH_MMU_INVALID);
  for (unsigned i = 0; i < mapped; i++) {
    for (unsigned page = 0; page < mappings[i].count; page++) {
      cache_map(mappings[i].entry + page, mappings[i].page + page);
    }
  }
  cache_start();
  ((void (*)(void))entry)();
  for (;;) {
  }
}
