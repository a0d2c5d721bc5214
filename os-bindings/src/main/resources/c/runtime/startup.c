/* SPDX-License-Identifier: Apache-2.0 */
/* Starts OCaml's runtime on a program that lies in flash: in place of startup_byt.c, which loads one
   from a file, and of dynlink.c, which looks primitives up by name. */

#define CAML_INTERNALS

#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "board.h"
#include "caml/alloc.h"
#include "caml/backtrace.h"
#include "caml/backtrace_prim.h"
#include "caml/callback.h"
#include "caml/codefrag.h"
#include "caml/custom.h"
#include "caml/debugger.h"
#include "caml/domain.h"
#include "caml/fail.h"
#include "caml/fix_code.h"
#include "caml/gc_ctrl.h"
#include "caml/interp.h"
#include "caml/intext.h"
#include "caml/major_gc.h"
#include "caml/memory.h"
#include "caml/misc.h"
#include "caml/prims.h"
#include "caml/printexc.h"
#include "caml/stacks.h"
#include "caml/startup_aux.h"
#include "caml/sys.h"
#include "program.h"
#include "ram.h"
#include "startup.h"

#define NAME "unikernel"
#define ARGUMENTS_MAX 32

/* The interpreter's table of primitives: the program's own, in flash. */
struct ext_table caml_prim_table;

/* The table of globals is what OCaml code writes to, so it lives in the heap. */
static void load_globals(void) {
  const struct program *program = &mirage_program;
  caml_global_data = caml_alloc_shr(program->globals_count, 0);
  for (uint32_t i = 0; i < program->globals_count; i++) {
    caml_initialize(&Field(caml_global_data, i), (value)program->globals[i]);
  }
}

static void load_program(void) {
  const struct program *program = &mirage_program;
  caml_start_code = (code_t)program->code;
  caml_code_size = program->code_size;
  caml_register_code_fragment((char *)program->code, (char *)program->code + program->code_size,
                              DIGEST_LATER, NULL);
  caml_prim_table.size = caml_prim_table.capacity = program->primitives_count;
  caml_prim_table.contents = (void **)program->primitives;
  if (caml_page_table_add(In_static_data, (void *)program->data,
                          (char *)program->data + program->data_size) != 0) {
    caml_fatal_error("not enough memory for the page table");
  }
  load_globals();
}

/* argv[0] is a name of ours, the boot arguments follow. */
static char **program_arguments(void) {
  static char *words[ARGUMENTS_MAX + 2] = {NAME};
  const char *line = board_boot_args();
  char *copy = caml_stat_alloc(strlen(line) + 1);
  int count = arguments_split(line, copy, words + 1, ARGUMENTS_MAX);
  if (count > ARGUMENTS_MAX) caml_fatal_error("more than %d boot arguments", ARGUMENTS_MAX);
  return words;
}

int startup_main(void) {
  caml_init_domain();
  caml_startup_aux(0);
  caml_init_custom_operations();
  caml_init_gc(caml_init_minor_heap_wsz, caml_init_heap_wsz, caml_init_heap_chunk_sz,
               caml_init_percent_free, caml_init_max_percent_free, caml_init_major_window,
               caml_init_custom_major_ratio, caml_init_custom_minor_ratio,
               caml_init_custom_minor_max_bsz, caml_init_policy);
  caml_init_stack(caml_init_max_stack_wsz);
  pressure_start();
  caml_init_atom_table();
  caml_init_backtrace();
  caml_record_backtraces(1);
  /* Now, at the bottom of the C heap: at the first exception it would get the last place there is. */
  caml_alloc_backtrace_buffer();
  caml_interprete(NULL, 0);
  load_program();
  caml_sys_init(NAME, program_arguments());

  value result = caml_interprete(caml_start_code, caml_code_size);
  if (Is_exception_result(result)) {
    Caml_state->exn_bucket = Extract_exception(result);
    caml_fatal_uncaught_exception(Caml_state->exn_bucket);
  }
  /* The last module, Std_exit, has flushed the channels. */
  return 0;
}

/* ---- What only a program in a file can do ---- */

void caml_free_shared_libs(void) {}

static value no_dynamic_linking(void) {
  caml_failwith("dynamic linking is not available in a unikernel");
}

value caml_dynlink_open_lib(value mode, value name) { return no_dynamic_linking(); }
value caml_dynlink_close_lib(value handle) { return no_dynamic_linking(); }
value caml_dynlink_lookup_symbol(value handle, value name) { return no_dynamic_linking(); }
value caml_dynlink_add_primitive(value handle) { return no_dynamic_linking(); }
value caml_dynlink_get_current_libs(value unit) { return Atom(0); }

/* Only a debugger plants the instruction that asks for this, and none can be attached. */
opcode_t caml_debugger_saved_instruction(code_t pc) {
  caml_fatal_error("breakpoint instruction in the program");
}
