# SPDX-License-Identifier: Apache-2.0
# Runs for ever: calls, loops, memory, unaligned and faulting accesses, divisions by zero, a timer interrupt.
        j       start
        .align  1024
vectors:
        .space  768
kernel: j       handler                 # 0x300
        .space  61
user:   j       handler                 # 0x340
        .align  1024
        .literal vecbase, vectors
        .literal data, block
        .literal nowhere, 0x00000010
        .literal seed, 0x12345678
start:  l32r    a2, vecbase
        wsr.vecbase a2
        l32r    a1, data
        movi    a2, 64
        wsr.intenable a2                # the timer of CCOMPARE0
        movi    a2, 777
        wsr.ccompare0 a2
        movi    a2, 0x20
        wsr.ps  a2
        rsync
        l32r    a12, seed
        movi    a13, 0
forever:
        movi    a2, 9
        call0   fib
        add     a13, a13, a2
        movi    a4, 13                  # a zero-overhead loop with a branch in it
        movi    a5, 0
        loopnez a4, 1f
        addx4   a6, a5, a1
        l32i    a7, a6, 64
        xor     a12, a12, a7
        bbci    a12, 3, 2f
        addi    a12, a12, 77
2:      s32i    a12, a6, 64
        addi    a5, a5, 1
1:      ssai    7
        src     a12, a12, a12
        movi    a8, 3                   # a quotient by zero now and then
        and     a8, a8, a12
        quou    a9, a12, a8
        add     a13, a13, a9
        addi    a10, a1, 101            # unaligned
        s32i    a13, a10, 0
        l16si   a11, a10, 2
        l8ui    a11, a10, 1
        add     a12, a12, a11
        bbsi    a12, 5, 3f
        l32r    a10, nowhere            # nothing there
        l32i    a11, a10, 0
3:      min     a11, a12, a13
        call0   leaf
        j       forever

        .align  4
leaf:   sext    a11, a11, 15
        s16i    a11, a1, 220
        ret

        .align  4
fib:    blti    a2, 2, 1f
        addi    a1, a1, -16
        s32i    a0, a1, 0
        s32i    a3, a1, 4
        mov.n   a3, a2
        addi    a2, a2, -1
        call0   fib
        s32i    a2, a1, 8
        addi    a2, a3, -2
        call0   fib
        l32i    a3, a1, 8
        add     a2, a2, a3
        l32i    a0, a1, 0
        l32i    a3, a1, 4
        addi    a1, a1, 16
1:      ret

handler:                                # skips faulting instructions, sets the timer anew
        wsr.excsave1 a2
        rsr.exccause a2
        beqi    a2, 4, 1f
        rsr.epc1 a2
        addi    a2, a2, 3
        wsr.epc1 a2
        rsr.excsave1 a2
        rfe
1:      rsr.ccount a2
        addmi   a2, a2, 0x100
        addi    a2, a2, 77
        wsr.ccompare0 a2
        rsr.excsave1 a2
        addi    a14, a14, 1
        rfe

        .align  64
        .space  1024
block:  .space  1024
