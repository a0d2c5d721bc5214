# SPDX-License-Identifier: Apache-2.0
# fib(33), as GCC compiles it for the call0 convention.
        j       start
        .align  4
        .literal stack, top
start:  l32r    a1, stack
        movi    a2, 33
        call0   fib
        mov.n   a4, a2
        movi    a2, 1
        simcall

        .align  4
fib:    blti    a2, 2, 1f
        addi    a1, a1, -16
        s32i.n  a0, a1, 12
        s32i.n  a12, a1, 8
        s32i.n  a13, a1, 4
        mov.n   a12, a2
        addi.n  a2, a2, -1
        call0   fib
        mov.n   a13, a2
        addi    a2, a12, -2
        call0   fib
        add.n   a2, a13, a2
        l32i.n  a0, a1, 12
        l32i.n  a12, a1, 8
        l32i.n  a13, a1, 4
        addi    a1, a1, 16
1:      ret.n
        .align  16
        .space  1024
top:    .space  16
