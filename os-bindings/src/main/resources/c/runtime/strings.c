/* SPDX-License-Identifier: Apache-2.0 */
/* Strings of OCaml's runtime. A format is copied because it may be moved before it is used again; it has a few characters, so
   the copy is on the stack, where it needs no memory of the C heap and is lost with the exception if the result has no place. */

#define CAML_INTERNALS

#include <alloca.h>
#include <string.h>

#include "caml/memory.h"

#define caml_stat_strdup(format) strcpy(alloca(strlen(format) + 1), format)
#define caml_stat_free(format) ((void)(format))
#include "upstream/str.c"
