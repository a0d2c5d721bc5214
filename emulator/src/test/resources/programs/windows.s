# SPDX-License-Identifier: Apache-2.0
# Recursion through call4, call8 and call12, deep enough to spill and refill register windows.
        j       start
        .align  1024
vectors:
        s32e    a0, a5, -16             # overflow of a frame of 4
        s32e    a1, a5, -12
        s32e    a2, a5, -8
        s32e    a3, a5, -4
        rfwo
        .align  64
        l32e    a0, a5, -16             # underflow of 4
        l32e    a1, a5, -12
        l32e    a2, a5, -8
        l32e    a3, a5, -4
        rfwu
        .align  64
        s32e    a0, a9, -16             # overflow of 8
        l32e    a0, a1, -12
        s32e    a1, a9, -12
        s32e    a2, a9, -8
        s32e    a3, a9, -4
        s32e    a4, a0, -32
        s32e    a5, a0, -28
        s32e    a6, a0, -24
        s32e    a7, a0, -20
        rfwo
        .align  64
        l32e    a0, a9, -16             # underflow of 8
        l32e    a1, a9, -12
        l32e    a2, a9, -8
        l32e    a7, a1, -12
        l32e    a3, a9, -4
        l32e    a4, a7, -32
        l32e    a5, a7, -28
        l32e    a6, a7, -24
        l32e    a7, a7, -20
        rfwu
        .align  64
        s32e    a0, a13, -16            # overflow of 12
        l32e    a0, a1, -12
        s32e    a1, a13, -12
        s32e    a2, a13, -8
        s32e    a3, a13, -4
        s32e    a4, a0, -48
        s32e    a5, a0, -44
        s32e    a6, a0, -40
        s32e    a7, a0, -36
        s32e    a8, a0, -32
        s32e    a9, a0, -28
        s32e    a10, a0, -24
        s32e    a11, a0, -20
        rfwo
        .align  64
        l32e    a0, a13, -16            # underflow of 12
        l32e    a1, a13, -12
        l32e    a2, a13, -8
        l32e    a11, a1, -12
        l32e    a3, a13, -4
        l32e    a4, a11, -48
        l32e    a5, a11, -44
        l32e    a6, a11, -40
        l32e    a7, a11, -36
        l32e    a8, a11, -32
        l32e    a9, a11, -28
        l32e    a10, a11, -24
        l32e    a11, a11, -20
        rfwu

        .align  4
        .literal vecbase, vectors
        .literal stack, top
        .literal output, result
        .literal function, sum
start:  l32r    a2, vecbase
        wsr.vecbase a2
        l32r    a1, stack
        addi    a2, a1, -12
        s32i    a1, a2, 0
        movi    a2, 0
        wsr.windowbase a2
        movi    a2, 1
        wsr.windowstart a2
        rsync
        slli    a2, a2, 18              # PS.WOE
        wsr.ps  a2
        rsync
        movi    a10, 14
        call8   fib
        l32r    a3, output
        s32i    a10, a3, 0
        movi    a14, 30
        call12  sum
        s32i    a14, a3, 4
        movi    a6, 25
        call4   sum
        s32i    a6, a3, 8
        rsr.windowbase a4
        s32i    a4, a3, 12
        rsr.windowstart a4
        s32i    a4, a3, 16
        movi    a2, 4
        l32r    a4, output
        movi    a3, 1
        movi    a5, 20
        simcall
        movi    a2, 1
        simcall

        .align  4
fib:    entry   a1, 64                  # fib(n-1) by call8, fib(n-2) by call12, their sum by call4
        blti    a2, 2, 1f
        addi    a10, a2, -1
        call8   fib
        mov.n   a3, a10
        addi    a14, a2, -2
        call12  fib
        mov.n   a6, a3
        mov.n   a7, a14
        call4   add
        mov.n   a2, a6
1:      retw.n

        .align  4
add:    entry   a1, 32
        add     a2, a2, a3
        retw

        .align  4
sum:    entry   a1, 64                  # 1 + ... + n, call4, call8 and call12 in turn
        movi    a3, 0
        beqz    a2, 4f
        movi    a4, 3
        remu    a4, a2, a4
        beqi    a4, 1, 1f
        beqi    a4, 2, 2f
        addi    a6, a2, -1
        call4   sum
        mov.n   a3, a6
        j       3f
1:      addi    a10, a2, -1
        call8   sum
        mov.n   a3, a10
        j       3f
2:      addi    a14, a2, -1
        l32r    a12, function
        callx12 a12
        mov.n   a3, a14
3:      add     a2, a2, a3
        retw
4:      movi    a2, 0
        retw.n

        .align  16
        .space  8192
top:    .space  16
result: .space  20
