// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

/** What a mapping allows (ESP32 TRM, section 1.3). */
public enum Rights {
  /** Data bus, RAM: loads and stores of any size and alignment. */
  DATA(true, false, false),
  /** Data bus, ROM or flash: loads of any size and alignment. */
  DATA_READ_ONLY(false, false, false),
  /** Instruction bus, RAM: fetches; aligned 32-bit loads and stores. */
  CODE(true, true, true),
  /** Instruction bus, ROM or flash: fetches; aligned 32-bit loads. */
  CODE_READ_ONLY(false, true, true),
  /** RAM on both buses: everything. */
  DATA_AND_CODE(true, true, false);

  private final boolean writable;
  private final boolean executable;
  private final boolean wordsOnly;

  Rights(boolean writable, boolean executable, boolean wordsOnly) {
    this.writable = writable;
    this.executable = executable;
    this.wordsOnly = wordsOnly;
  }

  public boolean writable() {
    return writable;
  }

  public boolean executable() {
    return executable;
  }

  public boolean wordsOnly() {
    return wordsOnly;
  }
}
