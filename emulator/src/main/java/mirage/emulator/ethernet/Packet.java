// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import mirage.emulator.board.Frames;

/**
 * Where the parts of an IP packet lie in an Ethernet frame, as far as the MAC's checksum unit understands them (TRM,
 * "Transmit Checksum Offload Engine"): IPv4 with options, IPv6 without extension headers, one VLAN tag at most.
 *
 * @param version 4 or 6
 * @param header offset of the IP header
 * @param payload offset of what follows it
 * @param end offset behind the last byte of the packet
 * @param protocol number of the payload's protocol
 * @param fragment whether it is a part of a larger packet
 */
record Packet(int version, int header, int payload, int end, int protocol, boolean fragment) {
  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMP6 = 58;

  private static final int VLAN = 0x8100;
  private static final int VLAN_TAG = 4;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;

  /**
   * Looks at the first {@code length} bytes of a frame.
   *
   * @return null if there is no whole IP packet in it
   */
  static Packet of(byte[] frame, int length) {
    int at = Frames.TYPE;
    int type = length < at + 2 ? 0 : word(frame, at);
    if (type == VLAN && length >= at + VLAN_TAG + 2) {
      at += VLAN_TAG;
      type = word(frame, at);
    }
    int header = at + 2;
    return switch (type) {
      case Frames.IPV4 -> ipv4(frame, header, length);
      case Frames.IPV6 -> ipv6(frame, header, length);
      default -> null;
    };
  }

  private static Packet ipv4(byte[] frame, int header, int length) {
    if (length < header + IPV4_HEADER || (frame[header] & 0xF0) != 0x40) {
      return null;
    }
    int size = (frame[header] & 0xF) * 4;
    int total = word(frame, header + 2);
    if (size < IPV4_HEADER || total < size || header + total > length) {
      return null;
    }
    boolean fragment = (word(frame, header + 6) & 0x3FFF) != 0;
    int protocol = frame[header + 9] & 0xFF;
    return new Packet(4, header, header + size, header + total, protocol, fragment);
  }

  private static Packet ipv6(byte[] frame, int header, int length) {
    if (length < header + IPV6_HEADER || (frame[header] & 0xF0) != 0x60) {
      return null;
    }
    int payload = header + IPV6_HEADER;
    int end = payload + word(frame, header + 4);
    return end > length
        ? null
        : new Packet(6, header, payload, end, frame[header + 6] & 0xFF, false);
  }

  /** Offset of the payload's checksum, or -1 if the unit knows none there. */
  int checksum() {
    int offset =
        switch (protocol) {
          case TCP -> 16;
          case UDP -> 6;
          case ICMP -> version == 4 ? 2 : -1;
          case ICMP6 -> version == 6 ? 2 : -1;
          default -> -1;
        };
    boolean there = offset >= 0 && !fragment && payload + offset + 2 <= end;
    return there ? payload + offset : -1;
  }

  /** Whether the payload's checksum covers the pseudo header. */
  boolean hasPseudoHeader() {
    return protocol != ICMP;
  }

  static int word(byte[] frame, int at) {
    return (frame[at] & 0xFF) << 8 | frame[at + 1] & 0xFF;
  }
}
