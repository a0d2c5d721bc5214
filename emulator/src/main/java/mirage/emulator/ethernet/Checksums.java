// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

/** The MAC's unit for the checksums of IP, TCP, UDP and ICMP (TRM, "Transmit and Receive Checksum Offload Engine"). */
final class Checksums {
  private static final int ADDRESSES4 = 12;
  private static final int ADDRESSES6 = 8;
  private static final int BAD_HEADER = 1 << 3;
  private static final int BAD_PAYLOAD = 1 << 4;
  private static final int BYPASSED = 1 << 5;
  private static final int IS_IPV4 = 1 << 6;
  private static final int IS_IPV6 = 1 << 7;

  private Checksums() {}

  /** What is inserted into a frame, in the order of the codes in a transmit descriptor. */
  enum Insertion {
    NOTHING,
    HEADER,
    /** The payload's checksum field holds the sum of the pseudo header. */
    PAYLOAD,
    ALL
  }

  /** What the unit found in a received frame. */
  record Verdict(Packet packet, boolean headerGood, boolean payloadGood, boolean bypassed) {
    /** A frame in which there is nothing to check. */
    static final Verdict NO_PACKET = new Verdict(null, true, true, true);

    boolean good() {
      return headerGood && payloadGood;
    }

    /** Word 4 of a receive descriptor. */
    int extended() {
      if (packet == null) {
        return BYPASSED;
      }
      int type =
          switch (packet.protocol()) {
            case Packet.UDP -> 1;
            case Packet.TCP -> 2;
            case Packet.ICMP, Packet.ICMP6 -> 3;
            default -> 0;
          };
      return type
          | (headerGood ? 0 : BAD_HEADER)
          | (payloadGood ? 0 : BAD_PAYLOAD)
          | (bypassed ? BYPASSED : 0)
          | (packet.version() == 4 ? IS_IPV4 : IS_IPV6);
    }
  }

  /** Completes a frame without FCS. */
  static void insert(byte[] frame, Insertion what) {
    Packet packet = Packet.of(frame, frame.length);
    if (packet == null || what == Insertion.NOTHING) {
      return;
    }
    if (packet.version() == 4) {
      int field = packet.header() + 10;
      put(frame, field, 0);
      put(frame, field, complement(sum(frame, packet.header(), packet.payload(), 0)));
    }
    int field = packet.checksum();
    if (what == Insertion.HEADER || field < 0) {
      return;
    }
    int start = 0;
    if (what == Insertion.ALL) {
      put(frame, field, 0);
      start = pseudoHeader(frame, packet);
    }
    int result = complement(sum(frame, packet.payload(), packet.end(), start));
    put(frame, field, result == 0 && packet.protocol() == Packet.UDP ? 0xFFFF : result);
  }

  /** Checks the first {@code length} bytes of a frame. */
  static Verdict check(byte[] frame, int length) {
    Packet packet = Packet.of(frame, length);
    if (packet == null) {
      return Verdict.NO_PACKET;
    }
    boolean header =
        packet.version() == 6 || complement(sum(frame, packet.header(), packet.payload(), 0)) == 0;
    int field = packet.checksum();
    boolean unused =
        field < 0
            || packet.version() == 4
                && packet.protocol() == Packet.UDP
                && Packet.word(frame, field) == 0;
    boolean payload =
        unused
            || complement(sum(frame, packet.payload(), packet.end(), pseudoHeader(frame, packet)))
                == 0;
    return new Verdict(packet, header, payload, unused);
  }

  private static int pseudoHeader(byte[] frame, Packet packet) {
    if (!packet.hasPseudoHeader()) {
      return 0;
    }
    int addresses = packet.header() + (packet.version() == 4 ? ADDRESSES4 : ADDRESSES6);
    int length = packet.end() - packet.payload();
    int end = addresses + (packet.version() == 4 ? 8 : 32);
    return sum(frame, addresses, end, packet.protocol() + length);
  }

  /** Adds the 16-bit words of a range; an odd last byte is the upper half of a word. */
  private static int sum(byte[] frame, int from, int to, int start) {
    int sum = start;
    for (int i = from; i + 1 < to; i += 2) {
      sum += Packet.word(frame, i);
    }
    return (to - from) % 2 == 0 ? sum : sum + ((frame[to - 1] & 0xFF) << 8);
  }

  /** Folds a sum to 16 bits with end-around carry, and inverts it. */
  private static int complement(int sum) {
    int folded = (sum & 0xFFFF) + (sum >>> 16);
    return ~((folded & 0xFFFF) + (folded >>> 16)) & 0xFFFF;
  }

  private static void put(byte[] frame, int at, int word) {
    frame[at] = (byte) (word >>> 8);
    frame[at + 1] = (byte) word;
  }
}
