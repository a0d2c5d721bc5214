/* SPDX-License-Identifier: Apache-2.0 */
/* Variables of C that are roots, in place of the runtime's globroots.c, which moves those of generations from one list to another
   in each minor collection: that asks the C heap for memory, and no collection may fail. There are few here: one list, all of
   which each collection looks at. */

#define CAML_INTERNALS

#include <stdbool.h>
#include <stddef.h>

#include "caml/globroots.h"
#include "caml/memory.h"
#include "caml/mlvalues.h"
#include "caml/roots.h"

struct root {
  struct root *next;
  value *place; /* NULL: none */
};

/* For when the C heap has no memory: the runtime registers a few of its own when it has already changed what they are for. */
static struct root spare[] = {{&spare[1]}, {&spare[2]}, {&spare[3]}, {NULL}};

static struct root *roots = spare;

static bool is_spare(struct root *root) { return root >= spare && root < spare + sizeof(spare) / sizeof(spare[0]); }

static struct root **link_of(value *place) {
  struct root **link = &roots;
  while (*link != NULL && (*link)->place != place) link = &(*link)->next;
  return link;
}

void caml_register_global_root(value *place) {
  if (*link_of(place) != NULL) return;
  struct root *root = caml_stat_alloc_noexc(sizeof(struct root));
  if (root != NULL) {
    root->next = roots;
    roots = root;
  } else {
    root = *link_of(NULL);
    if (root == NULL) caml_raise_out_of_memory();
  }
  root->place = place;
}

void caml_remove_global_root(value *place) {
  struct root **link = link_of(place), *root = *link;
  if (root == NULL) return;
  root->place = NULL;
  if (is_spare(root)) return;
  *link = root->next;
  caml_stat_free(root);
}

void caml_register_generational_global_root(value *place) { caml_register_global_root(place); }

void caml_remove_generational_global_root(value *place) { caml_remove_global_root(place); }

void caml_modify_generational_global_root(value *place, value v) { *place = v; }

void caml_scan_global_roots(scanning_action action) {
  for (struct root *root = roots; root != NULL; root = root->next) {
    if (root->place != NULL) action(*root->place, root->place);
  }
}

void caml_scan_global_young_roots(scanning_action action) { caml_scan_global_roots(action); }
