/* SPDX-License-Identifier: Apache-2.0 */
/* System configuration of OCaml's runtime for the ESP32: a C library (picolibc) and no operating
   system. Only what holds is defined. */

/* Paths have no meaning here; Filename then follows the Unix conventions. */
#define OCAML_OS_TYPE "Unix"

#define HAS_C99_FLOAT_OPS 1
#define HAS_WORKING_FMA 1
#define HAS_WORKING_ROUND 1
#define HAS_STDINT_H 1
#define HAS_UNISTD 1
#define HAS_GETCWD 1
#define HAS_GETTIMEOFDAY 1
#define HAS_STRERROR 1
#define HAS_FFS 1
