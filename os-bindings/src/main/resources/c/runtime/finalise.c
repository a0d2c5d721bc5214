/* SPDX-License-Identifier: Apache-2.0 */
/* Finalisers, in place of the runtime's finalise.c, whose tables are copied to larger ones when they are full, and which ends
   the program when a collection finds no place for the list of those to be called. Each finaliser is a block of its own here,
   made when it is registered; a collection moves it from one list to another. */

#define CAML_INTERNALS

#include <stdbool.h>

#include "caml/callback.h"
#include "caml/compact.h"
#include "caml/fail.h"
#include "caml/finalise.h"
#include "caml/major_gc.h"
#include "caml/memory.h"
#include "caml/minor_gc.h"
#include "caml/misc.h"
#include "caml/mlvalues.h"
#include "caml/signals.h"
#include "ram.h"

/* Bytes: for a finaliser, and for what C needs meanwhile. */
#define ROOM 512

struct finaliser {
  struct finaliser *next;
  value function;
  value argument;
  uintnat offset; /* of the value in the closure that is the argument */
};

/* In the order they were registered in; those from *young on may be of values in the minor heap. */
struct set {
  struct finaliser *head, **young, **end;
};

static struct set first = {NULL, &first.head, &first.head}; /* called with the value, when it is unreachable for the first time */
static struct set last = {NULL, &last.head, &last.head};    /* called without it */

/* To be called. What one collection has found comes in the opposite order. */
static struct finaliser *waiting, **waiting_end = &waiting;

static bool calling;

/* ---- Registering ---- */

static value add(struct set *set, value function, value v) {
  CAMLparam2(function, v);
  if (!Is_block(v) || !Is_in_heap_or_young(v) || Tag_val(v) == Lazy_tag || Tag_val(v) == Double_tag ||
      Tag_val(v) == Forward_tag) {
    caml_invalid_argument("Gc.finalise");
  }
  ram_make_room(ROOM);
  struct finaliser *finaliser = caml_stat_alloc(sizeof(struct finaliser));
  finaliser->next = NULL;
  finaliser->function = function;
  finaliser->offset = Tag_val(v) == Infix_tag ? Infix_offset_val(v) : 0;
  finaliser->argument = v - finaliser->offset;
  *set->end = finaliser;
  set->end = &finaliser->next;
  CAMLreturn(Val_unit);
}

value caml_final_register(value function, value v) { return add(&first, function, v); }

value caml_final_register_called_without_value(value function, value v) { return add(&last, function, v); }

/* ---- Calling ---- */

value caml_final_do_calls_exn(void) {
  if (ram_is_exhausted()) return Make_exception_result(Field(caml_global_data, OUT_OF_MEMORY_EXN));
  if (calling || waiting == NULL) return Val_unit;
  if (caml_finalise_begin_hook != NULL) caml_finalise_begin_hook();
  while (waiting != NULL) {
    struct finaliser *finaliser = waiting;
    value function = finaliser->function, argument = finaliser->argument + finaliser->offset;
    waiting = finaliser->next;
    if (waiting == NULL) waiting_end = &waiting;
    caml_stat_free(finaliser);
    calling = true;
    value result = caml_callback_exn(function, argument);
    calling = false;
    if (Is_exception_result(result)) return result;
  }
  if (caml_finalise_end_hook != NULL) caml_finalise_end_hook();
  return Val_unit;
}

value caml_final_release(value unit) {
  calling = false;
  if (waiting != NULL) caml_set_action_pending();
  return Val_unit;
}

/* ---- What collections ask for ---- */

/* Takes the finaliser at a link to the front of a list. */
static void take(struct set *set, struct finaliser **link, struct finaliser **list) {
  struct finaliser *finaliser = *link;
  *link = finaliser->next;
  if (set->young == &finaliser->next) set->young = link;
  if (set->end == &finaliser->next) set->end = link;
  finaliser->next = *list;
  *list = finaliser;
}

static void wait(struct finaliser *found) {
  if (found == NULL) return;
  *waiting_end = found;
  while (*waiting_end != NULL) waiting_end = &(*waiting_end)->next;
  if (!calling) caml_set_action_pending();
}

static void drop_argument(struct finaliser *finaliser) {
  finaliser->argument = Val_unit;
  finaliser->offset = 0;
}

void caml_final_update_mark_phase(void) {
  struct finaliser *found = NULL;
  for (struct finaliser **link = &first.head; link != first.young;) {
    if (Is_white_val((*link)->argument)) {
      take(&first, link, &found);
    } else {
      link = &(*link)->next;
    }
  }
  for (struct finaliser *f = found; f != NULL; f = f->next) caml_darken(f->argument, NULL);
  wait(found);
}

void caml_final_update_clean_phase(void) {
  struct finaliser *found = NULL;
  for (struct finaliser **link = &last.head; link != last.young;) {
    if (Is_white_val((*link)->argument)) {
      drop_argument(*link);
      take(&last, link, &found);
    } else {
      link = &(*link)->next;
    }
  }
  wait(found);
}

void caml_final_update_minor_roots(void) {
  struct finaliser *found = NULL;
  for (struct finaliser **link = last.young; *link != NULL;) {
    value v = (*link)->argument;
    bool dead = Is_young(v) && Hd_val(v) != 0;
    if (dead) {
      drop_argument(*link);
      take(&last, link, &found);
    } else {
      if (Is_young(v)) (*link)->argument = Field(v, 0);
      link = &(*link)->next;
    }
  }
  wait(found);
}

void caml_final_empty_young(void) {
  first.young = first.end;
  last.young = last.end;
}

void caml_final_do_roots(scanning_action action) {
  for (struct finaliser *f = first.head; f != NULL; f = f->next) action(f->function, &f->function);
  for (struct finaliser *f = last.head; f != NULL; f = f->next) action(f->function, &f->function);
  for (struct finaliser *f = waiting; f != NULL; f = f->next) {
    action(f->function, &f->function);
    action(f->argument, &f->argument);
  }
}

void caml_final_invert_finalisable_values(void) {
  for (struct finaliser *f = first.head; f != NULL; f = f->next) caml_invert_root(f->argument, &f->argument);
  for (struct finaliser *f = last.head; f != NULL; f = f->next) caml_invert_root(f->argument, &f->argument);
}

void caml_final_oldify_young_roots(void) {
  for (struct finaliser *f = *first.young; f != NULL; f = f->next) {
    caml_oldify_one(f->function, &f->function);
    caml_oldify_one(f->argument, &f->argument);
  }
  for (struct finaliser *f = *last.young; f != NULL; f = f->next) caml_oldify_one(f->function, &f->function);
}
