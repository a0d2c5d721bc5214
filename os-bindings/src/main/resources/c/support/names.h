/* SPDX-License-Identifier: Apache-2.0 */
/* The routines by the names the compiler calls them by (GCC internals, "The GCC low-level runtime
   library"). A double is passed as its bits, in the same registers. */

#ifndef SUPPORT_NAMES_H
#define SUPPORT_NAMES_H

#include <stdint.h>

#ifdef SUPPORT_TEST /* on a host, beside the host's own */
#define __umulsidi3 test_umulsidi3
#define __muldi3 test_muldi3
#define __udivmoddi4 test_udivmoddi4
#define __udivdi3 test_udivdi3
#define __umoddi3 test_umoddi3
#define __divmoddi4 test_divmoddi4
#define __divdi3 test_divdi3
#define __moddi3 test_moddi3
#define __adddf3 test_adddf3
#define __subdf3 test_subdf3
#define __muldf3 test_muldf3
#define __divdf3 test_divdf3
#define __negdf2 test_negdf2
#define __eqdf2 test_eqdf2
#define __nedf2 test_nedf2
#define __ltdf2 test_ltdf2
#define __ledf2 test_ledf2
#define __gtdf2 test_gtdf2
#define __gedf2 test_gedf2
#define __unorddf2 test_unorddf2
#define __fixdfsi test_fixdfsi
#define __fixunsdfsi test_fixunsdfsi
#define __fixdfdi test_fixdfdi
#define __fixunsdfdi test_fixunsdfdi
#define __floatsidf test_floatsidf
#define __floatunsidf test_floatunsidf
#define __floatdidf test_floatdidf
#define __floatundidf test_floatundidf
#define __extendsfdf2 test_extendsfdf2
#define __truncdfsf2 test_truncdfsf2
#define __addsf3 test_addsf3
#define __subsf3 test_subsf3
#define __mulsf3 test_mulsf3
#define __divsf3 test_divsf3
#define __negsf2 test_negsf2
#define __eqsf2 test_eqsf2
#define __nesf2 test_nesf2
#define __ltsf2 test_ltsf2
#define __lesf2 test_lesf2
#define __gtsf2 test_gtsf2
#define __gesf2 test_gesf2
#define __unordsf2 test_unordsf2
#define __fixsfsi test_fixsfsi
#define __fixunssfsi test_fixunssfsi
#define __floatsisf test_floatsisf
#define __floatunsisf test_floatunsisf
#define __floatdisf test_floatdisf
#define __floatundisf test_floatundisf
#define __fixsfdi test_fixsfdi
#define __fixunssfdi test_fixunssfdi
#endif

typedef uint64_t df; /* the bits of a double */
typedef uint32_t sf; /* the bits of a float */

uint64_t __umulsidi3(uint32_t a, uint32_t b);
int64_t __muldi3(int64_t a, int64_t b);
uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *rest);
uint64_t __udivdi3(uint64_t n, uint64_t d);
uint64_t __umoddi3(uint64_t n, uint64_t d);
int64_t __divmoddi4(int64_t n, int64_t d, int64_t *rest);
int64_t __divdi3(int64_t n, int64_t d);
int64_t __moddi3(int64_t n, int64_t d);

df __adddf3(df a, df b);
df __subdf3(df a, df b);
df __muldf3(df a, df b);
df __divdf3(df a, df b);
df __negdf2(df a);

/* Negative, 0 or positive as a <, ==, > b. Unordered: what makes the compiler's test fail. */
int __eqdf2(df a, df b);
int __nedf2(df a, df b);
int __ltdf2(df a, df b);
int __ledf2(df a, df b);
int __gtdf2(df a, df b);
int __gedf2(df a, df b);
int __unorddf2(df a, df b);

/* Towards zero. Out of range: the nearest number there is; not a number: the smallest. */
int32_t __fixdfsi(df a);
uint32_t __fixunsdfsi(df a);
int64_t __fixdfdi(df a);
uint64_t __fixunsdfdi(df a);
df __floatsidf(int32_t a);
df __floatunsidf(uint32_t a);
df __floatdidf(int64_t a);
df __floatundidf(uint64_t a);

df __extendsfdf2(sf a);
sf __truncdfsf2(df a);
sf __addsf3(sf a, sf b);
sf __subsf3(sf a, sf b);
sf __mulsf3(sf a, sf b);
sf __divsf3(sf a, sf b);
sf __negsf2(sf a);
int __eqsf2(sf a, sf b);
int __nesf2(sf a, sf b);
int __ltsf2(sf a, sf b);
int __lesf2(sf a, sf b);
int __gtsf2(sf a, sf b);
int __gesf2(sf a, sf b);
int __unordsf2(sf a, sf b);
int32_t __fixsfsi(sf a);
uint32_t __fixunssfsi(sf a);
int64_t __fixsfdi(sf a);
uint64_t __fixunssfdi(sf a);
sf __floatsisf(int32_t a);
sf __floatunsisf(uint32_t a);
sf __floatdisf(int64_t a);
sf __floatundisf(uint64_t a);

#endif
