/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a program that did what the processor refuses: one line, then halt. */

#include "board.h"
#include "chip.h"
#include "vectors.h"

/* As a shell reports a process killed by a segmentation fault. */
#define FAULT_STATUS 139

/* No frame is larger. */
#define FRAME_MAX 0x10000u

/* DEBUGCAUSE: the guard at the stack's end was written to. */
#define DEBUGCAUSE_DBREAK 4

static const char *name(uint32_t cause) {
  switch (cause) {
    case 0: return "illegal instruction";
    case 1: return "system call";
    case 2: return "instruction fetch error";
    case 3: return "load or store error";
    case 5: return "alloca";
    case 6: return "integer division by zero";
    case 8: return "privileged instruction";
    case 9: return "unaligned load or store";
    case 12: return "instruction bus data error";
    case 13: return "load or store bus data error";
    case 14: return "instruction bus address error";
    case 15: return "load or store bus address error";
    case 16: return "instruction TLB miss";
    case 17: return "instruction TLB multi-hit";
    case 18: return "instruction fetch privilege";
    case 20: return "instruction fetch prohibited";
    case 24: return "load or store TLB miss";
    case 25: return "load or store TLB multi-hit";
    case 26: return "load or store privilege";
    case 28: return "load prohibited";
    case 29: return "store prohibited";
    case 32: return "coprocessor 0 disabled";
    case CAUSE_DOUBLE: return "double exception";
    default: return cause & CAUSE_DEBUG ? "breakpoint" : "unexpected exception or interrupt";
  }
}

static char *append(char *to, const char *text) {
  while (*text) *to++ = *text++;
  return to;
}

static char *append_hex(char *to, uint32_t number) {
  to = append(to, "0x");
  for (int shift = 28; shift >= 0; shift -= 4) *to++ = "0123456789abcdef"[number >> shift & 15];
  return to;
}

/* The guard at the stack's end was hit, or a large frame has jumped over it. */
static int is_stack_overflow(uint32_t cause, uint32_t sp) {
  int guarded = (cause & CAUSE_DEBUG) && (cause & DEBUGCAUSE_DBREAK);
  return guarded || sp - (DRAM_BEGIN - FRAME_MAX) < FRAME_MAX + STACK_GUARD;
}

/* Called by vectors.S on the fault stack. cause: EXCCAUSE or one of CAUSE_; sp: the program's. */
_Noreturn void fault_report(uint32_t cause, uint32_t pc, uint32_t address, uint32_t sp) {
  char line[128], *end = append(line, "\nfatal: ");
  if (is_stack_overflow(cause, sp)) {
    end = append(end, "C stack overflow");
  } else {
    end = append(end, name(cause));
  }
  end = append_hex(append(end, " at pc "), pc);
  end = append_hex(append(end, ", address "), address);
  end = append_hex(append(end, ", sp "), sp);
  end = append(end, "\n");
  board_console_write(line, end - line);
  board_halt(FAULT_STATUS);
}
