// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.board;

/** Ends a machine's wait for the world outside. */
public final class Bell {
  private boolean rung;

  /** Ends the wait, or the next one if there is none now. From any thread. */
  public synchronized void ring() {
    rung = true;
    notifyAll();
  }

  /**
   * Waits until the bell has been rung since the last wait, at most {@code millis}. An interrupt of the thread ends
   * the wait and stays set.
   */
  public synchronized void await(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    try {
      while (!rung) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    rung = false;
  }
}
