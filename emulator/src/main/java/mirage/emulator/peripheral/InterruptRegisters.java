// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * The group INT_RAW, INT_ST, INT_ENA, INT_CLR that most blocks have: latched events, masked, seen by the
 * matrix.
 */
public final class InterruptRegisters {
  private final Register enable;
  private final IntSupplier levels;
  private final IntConsumer output;
  private int latched;

  /**
   * Declares the four registers of {@code block}.
   *
   * @param levels conditions that set their raw bit for as long as they hold
   * @param output called with the masked status after each change
   */
  public InterruptRegisters(
      RegisterBlock block,
      Offsets at,
      String prefix,
      int mask,
      IntSupplier levels,
      IntConsumer output) {
    this.levels = levels;
    this.output = output;
    block.register(at.raw(), prefix + "INT_RAW", 0, 0).onRead(this::raw);
    block.register(at.status(), prefix + "INT_ST", 0, 0).onRead(this::status);
    enable = block.register(at.enable(), prefix + "INT_ENA", 0, mask).onWrite(w -> update());
    block.register(at.clear(), prefix + "INT_CLR", 0, 0).onWrite(this::clear);
  }

  /** Offsets of the four registers in their block. */
  public record Offsets(int raw, int status, int enable, int clear) {}

  int raw() {
    return latched | levels.getAsInt();
  }

  int status() {
    return raw() & enable.value();
  }

  int enabled() {
    return enable.value();
  }

  /** Sets raw bits; they stay until the program clears them. */
  public void raise(int bits) {
    latched |= bits;
    update();
  }

  void clear(int bits) {
    latched &= ~bits;
    update();
  }

  /** Tells the output the present status. */
  public void update() {
    output.accept(status());
  }

  /** Clears all raw bits. */
  public void reset() {
    latched = 0;
    update();
  }
}
