// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import mirage.formats.EspImage.Segment;
import org.junit.jupiter.api.Test;

class EspImageTest {
  private static final EspImage IMAGE =
      EspImage.of(
          0x40080400,
          4 << 20,
          List.of(
              new Segment(0x3F400020, new byte[] {1, 2, 3}),
              new Segment(0x3FFB0000, new byte[100]),
              new Segment(0x400D0020, new byte[] {4, 5, 6, 7, 8}),
              new Segment(0x40080000, new byte[0x404])));

  /** Layout by hand: header, segment, checksum 0xEF ^ 1 ^ 2 ^ 4 ^ 8 on the last byte of a 16-byte line. */
  @Test
  void smallestImageByteByByte() {
    EspImage image =
        new EspImage(
            0x40080004,
            EspImage.SpiMode.DIO,
            0,
            2,
            false,
            List.of(new Segment(0x40080000, new byte[] {1, 2, 4, 8})));
    assertThat(HexFormat.of().formatHex(image.write()))
        .isEqualTo(
            "e901022004000840ee000000000000000000000000000000"
                + "0000084004000000"
                + "01020408"
                + "0000000000000000000000"
                + "e0");
  }

  @Test
  void readsWhatItWrites() {
    byte[] bytes = IMAGE.write();
    assertThat(bytes.length % 16).isZero();
    assertThat(EspImage.read("image", bytes)).isEqualTo(IMAGE);
    byte[] inFlash = new byte[bytes.length + 0x1000];
    System.arraycopy(bytes, 0, inFlash, 0x1000, bytes.length);
    assertThat(EspImage.read("flash", inFlash, 0x1000)).isEqualTo(IMAGE);
  }

  @Test
  void mappedSegmentsAgreeWithTheirAddressModulo64K() {
    List<Integer> offsets = IMAGE.offsets();
    int mapped = 0;
    for (int i = 0; i < offsets.size(); i++) {
      Segment segment = IMAGE.segments().get(i);
      if (segment.mapped()) {
        mapped++;
        assertThat(offsets.get(i) % 0x10000).isEqualTo(segment.address() % 0x10000);
      }
    }
    assertThat(mapped).isEqualTo(2);
  }

  @Test
  void changedDataIsRefusedByChecksumThenHash() {
    byte[] bytes = IMAGE.write();
    bytes[0x20] ^= 1;
    assertThatThrownBy(() -> EspImage.read("x.bin", bytes))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("x.bin")
        .hasMessageContaining("checksum");
    bytes[0x21] ^= 1;
    assertThatThrownBy(() -> EspImage.read("x.bin", bytes)).hasMessageContaining("SHA-256");
  }

  @Test
  void segmentLargerThanTheFileIsRefusedBeforeItIsAllocated() {
    byte[] bytes = IMAGE.write();
    bytes[28] = bytes[29] = bytes[30] = (byte) 0xFC;
    bytes[31] = 0x7F;
    assertThatThrownBy(() -> EspImage.read("x.bin", bytes)).isInstanceOf(FormatException.class);
  }

  @Test
  void damage() {
    Fuzz.check(IMAGE.write(), bytes -> EspImage.read("fuzz", bytes));
  }
}
