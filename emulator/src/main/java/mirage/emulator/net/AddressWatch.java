// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.util.Arrays;
import java.util.function.Consumer;
import mirage.emulator.board.Frames;

/**
 * Looks at what a board sends to passt, and tells once of an IPv4 address that is not of passt's network: then nobody reaches the
 * board from outside, and nothing else says so.
 */
final class AddressWatch implements Consumer<byte[]> {
  /** Of an ARP packet for IPv4 over Ethernet behind the header (RFC 826): who sends it, whose address is 0 as long as it has none. */
  private static final int ARP_SENDER = Frames.HEADER + 14;

  private static final int LENGTH = 4;

  /** Bytes of an address that are the network's. */
  private static final int NETWORK = 3;

  private final String own;
  private final Consumer<String> warnings;
  private boolean told;

  /**
   * @param own the address that passt has for the board
   */
  AddressWatch(String own, Consumer<String> warnings) {
    this.own = own;
    this.warnings = warnings;
  }

  @Override
  public void accept(byte[] frame) {
    if (told || Frames.type(frame) != Frames.ARP) {
      return;
    }
    byte[] address = Arrays.copyOfRange(frame, ARP_SENDER, ARP_SENDER + LENGTH);
    if (Arrays.equals(address, new byte[LENGTH])
        || Arrays.equals(address, 0, NETWORK, Passt.GATEWAY, 0, NETWORK)) {
      return;
    }
    told = true;
    warnings.accept(
        ("the chip has the address %s, and is reached at %s alone: let it ask for one (configure --dhcp=true),"
                + " or give it that one (-- --ipv4=%s/24 --ipv4-gateway=%s)")
            .formatted(Passt.text(address), own, own, Passt.text(Passt.GATEWAY)));
  }
}
