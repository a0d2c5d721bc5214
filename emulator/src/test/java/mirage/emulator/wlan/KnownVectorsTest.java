// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wlan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Test vectors of IEEE 802.11 (annex J) and of RFC 3394. */
class KnownVectorsTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] repeated(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void masterKeysFollowFromPassphraseAndName() {
    assertThat(Wpa.masterKey("password", ascii("IEEE")))
        .isEqualTo(hex("f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e"));
    assertThat(Wpa.masterKey("ThisIsAPassword", ascii("ThisIsASSID")))
        .isEqualTo(hex("0dc0d6eb90555ed6419756b9a15ec3e3209b63df707dd508d14581f8982721af"));
    assertThat(Wpa.masterKey("a".repeat(32), ascii("Z".repeat(32))))
        .isEqualTo(hex("becb93866bb8c3832cb777c2f559807c8c59afcb6eae734885001300a981cc62"));
  }

  @Test
  void pseudoRandomBytesFollowFromKeyLabelAndData() {
    assertThat(Wpa.expand(repeated(0x0b, 20), "prefix", ascii("Hi There"), 64))
        .isEqualTo(
            hex(
                "bcd4c650b30b9684951829e0d75f9d54b862175ed9f00606e17d8da35402ffee"
                    + "75df78c3d31e0f889f012120c0862beb67753e7439ae242edb8373698356cf5a"));
    assertThat(Wpa.expand(ascii("Jefe"), "prefix", ascii("what do ya want for nothing?"), 24))
        .isEqualTo(hex("51f4de5b33f249adf81aeb713a3c20f4fe631446fabdfa58"));
  }

  @Test
  void keysAreWrapped() {
    byte[] key = hex("000102030405060708090A0B0C0D0E0F");
    byte[] data = hex("00112233445566778899AABBCCDDEEFF");
    byte[] wrapped = hex("1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5");
    assertThat(Wpa.wrap(key, data)).isEqualTo(wrapped);
    assertThat(Wpa.unwrap(key, wrapped)).hasValue(data);
    wrapped[20]++;
    assertThat(Wpa.unwrap(key, wrapped)).isEmpty();
  }

  @Test
  void framesAreEncrypted() {
    Ccmp ccmp = new Ccmp(hex("c97c1f67ce371185514a8a19f2bdd52f"));
    byte[] header = hex("0848c32c0fd2e128a57c5030f1844408abaea5b8fcba8033");
    byte[] plain = hex("f8ba1a55d02f85ae967bb62fb6cda8eb7e78a050");
    byte[] number = Ccmp.header(0xB5039776E70CL, 0);
    assertThat(number).isEqualTo(hex("0ce70020769703b5"));
    byte[] clear = joined(header, number, plain);
    byte[] sealed = hex("f3d0a2fe9a3dbf2342a643e43246e80c3c04d0197845ce0b16f97623");
    byte[] encrypted = ccmp.encrypt(new Mpdu(clear));
    assertThat(encrypted).isEqualTo(joined(header, number, sealed));
    assertThat(Ccmp.packet(new Mpdu(encrypted))).isEqualTo(0xB5039776E70CL);
    assertThat(ccmp.decrypt(new Mpdu(encrypted))).hasValue(clear);

    byte[] again = encrypted.clone();
    again[1] |= 8;
    assertThat(ccmp.decrypt(new Mpdu(again))).as("sent again").isPresent();
    byte[] forged = encrypted.clone();
    forged[10]++;
    assertThat(ccmp.decrypt(new Mpdu(forged))).as("from somebody else").isEmpty();
    encrypted[40]++;
    assertThat(ccmp.decrypt(new Mpdu(encrypted))).isEmpty();
  }

  private static byte[] joined(byte[]... parts) {
    return hex(String.join("", Arrays.stream(parts).map(HexFormat.of()::formatHex).toList()));
  }
}
