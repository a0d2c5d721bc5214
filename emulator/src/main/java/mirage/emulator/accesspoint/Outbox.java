// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import mirage.emulator.air.Antenna;
import mirage.emulator.air.Rate;
import mirage.emulator.air.Transmission;
import mirage.emulator.clock.Clock;
import mirage.emulator.wlan.Mpdu;

/** What an access point has to send: one frame after the other, each until it is acknowledged, or seven times. */
final class Outbox {
  private static final int TRIES = 7;

  /** Ticks the medium is watched before a frame. */
  private static final long WAIT = 28 * Clock.TICKS_PER_MICROSECOND;

  private static final Rate BASIC = Rate.direct(1000, false);
  private static final Rate[] RATES = {
    Rate.ofdm(54), Rate.ofdm(54), Rate.ofdm(24), Rate.ofdm(24), Rate.direct(11_000, false)
  };

  /** A frame, made when its turn comes, and what is done with the result. */
  private record Letter(LongFunction<Mpdu> maker, Consumer<Result> whenDone) {}

  /**
   * What became of a frame.
   *
   * @param tick at which that is known
   * @param arrived whether it was acknowledged; frames to several always are
   */
  record Result(long tick, boolean arrived) {}

  private final Antenna antenna;
  private final Deque<Letter> waiting = new ArrayDeque<>();
  private Letter current;
  private Mpdu frame;
  private Transmission transmission;
  private int tries;

  Outbox(Antenna antenna) {
    this.antenna = antenna;
  }

  int size() {
    return waiting.size();
  }

  /**
   * Puts a frame behind those that wait.
   *
   * @param maker gets the tick at which the frame begins
   */
  void add(long tick, LongFunction<Mpdu> maker, Consumer<Result> whenDone) {
    waiting.add(new Letter(maker, whenDone));
    begin(tick);
  }

  /** The tick at which the fate of the frame under way is known. */
  long due() {
    return transmission == null ? Antenna.NEVER : transmission.answered();
  }

  /** It is {@link #due}. */
  void act(long tick) {
    boolean arrived = transmission.acknowledged() || frame.receiver().several();
    transmission = null;
    if (!arrived && ++tries < TRIES) {
      frame = tries == 1 ? frame.repeated() : frame;
      transmit(tick);
      return;
    }
    Letter done = current;
    current = null;
    done.whenDone().accept(new Result(tick, arrived));
    begin(tick);
  }

  /** Forgets everything. */
  void clear() {
    waiting.clear();
    current = null;
    transmission = null;
  }

  private void begin(long tick) {
    if (current == null && !waiting.isEmpty()) {
      current = waiting.remove();
      tries = 0;
      frame = current.maker().apply(tick + WAIT);
      transmit(tick);
    }
  }

  private void transmit(long tick) {
    boolean basic =
        frame.type() != Mpdu.DATA || frame.receiver().several() || tries >= RATES.length;
    transmission = antenna.send(tick + WAIT, basic ? BASIC : RATES[tries], frame.bytes());
  }
}
