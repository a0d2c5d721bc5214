// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.nio.file.Path;
import mirage.emulator.wlan.Address;

/**
 * A board as others on the network see it.
 *
 * @param name of the board, for messages
 * @param first of its {@link #ADDRESSES} MAC addresses in a row
 */
public record Station(String name, Address first) {
  /** A chip has four addresses in a row, of which its radio and its Ethernet take some. */
  public static final int ADDRESSES = 4;

  /** What a board is called that has no other name: as its image, without the ending. */
  public static String nameOf(Path image) {
    return image.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }

  /** Whether {@code address} is one of its own. */
  boolean owns(Address address) {
    long number = address.value() - first.value();
    return number >= 0 && number < ADDRESSES;
  }
}
