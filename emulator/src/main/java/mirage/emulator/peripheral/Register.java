// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/** One 32-bit register of a {@link RegisterBlock}: its stored bits, and what reading and writing do beyond storing. */
public final class Register {
  private final String name;
  private final int reset;
  private final int writable;
  private int value;
  private IntSupplier reader;
  private IntConsumer writer;

  Register(String name, int reset, int writable) {
    this.name = name;
    this.reset = reset;
    this.writable = writable;
    this.value = reset;
  }

  /** The manual's name. */
  public String name() {
    return name;
  }

  /** The stored bits, without the effects of a read. */
  public int value() {
    return value;
  }

  /** Changes the stored bits, all of them, without the effects of a write. */
  public void set(int newValue) {
    value = newValue;
  }

  /** The field of {@code width} bits that starts at bit {@code low}. */
  public int field(int low, int width) {
    return value >>> low & (width == 32 ? -1 : (1 << width) - 1);
  }

  /** Bit {@code number} of the stored bits. */
  public boolean bit(int number) {
    return (value >>> number & 1) != 0;
  }

  /** What a read answers instead of the stored bits. */
  public Register onRead(IntSupplier action) {
    reader = action;
    return this;
  }

  /** What happens after a write; the argument is the word written, the writable bits of it are stored already. */
  public Register onWrite(IntConsumer action) {
    writer = action;
    return this;
  }

  void restore() {
    value = reset;
  }

  int read() {
    return reader == null ? value : reader.getAsInt();
  }

  void write(int word) {
    value = value & ~writable | word & writable;
    if (writer != null) {
      writer.accept(word);
    }
  }
}
