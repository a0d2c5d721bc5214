/* SPDX-License-Identifier: Apache-2.0 */
/* The bytecode stack at the end of RAM, in place of the runtime's stacks.c, which moves a growing stack
   to a larger block of the C heap and needs both at once. */

#define CAML_INTERNALS

#include "caml/fail.h"
#include "caml/misc.h"
#include "caml/mlvalues.h"
#include "caml/stacks.h"
#include "ram.h"

/* Words; the stack grows and shrinks by so many. */
#define STEP ((asize_t)(Stack_size / sizeof(value)))
#define THRESHOLD ((asize_t)(Stack_threshold / sizeof(value)))

value caml_global_data = 0;
uintnat caml_max_stack_size;
uintnat (*caml_stack_usage_hook)(void) = NULL;

char *ram_stack_end(void) {
  return Caml_state == NULL || Caml_state->stack_low == NULL ? __heap_end
                                                             : (char *)Caml_state->stack_low;
}

static void set_size(asize_t words) {
  Caml_state->stack_low = Caml_state->stack_high - words;
  Caml_state->stack_threshold = Caml_state->stack_low + THRESHOLD;
}

static asize_t round_up(asize_t words) { return (words + STEP - 1) / STEP * STEP; }

/* Gives back what a deep recursion has left below sp, keeping one step to spare. */
static void shrink_to(value *sp) {
  asize_t needed = round_up(Caml_state->stack_high - sp + THRESHOLD) + STEP;
  if (needed < (asize_t)(Caml_state->stack_high - Caml_state->stack_low)) set_size(needed);
}

void ram_shrink_stack(void) { shrink_to(Caml_state->extern_sp); }

/* The end of the C heap that a search has left, in the recursion under way. */
static char *left;

/* The handler will find the stack as it was when it was installed. */
static void overflow(void) {
  left = NULL;
  shrink_to(Caml_state->trapsp);
  caml_raise_stack_overflow();
}

void caml_init_stack(uintnat max_size) {
  caml_max_stack_size = max_size;
  Caml_state->stack_high = (value *)__heap_end;
  set_size(STEP);
  if ((char *)Caml_state->stack_low < ram_heap_end()) caml_fatal_error("not enough memory for the stack");
  Caml_state->extern_sp = Caml_state->stack_high;
  Caml_state->trapsp = Caml_state->stack_high;
  Caml_state->trap_barrier = Caml_state->stack_high + 1;
}

/* Words of the stack with so many more. */
static asize_t size_with(asize_t required) {
  return round_up(Caml_state->stack_high - Caml_state->extern_sp + required + THRESHOLD);
}

static asize_t available(void) { return Caml_state->stack_high - (value *)ram_heap_end(); }

/* The lowest end of the C heap that any search has left. */
static char *lowest;

/* A search costs several times what a recursion does that fills the stack: it has to promise an eighth of the stack. */
bool stack_is_short(size_t required) {
  asize_t size = size_with(required);
  if (size > caml_max_stack_size || size <= available()) return false;
  char *end = ram_heap_end();
  return end != left && (lowest == NULL || end - lowest > (ptrdiff_t)(size * sizeof(value) / 8));
}

void stack_search(void) {
  ram_find_all();
  left = ram_heap_end();
  if (lowest == NULL || left < lowest) lowest = left;
}

void caml_realloc_stack(asize_t required) {
  asize_t size = size_with(required);
  if (size > caml_max_stack_size || size > available()) overflow();
  if (size > (asize_t)(Caml_state->stack_high - Caml_state->stack_low)) set_size(size);
}

value caml_ensure_stack_capacity(value required) {
  asize_t words = Long_val(required);
  if (Caml_state->extern_sp - words < Caml_state->stack_low) caml_realloc_stack(words);
  return Val_unit;
}

void caml_change_max_stack_size(uintnat max_size) {
  asize_t least = Caml_state->stack_high - Caml_state->extern_sp + THRESHOLD;
  caml_max_stack_size = max_size < least ? least : max_size;
}

uintnat caml_stack_usage(void) {
  uintnat words = Caml_state->stack_high - Caml_state->extern_sp;
  return caml_stack_usage_hook == NULL ? words : words + caml_stack_usage_hook();
}
