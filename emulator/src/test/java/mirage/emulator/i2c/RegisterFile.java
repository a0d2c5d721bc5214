// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.i2c;

import java.util.ArrayList;
import java.util.List;
import mirage.emulator.board.I2cDevice;

/** Sixteen registers: the first byte written says where the next ones go, or come from. It keeps what it saw. */
public final class RegisterFile implements I2cDevice {
  private static final int SIZE = 16;

  public final List<String> seen = new ArrayList<>();
  private final int[] registers = new int[SIZE];
  private int place;
  private boolean placeNext;

  public RegisterFile() {
    for (int i = 0; i < SIZE; i++) {
      registers[i] = 0xA0 + i;
    }
  }

  @Override
  public boolean start(boolean read) {
    seen.add(read ? "start read" : "start write");
    placeNext = !read;
    return true;
  }

  @Override
  public boolean write(int value) {
    seen.add(Integer.toHexString(value));
    if (placeNext) {
      placeNext = false;
      place = value;
      return value < SIZE;
    }
    registers[place++ % SIZE] = value;
    return true;
  }

  @Override
  public int read() {
    return registers[place++ % SIZE];
  }

  @Override
  public void stop() {
    seen.add("stop");
  }
}
