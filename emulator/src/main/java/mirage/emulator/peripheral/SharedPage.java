// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import mirage.emulator.bus.Device;

/** Several blocks that lie in one 4 KB page of the memory map. */
public final class SharedPage implements Device {
  private static final int PAGE = 0x1000;
  private static final int GRAIN = 0x100;

  private final String name;
  private final Device[] blocks = new Device[PAGE / GRAIN];
  private final int[] starts = new int[PAGE / GRAIN];

  /** The page begins with {@code first}; further blocks are added with {@link #add}. */
  public SharedPage(Device first) {
    this.name = first.name();
    add(0, first);
  }

  /** From {@code offset}, a multiple of 256, to the next block or the end of the page, {@code block} answers. */
  public SharedPage add(int offset, Device block) {
    for (int i = offset / GRAIN; i < blocks.length; i++) {
      blocks[i] = block;
      starts[i] = offset;
    }
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int read(int offset, int size) {
    return blocks[offset / GRAIN].read(offset - starts[offset / GRAIN], size);
  }

  @Override
  public void write(int offset, int size, int value) {
    blocks[offset / GRAIN].write(offset - starts[offset / GRAIN], size, value);
  }
}
