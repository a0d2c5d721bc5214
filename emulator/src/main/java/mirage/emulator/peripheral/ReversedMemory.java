// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import mirage.emulator.bus.Device;
import mirage.emulator.bus.DeviceFault;
import mirage.emulator.bus.Memory;

/**
 * SRAM1 as the instruction bus shows it: the same words in reverse order (TRM, "System and Memory", internal
 * SRAM 1). Words can be loaded and stored; code
 * here cannot be executed in the model.
 */
public final class ReversedMemory implements Device {
  private final Memory memory;

  public ReversedMemory(Memory memory) {
    this.memory = memory;
  }

  @Override
  public String name() {
    return memory.name() + " on the instruction bus";
  }

  @Override
  public int read(int offset, int size) {
    byte[] word = memory.read(place(offset, size), 4);
    return ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  @Override
  public void write(int offset, int size, int value) {
    byte[] word = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    memory.write(place(offset, size), word);
  }

  private int place(int offset, int size) {
    if (size != 4) {
      throw new DeviceFault(
          name() + ": %d-byte access; only words can be accessed".formatted(size));
    }
    return memory.size() - 4 - offset;
  }
}
