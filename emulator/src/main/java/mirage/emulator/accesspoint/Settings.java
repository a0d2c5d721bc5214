// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import mirage.emulator.wlan.Address;

/**
 * What an access point offers.
 *
 * @param ssid name of the network, 1 to 32 bytes in UTF-8
 * @param passphrase of WPA2, 8 to 63 printable ASCII characters; without one the network is open
 * @param hidden whether beacons keep the name to themselves
 * @param channel 1 to 14
 * @param bssid its address
 * @param seed of its nonces and keys
 */
public record Settings(
    String ssid,
    Optional<String> passphrase,
    boolean hidden,
    int channel,
    Address bssid,
    long seed) {
  /** Channel unless another is asked for. */
  public static final int CHANNEL = 6;

  private static final Address BSSID = new Address(0x02_00_00_4D_49_01L);
  private static final int LONGEST_SSID = 32;
  private static final int SHORTEST_PASSPHRASE = 8;
  private static final int LONGEST_PASSPHRASE = 63;
  private static final int CHANNELS = 14;

  /**
   * @throws IllegalArgumentException with a message for the user
   */
  public Settings {
    int length = ssid.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > LONGEST_SSID) {
      throw new IllegalArgumentException(
          "an SSID of %d bytes; allowed are 1 to %d".formatted(length, LONGEST_SSID));
    }
    passphrase.ifPresent(Settings::check);
    if (channel < 1 || channel > CHANNELS) {
      throw new IllegalArgumentException(
          "channel %d; allowed are 1 to %d".formatted(channel, CHANNELS));
    }
  }

  private static void check(String passphrase) {
    int length = passphrase.length();
    if (length < SHORTEST_PASSPHRASE || length > LONGEST_PASSPHRASE) {
      throw new IllegalArgumentException(
          "a passphrase of %d characters; WPA2 allows %d to %d"
              .formatted(length, SHORTEST_PASSPHRASE, LONGEST_PASSPHRASE));
    }
    if (!passphrase.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "a passphrase with other characters than the printable ones of ASCII, which WPA2 allows");
    }
  }

  /** A network with the usual channel and address, open or with WPA2. */
  public static Settings of(String ssid, Optional<String> passphrase) {
    return new Settings(ssid, passphrase, false, CHANNEL, BSSID, 1);
  }

  byte[] ssidBytes() {
    return ssid.getBytes(StandardCharsets.UTF_8);
  }
}
