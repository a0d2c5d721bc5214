// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.util.Arrays;
import mirage.emulator.board.Frames;

/**
 * A program for the chip that sends every Ethernet frame it gets back to where it came from; it answers a UDP datagram
 * with the same.
 */
public final class EchoGuest {
  /** Its own address, as in the eFuse of a chip without another. */
  public static final byte[] MAC = {0x24, 0x0A, (byte) 0xC4, 0, 1, 0x10};

  /** Byte {@value #PAYLOAD} of a frame, the first of a datagram: it ends the program, with the number of frames as status. */
  public static final char END = 'q';

  /** Where a datagram begins in a frame. */
  public static final int PAYLOAD = 42;

  private EchoGuest() {}

  /** A frame of an experimental type, whose content is one character over and over. */
  public static byte[] frame(byte[] to, byte[] from, char first, int length) {
    byte[] content = new byte[14 + length];
    System.arraycopy(to, 0, content, 0, 6);
    System.arraycopy(from, 0, content, 6, 6);
    content[12] = (byte) 0x88;
    content[13] = (byte) 0xB5;
    Arrays.fill(content, 14, content.length, (byte) first);
    return Frames.seal(content);
  }

  public static TestImage image() {
    return image(MAC);
  }

  /** The program with another address of its own. */
  public static TestImage image(byte[] mac) {
    int low = mac[3] << 24 | (mac[2] & 0xFF) << 16 | (mac[1] & 0xFF) << 8 | mac[0] & 0xFF;
    int high = (mac[5] & 0xFF) << 8 | mac[4] & 0xFF;
    return new TestImage(TEXT.formatted(high, low));
  }

  private static final String TEXT =
      """
      .literal EMAC, 0x3ff69000
      .literal MAC, 0x3ff6a000
      .literal RMII, 0x8000            # PHY_INTF_SEL 4
      .literal RXD, 0x3ffb0000
      .literal TXD, 0x3ffb0020
      .literal BUFFER, 0x3ffb1000
      .literal OWN, 0x80000000
      .literal RX_SIZE, 0x4600         # chained, 1536 bytes
      .literal TX_FRAME, 0xb0100000    # own, last, first, chained
      .literal MAC_HIGH, %d
      .literal MAC_LOW, %d
      .literal CONFIG, 0xc80c          # 100 Mb/s, full duplex, both ways
      .literal OPERATION, 0x02202002   # whole frames, both ways
      .literal INTERRUPTS, 0x10040     # received, normal
      .literal OUT_SEL, 0x3ff44530
      .literal IN_SEL, 0x3ff44454      # of signal 201
      .literal BMSR, 0x41              # register 1 of PHY 0
      start: call0 guards_off
        l32r a2, VECTORS
        wsr a2, vecbase
        l32r a4, EMAC
        addmi a5, a4, 0x800
        l32r a6, MAC
        l32r a2, RMII
        s32i a2, a5, 0x0c
        movi a2, 2                     # 50 MHz from inside
        s32i a2, a5, 0x08
        movi a2, 1
        s32i a2, a4, 0x00
      reset: l32i a2, a4, 0x00
        bbsi a2, 0, reset
        movi a2, 0x80
        s32i a2, a4, 0x00
        l32r a2, MAC_HIGH
        s32i a2, a6, 0x40
        l32r a2, MAC_LOW
        s32i a2, a6, 0x44
        l32r a3, OUT_SEL
        movi a2, 200                   # MDC to pin 23
        s32i a2, a3, 92
        movi a2, 201                   # MDIO to pin 18 and from there
        s32i a2, a3, 72
        l32r a3, IN_SEL
        movi a2, 0x92
        s32i a2, a3, 0
      link: l32r a2, BMSR
        s32i a2, a6, 0x10
      busy: l32i a2, a6, 0x10
        bbsi a2, 0, busy
        l32i a2, a6, 0x14
        bbci a2, 2, link
        l32r a8, RXD
        l32r a9, TXD
        l32r a10, BUFFER
        l32r a2, RX_SIZE
        s32i a2, a8, 4
        s32i a10, a8, 8
        s32i a8, a8, 12
        s32i a10, a9, 8
        s32i a9, a9, 12
        movi a2, 0
        s32i a2, a9, 0
        l32r a2, OWN
        s32i a2, a8, 0
        s32i a8, a4, 0x0c
        s32i a9, a4, 0x10
        l32r a2, INTERRUPTS
        s32i a2, a4, 0x1c
        l32r a2, CONFIG
        s32i a2, a6, 0x00
        l32r a2, OPERATION
        s32i a2, a4, 0x18
        l32r a3, DPORT
        addmi a3, a3, 0x100
        movi a2, 0
        s32i a2, a3, 0x9c              # EMAC: line 0
        movi a2, 1
        wsr a2, intenable
        movi a13, 0                    # frames
      next: rsil a2, 1
        l32i a12, a8, 0
        bgez a12, got
        waiti 0
        j next
      got: addi a13, a13, 1
        l16ui a2, a10, 6               # to the sender, from this address
        s16i a2, a10, 0
        l16ui a2, a10, 8
        s16i a2, a10, 2
        l16ui a2, a10, 10
        s16i a2, a10, 4
        l32r a2, MAC_LOW
        s16i a2, a10, 6
        extui a2, a2, 16, 16
        s16i a2, a10, 8
        l32r a2, MAC_HIGH
        s16i a2, a10, 10
        movi a11, 0                    # IP addresses change places
        addi a3, a10, 26
      swap: l16ui a2, a3, 0
        l16ui a7, a3, 4
        s16i a7, a3, 0
        s16i a2, a3, 4
        addi a3, a3, 2
        addi a11, a11, 1
        bnei a11, 2, swap
        l16ui a2, a10, 34              # and the ports of UDP
        l16ui a7, a10, 36
        s16i a7, a10, 34
        s16i a2, a10, 36
        l8ui a14, a10, 42
        extui a2, a12, 16, 14
        addi a2, a2, -4                # the MAC makes the FCS
        s32i a2, a9, 4
        l32r a2, TX_FRAME
        s32i a2, a9, 0
        s32i a2, a4, 0x04
      sent: l32i a2, a9, 0
        bltz a2, sent
        l32r a2, OWN
        s32i a2, a8, 0
        s32i a2, a4, 0x08
        movi a2, 'q'
        beq a14, a2, end
        j next
      end: mov.n a2, a13
        j halt
      .align 1024
      .space 0x340
        l32r a3, EMAC
        l32i a2, a3, 0x14
        s32i a2, a3, 0x14
        rfe
      """;
}
