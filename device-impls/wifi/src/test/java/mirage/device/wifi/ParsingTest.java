// SPDX-License-Identifier: Apache-2.0
package mirage.device.wifi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What frames written by others mean here. */
class ParsingTest {
  @Test
  void framesAreReadAsTheStandardHasThem() {
    assertThat(Programs.compile("parsing").output())
        .isEqualTo(
            """
            plain: open
            wep: it has WEP alone; WPA2 is needed
            wpa: it has WPA of version 1 (TKIP) alone; WPA2 is needed
            wpa2: WPA2
            mixed wpa2 and wpa3: WPA2
            wpa3: it is a WPA3 network; only WPA2 with a passphrase is supported
            enterprise: it asks for IEEE 802.1X (enterprise); only WPA2 with a passphrase is supported
            tkip for all: its group cipher is not CCMP (AES): it still has TKIP or WEP switched on
            tkip: it does not have the cipher CCMP (AES)
            protected management: it requires protected management frames, which are not supported
            sha256: its way of authentication is unknown; only WPA2 with a passphrase is supported
            defaults: it asks for IEEE 802.1X (enterprise); only WPA2 with a passphrase is supported
            cut: its RSN element counts more suites than it has
            another version: its RSN element is of an unknown version
            many suites: its RSN element counts more suites than it has
            ssid "abc"
            ssid "abc"
            ssid ""
            no ssid
            no ssid
            no ssid
            to the access point: 04:04:04:04:04:04 to 06:06:06:06:06:06, "\\b\\000payload"
            from it: 06:06:06:06:06:06 to 02:02:02:02:02:02, "\\b\\000payload"
            quality: 06:06:06:06:06:06 to 02:02:02:02:02:02, "\\b\\000payload"
            aggregate: no Ethernet frame
            fragment: no Ethernet frame
            null: no Ethernet frame
            other LLC: no Ethernet frame
            between access points: no Ethernet frame
            control: no header
            short: no header
            nothing 36, without a name 6, with a name 47, whole 1
            the 4-way handshake timed out; reason 4711; the access point has no room for more stations
            """);
  }
}
