/* SPDX-License-Identifier: Apache-2.0 */
/* The boundary between a unikernel and the machine it runs on. board/esp32 implements it for the
   chip, board/host for an ordinary process; nothing above this file touches a register or makes a
   system call.

   Errors. A call that can fail returns int: 0 or a count on success, one of the negative BOARD_E
   codes otherwise, and on failure nothing has been changed beyond what its comment says. Nothing is
   printed, nothing is remembered (no errno). A call that returns void cannot fail. Arguments are
   trusted: a null pointer or an overlapping buffer is the caller's error.

   Ownership. Buffers belong to the caller and are used only during the call. Strings that are
   returned belong to the board and live for ever.

   Concurrency. One core, one thread. No call may be made from an interrupt handler.

   Blocking. Only board_wait sleeps; board_console_write and the flash writers are busy until done.

   Start. Everything works from the first instruction of main.

   Units. Times are nanoseconds in int64_t or uint64_t; sizes and offsets are bytes. */

#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BOARD_ENOENT (-1) /* no partition of that name */
#define BOARD_EINVAL (-2) /* outside the partition, or not aligned as the call asks */
#define BOARD_EIO (-3)    /* the device did not do it */
#define BOARD_EAGAIN (-4) /* not now; there is an event for the moment to try again */
#define BOARD_EACCES (-5) /* the host does not allow it */

/* ---- Console: a byte stream, 115200 baud 8N1 on the chip's UART0. ---- */

/* Writes all bytes; returns when the last one is in the transmitter's queue. */
void board_console_write(const void *data, size_t size);

/* Reads what has arrived, at most size bytes, without waiting. Returns the number of bytes, 0 when
   there are none now, -1 at the end of input: the host's end of file, on the chip a break, which
   counts until bytes come again. Input that finds the receiver's 128 byte queue full is lost. */
int board_console_read(void *data, size_t size);

/* ---- Time ---- */

/* Time since the start; never goes back, resolution 1 us or better. */
uint64_t board_monotonic_ns(void);

/* Time since 1970-01-01T00:00:00Z. A chip does not know the date: it counts from 0 at its start. */
int64_t board_wall_ns(void);

/* Clock cycles of the processor modulo 2^32, for measurements; on the host some fast counter. */
uint32_t board_cycle_count(void);

/* ---- Events ----

   What can end a wait. Each source has one bit of a set, given out by the board: BOARD_EVENTS of them at
   most. The calls that begin to use a device answer its events; those of the console are always there. */

#define BOARD_EVENTS 16

/* Console input, or its end. */
unsigned board_console_event(void);

/* Sleeps until one of the wanted events is there or board_monotonic_ns() >= deadline, whichever is
   first, and returns the set of wanted events that are there (0: the time is up). Other events do not
   end the sleep: input that nobody reads must not keep the machine awake. A deadline in the past only
   asks. UINT64_MAX means no deadline. An event stays until what caused it has been taken. */
unsigned board_wait(uint64_t deadline_ns, unsigned wanted);

/* ---- Randomness and identity ---- */

/* Fills the buffer from the hardware generator. The chip's is true entropy only while a radio feeds it
   noise; without one its output passes statistical tests but is not fit for keys. */
void board_random(void *data, size_t size);

/* Whether noise feeds the generator now: on the chip, whether the radio is on. */
bool board_random_has_noise(void);

/* The factory-programmed MAC address, most significant byte first. */
void board_mac(uint8_t mac[6]);

/* ---- Flash partitions ---- */

#define BOARD_SECTOR 4096u /* unit of erasing */

/* The partition's offset in flash (0 on the host) and size. Names have at most 16 characters. */
int board_partition_find(const char *name, uint32_t *offset, uint32_t *size);

/* Reads exactly size bytes from offset (from the partition's start), any alignment. */
int board_partition_read(const char *name, uint32_t offset, void *data, uint32_t size);

/* Programs bits from 1 to 0; what is programmed must have been erased. Any alignment. After
   BOARD_EIO the range is undefined. */
int board_partition_write(const char *name, uint32_t offset, const void *data, uint32_t size);

/* Sets whole sectors to 0xFF; offset and size are multiples of BOARD_SECTOR. After BOARD_EIO the
   range is undefined. */
int board_partition_erase(const char *name, uint32_t offset, uint32_t size);

/* ---- Start and end ---- */

/* The boot arguments as one line, never NULL: words separated by blanks; within a word a backslash
   takes the next character as it is and double quotes keep blanks. On the chip they are in partition
   "args": the four characters MARG, the length as 32-bit little-endian number, that many bytes; a
   partition with anything else in it means none. On the host they are the process's arguments. */
const char *board_boot_args(void);

/* Ends the unikernel: console output is finished, status & 0xFF is given to whoever watches, and the
   machine stops (a chip until reset). */
_Noreturn void board_halt(int status);

#endif
