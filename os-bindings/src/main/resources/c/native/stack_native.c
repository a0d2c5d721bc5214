/* SPDX-License-Identifier: Apache-2.0 */
/* The stack of compiled code, OCaml's and the C code it calls: from the end of RAM down, towards the C
   heap. It grows when its guard is hit; when it cannot, OCaml code gets Stack_overflow. C code, which
   cannot be unwound, then has the reserve between guard and heap. Takes the place of stack.c. */

#define CAML_INTERNALS

#include <stdbool.h>

#include "caml/fail.h"
#include "caml/memory.h"
#include "caml/misc.h"
#include "caml/mlvalues.h"
#include "caml/stacks.h"
#include "frames.h"
#include "guard.h"
#include "native.h"
#include "ram.h"

/* The stack grows by so much, and so much is kept free below the stack pointer. */
#define STEP 4096u

/* Below the guard, for C code that finds no room; large frames may reach over the guard. */
#define RESERVE 4096u

value caml_global_data = 0;
uintnat caml_max_stack_size = Max_stack_def;
uintnat (*caml_stack_usage_hook)(void) = NULL;

/* Where the guard is; 0 before there is one. */
static uint32_t guard;

/* The guard is at the far end of the reserve. */
static int reserve_in_use;

static void put_guard(uint32_t address) {
  guard = address & ~63u;
  reserve_in_use = 0;
  guard_set(guard);
}

/* The board starts us at the end of RAM. The heap ends there, too, unless it is in external RAM. */
extern char _stack_bottom[];

static bool in_heap(const char *address) { return address >= __heap_start && address < __heap_end; }

char *ram_stack_end(void) {
  if (guard != 0) return (char *)guard - RESERVE;
  return in_heap(_stack_bottom) ? _stack_bottom : __heap_end;
}

void ram_shrink_stack(void) {
  uint32_t here = (uint32_t)__builtin_frame_address(0) - STEP - GUARD_SIZE;
  if (guard == 0) return;
  if (here > guard + STEP || reserve_in_use) {
    if (here - RESERVE > (uint32_t)ram_heap_end()) put_guard(here);
  }
}

/* Moves the guard to a step below the stack pointer, if there is room. */
static int grow(uint32_t sp) {
  uint32_t wanted = (sp - STEP - GUARD_SIZE) & ~63u;
  if ((uint32_t)__heap_end - wanted > caml_max_stack_size * sizeof(value)) return 0;
  if (wanted - RESERVE < (uint32_t)ram_heap_end()) return 0;
  put_guard(wanted);
  return 1;
}

static int guard_hit(struct guard_registers *registers) {
  if (grow(registers->a[1])) return 1;
  if (caml_native_is_code(registers->pc)) {
    /* As if the code had raised the exception; its handler's stack pointer is that of the trap. The
       backtrace begins with the handler: in the middle of a function nothing tells its frame. */
    registers->a[2] = Field(caml_global_data, STACK_OVERFLOW_EXN);
    Caml_state->backtrace_pos = 0;
    Caml_state->backtrace_last_exn = registers->a[2];
    registers->pc = (uint32_t)caml_native_raise_notrace;
    put_guard((uint32_t)caml_native_exception_pointer - STEP - GUARD_SIZE);
    return 1;
  }
  if (reserve_in_use) return 0;
  guard -= RESERVE - GUARD_SIZE;
  guard_set(guard);
  guard += RESERVE - GUARD_SIZE;
  reserve_in_use = 1;
  return 1;
}

/* C code's frames may reach over the guard; what it calls back must not go on below it. */
void native_meet_guard(void) {
  char *here = __builtin_frame_address(0);
  if (guard != 0 && !reserve_in_use && (uint32_t)here < guard + GUARD_SIZE) {
    *(volatile char *)(guard + GUARD_SIZE - 4) = 0;
  }
}

int caml_native_start_stack(int (*run)(void)) {
  char *here = __builtin_frame_address(0);
  bool moves = !in_heap(here);
  put_guard((uint32_t)(moves ? __heap_end : here) - STEP - GUARD_SIZE);
  guard_handler = guard_hit;
  return moves ? caml_native_on_stack(__heap_end, run) : run();
}

uintnat caml_stack_usage(void) {
  uintnat words = (value *)__heap_end - (value *)__builtin_frame_address(0);
  return caml_stack_usage_hook == NULL ? words : words + caml_stack_usage_hook();
}

void caml_change_max_stack_size(uintnat max_size) {
  uintnat least = caml_stack_usage() + (STEP + GUARD_SIZE) / sizeof(value);
  caml_max_stack_size = max_size < least ? least : max_size;
}

value caml_ensure_stack_capacity(value required) { return Val_unit; }
