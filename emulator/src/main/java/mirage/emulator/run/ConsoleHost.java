// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.io.InputStream;
import mirage.emulator.Esp32;
import mirage.emulator.Host;
import mirage.emulator.clock.Clock;
import mirage.emulator.run.HostInput.Waited;

/** The host as seen by a run on the command line: serial input from a stream, pacing, and a guard on host time. */
final class ConsoleHost implements Host {
  private static final long FOR_EVER_MILLIS = 1000L * 60 * 60 * 24 * 365;

  /** A program may be this much slower on the host than on the chip before the guard ends the run. */
  private static final long SLOWNESS = 10;

  private static final long STARTUP_MILLIS = 60_000;

  /** How often a wait looks whether somebody asked for the end. */
  private static final long LOOK_MILLIS = 100;

  private final HostInput input;
  private final Runnable onPause;
  private final boolean realtime;
  private final long timeoutMillis;
  private final long start = System.nanoTime();
  private Pacer pacer;
  private boolean inputEnded;
  private boolean guarded;

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

  void attach(Esp32 machine) {
    machine.connect(input);
    pacer = new Pacer(machine.now());
  }

  /** Whether the run was ended because it took too much of the host's time. */
  boolean guarded() {
    return guarded;
  }

  /** Whether the input had ended when the machine last waited for it. */
  boolean inputEnded() {
    return inputEnded;
  }

  @Override
  public long pace(Esp32 machine, long now, long target) {
    onPause.run();
    if (elapsedMillis() / SLOWNESS > timeoutMillis + STARTUP_MILLIS / SLOWNESS) {
      guarded = true;
      machine.stop();
      return now;
    }
    if (deliver(machine)) {
      return now;
    }
    return realtime ? paceToHost(machine, now, target) : target;
  }

  private long paceToHost(Esp32 machine, long now, long target) {
    long millis = pacer.millisUntil(target);
    if (millis < 2) {
      return target;
    }
    Waited waited = inputEnded || !machine.takesInput() ? sleep(millis) : await(millis);
    inputEnded |= waited == Waited.ENDED;
    // The input came at the host's present; virtual time goes on from there.
    return waited == Waited.INPUT && target > now
        ? Math.max(now, target - pacer.millisUntil(target) * (Clock.TICKS_PER_SECOND / 1000))
        : waited == Waited.ENDED ? now : target;
  }

  /** With nothing else to come, only the serial line can wake the machine. */
  @Override
  public boolean await(Esp32 machine) {
    if (!machine.takesInput() || inputEnded) {
      return false;
    }
    onPause.run();
    Waited waited = Waited.TIME_OUT;
    while (waited == Waited.TIME_OUT && !machine.stopping()) {
      long left = timeoutMillis - elapsedMillis();
      if (left <= 0) {
        guarded = true;
        machine.stop();
      } else {
        waited = await(Math.min(left, LOOK_MILLIS));
      }
    }
    inputEnded = waited == Waited.ENDED;
    return machine.stopping() || waited == Waited.INPUT && deliver(machine);
  }

  private boolean deliver(Esp32 machine) {
    boolean arrives = input.ready() && machine.takesInput();
    if (arrives) {
      machine.inputArrived();
    }
    return arrives;
  }

  private long elapsedMillis() {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private Waited await(long millis) {
    try {
      return input.await(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Waited.TIME_OUT;
    }
  }

  private static Waited sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Waited.TIME_OUT;
  }
}
