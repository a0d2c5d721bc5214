/* SPDX-License-Identifier: Apache-2.0 */
/* Starts OCaml's runtime on a program that lies in flash, whichever back end made it; in place of
   startup_byt.c and startup_nat.c. */

#define CAML_INTERNALS

#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "board.h"
#include "caml/backtrace.h"
#include "caml/custom.h"
#include "caml/domain.h"
#include "caml/gc_ctrl.h"
#include "caml/major_gc.h"
#include "caml/memory.h"
#include "caml/misc.h"
#include "caml/printexc.h"
#include "caml/startup_aux.h"
#include "caml/sys.h"
#include "ram.h"
#include "startup.h"

#define NAME "unikernel"
#define ARGUMENTS_MAX 32

/* argv[0] is a name of ours, the boot arguments follow. */
static char **program_arguments(void) {
  static char *words[ARGUMENTS_MAX + 2] = {NAME};
  const char *line = board_boot_args();
  char *copy = caml_stat_alloc(strlen(line) + 1);
  int count = arguments_split(line, copy, words + 1, ARGUMENTS_MAX);
  if (count > ARGUMENTS_MAX) caml_fatal_error("more than %d boot arguments", ARGUMENTS_MAX);
  return words;
}

void startup_static_data(const void *begin, const void *end) {
  if (caml_page_table_add(In_static_data, (void *)begin, (void *)end) != 0) {
    caml_fatal_error("not enough memory for the page table");
  }
}

/* Bytes: what the runtime makes the message of an uncaught exception in, and prints "(null)" where it has no place. */
#define MESSAGE 512

static void *reserve;

int startup_status(value result) {
  if (Is_exception_result(result)) {
    free(reserve);
    Caml_state->exn_bucket = Extract_exception(result);
    caml_fatal_uncaught_exception(Caml_state->exn_bucket);
  }
  /* The last module, Std_exit, has flushed the channels. */
  return 0;
}

int startup_main(void) {
  caml_init_domain();
  caml_startup_aux(0);
  caml_init_gc(caml_init_minor_heap_wsz, caml_init_heap_wsz, caml_init_heap_chunk_sz,
               caml_init_percent_free, caml_init_max_percent_free, caml_init_major_window,
               caml_init_custom_major_ratio, caml_init_custom_minor_ratio,
               caml_init_custom_minor_max_bsz, caml_init_policy);
  pressure_start();
  caml_init_atom_table();
  caml_init_backtrace();
  program_load();
  caml_sys_init(NAME, program_arguments());
  reserve = malloc(MESSAGE);
  return program_run();
}

/* Nothing was loaded. */
void caml_free_shared_libs(void) {}
