/* SPDX-License-Identifier: Apache-2.0 */
/* The files a test brings along; a null name ends the table. */

#ifndef CONFORMANCE_FILES_H
#define CONFORMANCE_FILES_H

struct conformance_file {
  const char *name;
  const char *start, *end;
};

extern const struct conformance_file conformance_files[];

#endif
