// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import mirage.emulator.Esp32;
import mirage.emulator.Host;
import mirage.emulator.board.Bell;
import mirage.emulator.board.Inlet;
import mirage.emulator.board.Source;

/**
 * The host as seen by a run on the command line: what comes from a stream and from a network, pacing, and a guard on
 * host time.
 */
final class ConsoleHost implements Host {
  private static final long FOR_EVER_MILLIS = 1000L * 60 * 60 * 24 * 365;

  /** A program may be this much slower on the host than on the chip before the guard ends the run. */
  private static final long SLOWNESS = 10;

  private static final long STARTUP_MILLIS = 60_000;

  private final HostInput input;
  private final Runnable onPause;
  private final boolean realtime;
  private final long timeoutMillis;
  private final long start = System.nanoTime();
  private final List<Line> lines = new ArrayList<>();
  private final Bell bell = new Bell();
  private Pacer pacer;
  private boolean guarded;
  private boolean inputEnded;

  /** What comes, and where it comes in. */
  private record Line(Source source, Inlet inlet) {
    boolean arrives() {
      return source.ready() && inlet.takesInput();
    }

    boolean open() {
      return !source.ended() && inlet.takesInput();
    }
  }

  /**
   * @param onPause called whenever the machine pauses: between slices and before it waits
   * @param timeout seconds, 0 for none
   */
  ConsoleHost(InputStream in, Runnable onPause, boolean realtime, double timeout) {
    this.onPause = onPause;
    this.input = new HostInput(in);
    this.realtime = realtime;
    this.timeoutMillis = timeout == 0 ? FOR_EVER_MILLIS : (long) (timeout * 1000);
  }

  /** Begins to look after a machine that has just been booted. */
  void attach(Esp32 machine) {
    machine.connect(input);
    lines.add(new Line(input, machine.console()));
    pacer = new Pacer(machine.now(), System::nanoTime);
  }

  /** Looks after a further source. */
  void attach(Source source, Inlet inlet) {
    lines.add(new Line(source, inlet));
  }

  /** Whether the run was ended because it took too much of the host's time. */
  boolean guarded() {
    return guarded;
  }

  /** Whether the machine waited for input that had ended. */
  boolean inputEnded() {
    return inputEnded;
  }

  @Override
  public long pace(Esp32 machine, long now, long target) {
    onPause.run();
    if (realtime) {
      pacer.reached(now);
    }
    if (elapsedMillis() / SLOWNESS > timeoutMillis + STARTUP_MILLIS / SLOWNESS) {
      endRun(machine);
      return now;
    }
    if (deliver()) {
      return now;
    }
    return realtime ? sleep(machine, now, target) : target;
  }

  @Override
  public long await(Esp32 machine, long now, long until) {
    onPause.run();
    if (deliver()) {
      return now;
    }
    if (!any(Line::open)) {
      inputEnded = input.ended();
      return NOTHING;
    }
    return stand(machine, now, until);
  }

  /** Lets the host come to {@code target}; time goes on from the host's present if something arrives before. */
  private long sleep(Esp32 machine, long now, long target) {
    long millis = pacer.millisUntil(target);
    while (millis >= Pacer.SLACK_MILLIS && !machine.stopping()) {
      if (any(Line::arrives)) {
        return present(now, target);
      }
      expect(millis);
      millis = pacer.millisUntil(target);
    }
    return target;
  }

  /** Waits for what comes as long as something can; virtual time stands, or keeps the host's pace. */
  private long stand(Esp32 machine, long now, long until) {
    while (!any(Line::arrives) && any(Line::open) && !machine.stopping()) {
      long left = realtime ? pacer.millisUntil(until) : timeoutMillis - elapsedMillis();
      if (left > 0) {
        expect(left);
      } else if (realtime) {
        return until;
      } else {
        endRun(machine);
      }
    }
    return realtime ? present(now, until) : now;
  }

  /** The tick of the host's present, within bounds. */
  private long present(long now, long target) {
    return Math.max(now, Math.min(target, pacer.now()));
  }

  private void expect(long millis) {
    for (Line line : lines) {
      if (line.open()) {
        line.source().expect(bell);
      }
    }
    bell.await(Math.min(millis, Pacer.LOOK_MILLIS));
  }

  private boolean deliver() {
    boolean arrives = false;
    for (Line line : lines) {
      if (line.arrives()) {
        line.inlet().inputArrived();
        arrives = true;
      }
    }
    return arrives;
  }

  private boolean any(Predicate<Line> condition) {
    return lines.stream().anyMatch(condition);
  }

  private void endRun(Esp32 machine) {
    guarded = true;
    machine.stop();
  }

  private long elapsedMillis() {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
