/* SPDX-License-Identifier: Apache-2.0 */
/* The partition table in flash, in the vendor's format. */

#ifndef FLASH_H
#define FLASH_H

#include <stdint.h>

#define PARTITION_TABLE 0x8000u
#define PARTITION_COUNT 95 /* entries that fit before the table's own checksum */
#define PARTITION_MAGIC 0x50AA
#define PARTITION_APP 0 /* type */

struct partition {
  uint16_t magic;
  uint8_t type, subtype;
  uint32_t offset, size;
  char name[16]; /* padded with NUL */
  uint32_t flags;
};

#endif
