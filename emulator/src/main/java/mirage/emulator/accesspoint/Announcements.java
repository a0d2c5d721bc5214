// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import mirage.emulator.clock.Clock;
import mirage.emulator.wlan.Elements;
import mirage.emulator.wlan.Mpdu;

/** What an access point says of itself in its management frames, and what it wants to hear. */
final class Announcements {
  /** Time units between beacons, of 1024 microseconds. */
  private static final int INTERVAL_UNITS = 100;

  /** Ticks between beacons. */
  static final long INTERVAL = INTERVAL_UNITS * 1024L * Clock.TICKS_PER_MICROSECOND;

  /** Capabilities: an access point; with privacy; short preambles; short slots. */
  private static final int ACCESS_POINT = 0x0421;

  private static final int PRIVACY = 0x0010;

  /** Units of 500 kbit/s; the highest bit marks those that every station must have. */
  private static final byte[] RATES = {
    (byte) 0x82, (byte) 0x84, (byte) 0x8B, (byte) 0x96, 0x0C, 0x12, 0x18, 0x24
  };

  private static final byte[] MORE_RATES = {0x30, 0x48, 0x60, 0x6C};

  /** Nothing is kept for stations that sleep. */
  private static final byte[] TRAFFIC_MAP = {0, 1, 0, 0};

  private static final int ID_MARK = 0xC000;

  private final Settings settings;
  private final byte[] ssid;

  Announcements(Settings settings) {
    this.settings = settings;
    this.ssid = settings.ssidBytes();
  }

  static int word(byte[] bytes, int at) {
    return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
  }

  /** The body of a beacon that begins at a tick. */
  byte[] beacon(long start) {
    return body(start, settings.hidden() ? new byte[0] : ssid, true);
  }

  /** The body of the answer to a probe request. */
  byte[] answer(long start) {
    return body(start, ssid, false);
  }

  private byte[] body(long start, byte[] name, boolean beacon) {
    Elements elements =
        new Elements()
            .add(Elements.SSID, name)
            .add(Elements.RATES, RATES)
            .add(Elements.CHANNEL, (byte) settings.channel());
    if (beacon) {
      elements.add(Elements.TRAFFIC_MAP, TRAFFIC_MAP);
    }
    elements.add(Elements.MORE_RATES, MORE_RATES);
    if (settings.passphrase().isPresent()) {
      elements.addRsn();
    }
    byte[] all = elements.bytes();
    return ByteBuffer.allocate(12 + all.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(start / Clock.TICKS_PER_MICROSECOND)
        .putShort((short) INTERVAL_UNITS)
        .putShort((short) capabilities())
        .put(all)
        .array();
  }

  private int capabilities() {
    return ACCESS_POINT | (settings.passphrase().isPresent() ? PRIVACY : 0);
  }

  /** Whether a probe request is for this network: by name, or for all that do not hide. */
  boolean answers(Mpdu request) {
    byte[] wanted = Elements.find(request.body(), 0, Elements.SSID).orElse(new byte[0]);
    return wanted.length == 0 ? !settings.hidden() : Arrays.equals(wanted, ssid);
  }

  /** Whether an association request names this network; its elements begin at {@code offset}. */
  boolean named(byte[] request, int offset) {
    return Elements.find(request, offset, Elements.SSID)
        .filter(name -> Arrays.equals(name, ssid))
        .isPresent();
  }

  /** Whether an association request asks for the security of this network. */
  boolean fits(byte[] request, int offset) {
    return settings.passphrase().isEmpty()
        || Elements.find(request, offset, Elements.RSN).filter(Elements::asksForWpa2).isPresent();
  }

  /** The answer to an association request. */
  byte[] association(int status, int id) {
    byte[] elements =
        new Elements().add(Elements.RATES, RATES).add(Elements.MORE_RATES, MORE_RATES).bytes();
    return ByteBuffer.allocate(6 + elements.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) capabilities())
        .putShort((short) status)
        .putShort((short) (id | ID_MARK))
        .put(elements)
        .array();
  }
}
