// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import mirage.emulator.ethernet.Checksums.Insertion;
import org.junit.jupiter.api.Test;

/** The checksum unit against packets whose sums were made elsewhere. */
class ChecksumsTest {
  private static final String ETHERNET = "240ac400011002000000000108";

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static String inserted(String frame, Insertion what) {
    byte[] content = bytes(frame);
    Checksums.insert(content, what);
    return HexFormat.of().formatHex(content);
  }

  private static final String IPV4_EXAMPLE =
      ETHERNET + "00 45000073000040004011 0000 c0a80001c0a800c7" + "00".repeat(95);

  @Test
  void theHeadersSumIsInserted() {
    assertThat(inserted(IPV4_EXAMPLE, Insertion.HEADER))
        .isEqualTo(IPV4_EXAMPLE.replace(" 0000 ", "b861").replace(" ", ""));
    assertThat(inserted(IPV4_EXAMPLE, Insertion.NOTHING)).isEqualTo(IPV4_EXAMPLE.replace(" ", ""));
  }

  /** Four bytes over UDP, from 10.0.0.1 to 10.0.0.2. */
  private static String udp(String sum) {
    return ETHERNET + "00 4500002000000000401166cb0a0000010a000002 04d20035000c" + sum + "01020304";
  }

  @Test
  void thePayloadsSumIsInsertedWithPseudoHeader() {
    // 0a00+0001+0a00+0002+0011+000c + 04d2+0035+000c + 0102+0304 = 1d39; inverted e2c6.
    assertThat(inserted(udp("ffff"), Insertion.ALL)).isEqualTo(udp("e2c6").replace(" ", ""));
    // With the pseudo header's sum (1420) in the field the unit only completes it.
    assertThat(inserted(udp("1420"), Insertion.PAYLOAD)).isEqualTo(udp("e2c6").replace(" ", ""));
  }

  @Test
  void aSumOfZeroIsSentAsOnesOverUdp() {
    String frame = udp("0000").replace("01020304", "01020304".replace("0102", "e3c8"));
    assertThat(inserted(frame, Insertion.ALL)).contains("000cffffe3c8");
  }

  @Test
  void fragmentsAreLeftAlone() {
    String frame =
        udp("1234").replace("4500002000000000", "4500002000002000").replace("66cb", "0000");
    assertThat(inserted(frame, Insertion.ALL)).contains("000c123401020304");
  }

  @Test
  void receivedSumsAreChecked() {
    byte[] good = bytes(udp("e2c6"));
    assertThat(Checksums.check(good, good.length).good()).isTrue();
    good[good.length - 1] ^= 4;
    assertThat(Checksums.check(good, good.length).payloadGood()).isFalse();
    assertThat(Checksums.check(good, good.length).headerGood()).isTrue();
    byte[] header = bytes(udp("e2c6").replace("66cb", "66ca"));
    assertThat(Checksums.check(header, header.length).headerGood()).isFalse();
    byte[] unused = bytes(udp("0000"));
    assertThat(Checksums.check(unused, unused.length).good()).as("no sum is no error").isTrue();
    byte[] arp = bytes(ETHERNET + "06" + "00".repeat(46));
    assertThat(Checksums.check(arp, arp.length).extended()).as("bypassed").isEqualTo(1 << 5);
  }

  @Test
  void icmpForBothVersions() {
    // ICMP echo: 0800+0001+0001 = 0802; inverted f7fd. No pseudo header.
    String echo = ETHERNET + "00 4500001c00000000400166df0a0000010a000002 0800";
    assertThat(inserted(echo + "000000010001", Insertion.ALL)).endsWith("0800f7fd00010001");
    // ICMPv6 echo from ::1 to ::2: 1+2+8+3a + 8000+1+1 = 8047; inverted 7fb8.
    String six = ETHERNET.replaceAll("08$", "86") + "dd 6000000000083a40" + "00".repeat(15) + "01";
    six += "00".repeat(15) + "02" + "8000";
    assertThat(inserted(six + "000000010001", Insertion.ALL)).endsWith("80007fb800010001");
  }

  @Test
  void cutPacketsAreNoPackets() {
    byte[] whole = bytes(udp("e2c6"));
    for (int length = 0; length < whole.length; length++) {
      assertThat(Packet.of(whole, length)).as(length + " bytes").isNull();
    }
    assertThat(Packet.of(whole, whole.length)).isNotNull();
  }
}
