// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.board;

import java.util.Arrays;
import java.util.zip.CRC32;

/** Ethernet frames (IEEE 802.3, clause 3): the header's type, the shortest length, and the frame check sequence. */
public final class Frames {
  /** Bytes of the frame check sequence. */
  public static final int FCS = 4;

  /** Shortest frame, with its check sequence. */
  public static final int SHORTEST = 64;

  /** Where the type is, behind two addresses. */
  public static final int TYPE = 12;

  /** Bytes in front of what a frame carries. */
  public static final int HEADER = TYPE + 2;

  /** Types (IANA's list of EtherTypes). */
  public static final int IPV4 = 0x0800;

  public static final int ARP = 0x0806;
  public static final int IPV6 = 0x86DD;

  private Frames() {}

  /** The type of what a frame carries. */
  public static int type(byte[] frame) {
    return (frame[TYPE] & 0xFF) << 8 | frame[TYPE + 1] & 0xFF;
  }

  /** A frame as it goes over a wire: {@code content} padded with zeros to the shortest length, and its FCS. */
  public static byte[] seal(byte[] content) {
    return withCheck(Arrays.copyOf(content, Math.max(content.length, SHORTEST - FCS)));
  }

  /** {@code content} and its FCS. */
  public static byte[] withCheck(byte[] content) {
    byte[] frame = Arrays.copyOf(content, content.length + FCS);
    int check = check(content, content.length);
    for (int i = 0; i < FCS; i++) {
      frame[content.length + i] = (byte) (check >>> 8 * i);
    }
    return frame;
  }

  /** Whether the last four bytes of {@code frame} are the FCS of those before. */
  public static boolean intact(byte[] frame) {
    int length = frame.length - FCS;
    boolean same = length >= 0;
    for (int i = 0, check = same ? check(frame, length) : 0; same && i < FCS; i++) {
      same = frame[length + i] == (byte) (check >>> 8 * i);
    }
    return same;
  }

  /** The frame without its FCS. */
  public static byte[] content(byte[] frame) {
    return Arrays.copyOf(frame, frame.length - FCS);
  }

  private static int check(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
