// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.util.function.Consumer;
import java.util.function.LongFunction;
import mirage.emulator.air.Antenna;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Mpdu;

/** What an access point sends: numbered frames from its address. */
final class Voice {
  /** For a frame whose fate does not matter. */
  static final Consumer<Outbox.Result> WHATEVER = result -> {};

  private final Address bssid;
  private final Outbox outbox;
  private int sequence;

  Voice(Address bssid, Antenna antenna) {
    this.bssid = bssid;
    this.outbox = new Outbox(antenna);
  }

  Outbox outbox() {
    return outbox;
  }

  /** Sends a management frame; {@code body} gets the tick at which it begins. */
  void manage(
      long tick,
      int subtype,
      Address to,
      LongFunction<byte[]> body,
      Consumer<Outbox.Result> whenDone) {
    outbox.add(
        tick,
        start -> Mpdu.management(subtype, to, bssid, bssid, next(), body.apply(start)),
        whenDone);
  }

  /** Sends what {@code frame} makes when its turn comes. */
  void say(long tick, LongFunction<Mpdu> frame) {
    outbox.add(tick, frame, WHATEVER);
  }

  /** A data frame with the next number. */
  Mpdu fromDs(Ether packet, boolean isProtected, byte[] body) {
    return Mpdu.fromDs(packet.destination(), bssid, packet.source(), next(), isProtected, body);
  }

  private int next() {
    sequence = sequence + 1 & 0xFFF;
    return sequence;
  }
}
