// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.util.Arrays;
import java.util.function.Predicate;
import mirage.emulator.board.Frames;
import mirage.emulator.wlan.Address;

/**
 * What of a wire among boards leaves it for the passt of one of them. passt takes each frame for its own, whoever sent it
 * to whom, and answers ARP for all addresses but its board's: so it gets what its board sends to the gateway or, by
 * IPv4, to everybody, and of questions those for the gateway.
 */
record PasstGate(Station board) implements Predicate<byte[]> {
  /** Of an ARP packet for IPv4 over Ethernet behind the header (RFC 826). */
  private static final int ARP_TARGET = Frames.HEADER + 24;

  @Override
  public boolean test(byte[] frame) {
    Address destination = Address.at(frame, 0);
    if (!board.owns(Address.at(frame, Address.LENGTH))
        || !(destination.equals(Passt.MAC) || destination.equals(Address.BROADCAST))) {
      return false;
    }
    return switch (Frames.type(frame)) {
      case Frames.IPV4 -> true;
      case Frames.ARP ->
          Arrays.equals(
              Arrays.copyOfRange(frame, ARP_TARGET, ARP_TARGET + Passt.GATEWAY.length),
              Passt.GATEWAY);
      default -> false;
    };
  }
}
