// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.wlan;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** Elements in the body of management frames (IEEE 802.11, 9.4.2): number, length, content, over and over. */
public final class Elements {
  /** Numbers. */
  public static final int SSID = 0;

  public static final int RATES = 1;
  public static final int CHANNEL = 3;
  public static final int TRAFFIC_MAP = 5;
  public static final int MORE_RATES = 50;
  public static final int RSN = 48;

  /** Version 1; group and pairwise cipher CCMP, management by a pre-shared key; no capabilities. */
  private static final int[] WPA2 = {
    1, 0, 0x00, 0x0F, 0xAC, 4, 1, 0, 0x00, 0x0F, 0xAC, 4, 1, 0, 0x00, 0x0F, 0xAC, 2, 0, 0
  };

  /** Of {@link #WPA2} without the capabilities, which are the station's own affair. */
  private static final int SUITES = 18;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Appends an element. */
  public Elements add(int number, byte... content) {
    out.write(number);
    out.write(content.length);
    out.writeBytes(content);
    return this;
  }

  /** Appends the element of a network with WPA2. */
  public Elements addRsn() {
    return add(RSN, wpa2());
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  /** The content of the first element of that number in {@code body} from {@code offset} on. */
  public static Optional<byte[]> find(byte[] body, int offset, int number) {
    for (int at = offset; at + 2 <= body.length; at += 2 + (body[at + 1] & 0xFF)) {
      int end = at + 2 + (body[at + 1] & 0xFF);
      if (end > body.length) {
        return Optional.empty();
      }
      if ((body[at] & 0xFF) == number) {
        return Optional.of(Arrays.copyOfRange(body, at + 2, end));
      }
    }
    return Optional.empty();
  }

  /** The content of the element {@link #RSN} of a network with WPA2. */
  public static byte[] wpa2() {
    byte[] content = new byte[WPA2.length];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) WPA2[i];
    }
    return content;
  }

  /** Whether a station's element {@link #RSN} asks for what {@link #wpa2} offers. */
  public static boolean asksForWpa2(byte[] rsn) {
    return rsn.length >= SUITES && Arrays.equals(rsn, 0, SUITES, wpa2(), 0, SUITES);
  }
}
