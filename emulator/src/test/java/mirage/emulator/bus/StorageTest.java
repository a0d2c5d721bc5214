// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StorageTest {
  private final Storage storage = new Storage(0);
  private final Memory first = new Memory(storage, "first", AddressSpace.PAGE_SIZE);
  private final Memory second = new Memory(storage, "second", 3 * AddressSpace.PAGE_SIZE);

  @Test
  void keepsBytesAtAnyPlace() {
    Random random = new Random(1);
    byte[] expected = new byte[second.size()];
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      int offset = random.nextInt(expected.length - bytes.length);
      second.write(offset, bytes);
      System.arraycopy(bytes, 0, expected, offset, bytes.length);
      int from = random.nextInt(expected.length - 50);
      byte[] part = java.util.Arrays.copyOfRange(expected, from, from + 41);
      assertThat(second.read(from, 41)).isEqualTo(part);
      assertThat(second.read8(from)).isEqualTo(expected[from] & 0xff);
    }
    assertThat(second.read(0, expected.length)).isEqualTo(expected);
    assertThat(first.read(0, first.size())).as("its neighbour").containsOnly(0);
  }

  @Test
  void staysInPlaceOnceCodeRuns() {
    storage.seal();
    assertThatThrownBy(() -> new Memory(storage, "late", AddressSpace.PAGE_SIZE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void isReachedDirectlyWithinItsSizeOnly() {
    AddressSpace space = new AddressSpace();
    space.map(0x1000, second, 0, AddressSpace.PAGE_SIZE, Rights.DATA);
    second.write(0, new byte[] {1, 2, 3, 4});
    assertThat(space.load32(0x1000)).isEqualTo(0x04030201);
    assertThat(space.load32(0x1001)).isEqualTo(0x00040302);
    for (int address : new int[] {0, 4, 0x2000, 0x10000000, 0x80001000, -4}) {
      assertThatThrownBy(() -> space.load32(address)).isInstanceOf(AccessFault.class);
      assertThatThrownBy(() -> space.load8(address)).isInstanceOf(AccessFault.class);
      assertThatThrownBy(() -> space.store8(address, 1)).isInstanceOf(AccessFault.class);
    }
  }
}
