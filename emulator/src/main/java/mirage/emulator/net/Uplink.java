// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.util.function.Predicate;
import mirage.emulator.board.Bell;
import mirage.emulator.board.FrameLink;
import mirage.emulator.board.Source;

/** Leads from a wire among boards, in virtual time, to somebody who lives in the host's. */
final class Uplink {
  private final LocalNetwork.Cable wire;
  private final FrameLink link;
  private final Source source;
  private final Predicate<byte[]> outward;

  /**
   * @param outward which frames of the wire leave it
   */
  <T extends FrameLink & Source> Uplink(LocalNetwork.Cable wire, T far, Predicate<byte[]> outward) {
    this.wire = wire;
    this.link = far;
    this.source = far;
    this.outward = outward;
  }

  /** Takes all that has come out of the wire, and puts in at {@code tick} what has come from outside; whether that was something. */
  boolean carry(long tick) {
    while (wire.arrival() != FrameLink.NEVER) {
      byte[] frame = wire.receive(tick);
      if (outward.test(frame)) {
        link.send(tick, frame);
      }
    }
    boolean came = false;
    while (link.arrival() != FrameLink.NEVER) {
      wire.send(tick, link.receive(tick));
      came = true;
    }
    return came;
  }

  boolean ended() {
    return source.ended();
  }

  void expect(Bell bell) {
    source.expect(bell);
  }
}
