/* SPDX-License-Identifier: Apache-2.0 */
/* Machine configuration of OCaml's runtime for the ESP32 (what configure writes elsewhere):
   a 32-bit little-endian machine that needs no more than word alignment for 64-bit values,
   because it loads them as two words. */

#undef ARCH_SIXTYFOUR
#undef ARCH_BIG_ENDIAN
#undef ARCH_ALIGN_DOUBLE
#undef ARCH_ALIGN_INT64

#define SIZEOF_INT 4
#define SIZEOF_LONG 4
#define SIZEOF_PTR 4
#define SIZEOF_SHORT 2
#define SIZEOF_LONGLONG 8

#define PROFINFO_WIDTH 0
#define CAML_SAFE_STRING 1
#define FLAT_FLOAT_ARRAY 1
#define FUNCTION_SECTIONS 1
#define SUPPORTS_ALIGNED_ATTRIBUTE 1
