/* SPDX-License-Identifier: Apache-2.0 */
/* The program is bytecode: in place of what startup_byt.c does with a file, and of dynlink.c, which looks
   primitives up by name. */

#define CAML_INTERNALS

#include "caml/backtrace.h"
#include "caml/backtrace_prim.h"
#include "caml/callback.h"
#include "caml/codefrag.h"
#include "caml/debugger.h"
#include "caml/fix_code.h"
#include "caml/instruct.h"
#include "caml/interp.h"
#include "caml/memory.h"
#include "caml/misc.h"
#include "caml/prims.h"
#include "caml/stacks.h"
#include "caml/startup_aux.h"
#include "program.h"
#include "startup.h"

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

static void load_code(void) {
  const struct program *program = &mirage_program;
  caml_start_code = (code_t)program->code;
  caml_code_size = program->code_size;
  caml_register_code_fragment((char *)program->code, (char *)program->code + program->code_size,
                              DIGEST_LATER, NULL);
  caml_prim_table.size = caml_prim_table.capacity = program->primitives_count;
  caml_prim_table.contents = (void **)program->primitives;
  startup_static_data(program->data, (const char *)program->data + program->data_size);
  load_globals();
}

/* The first callback registers its code in the C heap: now, for later there may be no place. */
static void call_back(void) {
  static opcode_t code[] = {CONST0, RETURN, 1};
  static const struct {
    header_t header;
    code_t code;
  } closure = {Make_header(1, Closure_tag, Caml_black), code};
  caml_callback_exn((value)&closure.code, Val_unit);
}

void program_load(void) {
  caml_init_stack(caml_init_max_stack_wsz);
  caml_record_backtraces(1);
  /* Now, at the bottom of the C heap: at the first exception it would get the last place there is. */
  caml_alloc_backtrace_buffer();
  caml_interprete(NULL, 0);
  call_back();
  load_code();
}

int program_run(void) { return startup_status(caml_interprete(caml_start_code, caml_code_size)); }

/* Only a debugger plants the instruction that asks for this, and none can be attached. */
opcode_t caml_debugger_saved_instruction(code_t pc) {
  caml_fatal_error("breakpoint instruction in the program");
}
