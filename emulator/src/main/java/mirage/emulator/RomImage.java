// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import mirage.emulator.bus.AccessFault;
import mirage.emulator.bus.AddressSpace;

/**
 * The content of a chip's ROM. Of what it does at a reset only the setting of its variables is made up for here: its functions
 * need them. Where they lie and come from is in two tables of its own, whose ends are among the literals of its reset handler.
 */
final class RomImage {
  private static final int DATA_TABLE = 0x424;
  private static final int ZEROS_TABLE = 0x568;

  /** Of a row, in words: begin, end, for data their source, and for which cores. */
  private static final int DATA_ROW = 4;

  private static final int ZEROS_ROW = 3;

  /** A row is no larger. */
  private static final int MOST = 0x10000;

  private final ByteBuffer content;

  RomImage(byte[] content) {
    this.content = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  byte[] content() {
    return content.array();
  }

  /** Gives the variables the values they have after a reset. */
  void setVariables(AddressSpace space) {
    try {
      for (int at = word(DATA_TABLE); at < word(DATA_TABLE + 4); at += 4 * DATA_ROW) {
        int source = offset(word(offset(at) + 8));
        put(space, at, Arrays.copyOfRange(content.array(), source, source + size(at)));
      }
      for (int at = word(ZEROS_TABLE); at < word(ZEROS_TABLE + 4); at += 4 * ZEROS_ROW) {
        put(space, at, new byte[size(at)]);
      }
    } catch (AccessFault | IndexOutOfBoundsException e) {
      throw new EmulatorException("the ROM's content is not that of an ESP32", e);
    }
  }

  private void put(AddressSpace space, int row, byte[] bytes) throws AccessFault {
    if (bytes.length > 0) {
      space.poke(word(offset(row)), bytes);
    }
  }

  private int size(int row) {
    int size = word(offset(row) + 4) - word(offset(row));
    if (size < 0 || size > MOST) {
      throw new IndexOutOfBoundsException(size);
    }
    return size;
  }

  private int word(int offset) {
    return content.getInt(offset);
  }

  private static int offset(int address) {
    return address - MemoryMap.ROM_CODE;
  }
}
