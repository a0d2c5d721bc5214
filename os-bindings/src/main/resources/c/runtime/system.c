/* SPDX-License-Identifier: Apache-2.0 */
/* System calls of OCaml's runtime. It copies the names it is given to the C heap, because elsewhere another thread may collect
   while the system is at work. Here is none: the system gets the names where they are, and needs no memory. */

#define CAML_INTERNALS

#include <errno.h>

#include "caml/memory.h"
#include "caml/misc.h"
#include "caml/mlvalues.h"
#include "caml/sys.h"

static __attribute__((unused)) value any_directory(value path);

#define caml_stat_strdup(name) ((char *)(name))
#define caml_stat_free(name) ((void)(name))
#define caml_sys_read_directory any_directory
#include "upstream/sys.c"
#undef caml_sys_read_directory

/* There are no directories. */
value caml_sys_read_directory(value path) {
  caml_sys_check_path(path);
  errno = ENOENT;
  caml_sys_error(path);
}
