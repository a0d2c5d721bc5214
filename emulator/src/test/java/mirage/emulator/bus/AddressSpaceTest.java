// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory and devices answer where they are mapped, and only as their bus allows. */
class AddressSpaceTest {
  private static final int DATA = 0x3ffb0000;
  private static final int CODE = 0x40080000;

  private final AddressSpace space = new AddressSpace();
  private final Memory memory = new Memory("SRAM", 2 * AddressSpace.PAGE_SIZE);

  @Test
  void loadsAndStoresAreLittleEndianAndMayBeUnalignedAcrossPages() {
    space.map(DATA, memory, Rights.DATA);
    int address = DATA + AddressSpace.PAGE_SIZE - 1;
    space.store32(address, 0x81828384);
    assertThat(space.load8(address)).isEqualTo(0x84);
    assertThat(space.load16(address)).isEqualTo(0x8384);
    assertThat(space.load32(address)).isEqualTo(0x81828384);
    space.store16(address, 0x1234);
    space.store8(address + 3, 0x56);
    assertThat(memory.read(AddressSpace.PAGE_SIZE - 1, 4)).containsExactly(0x34, 0x12, 0x82, 0x56);
  }

  @Test
  void oneMemoryAnswersOnBothBuses() {
    space.map(DATA, memory, Rights.DATA);
    space.map(CODE, memory, Rights.CODE);
    space.store32(DATA + 8, 0x12345678);
    assertThat(space.load32(CODE + 8)).isEqualTo(0x12345678);
    assertThat(space.fetch(CODE + 8)).isEqualTo(0x5678);
    space.store32(CODE + 8, -1);
    assertThat(space.load8(DATA + 9)).isEqualTo(0xff);
  }

  @Test
  void theBusRefusesWhatTheChipRefuses() {
    space.map(DATA, memory, Rights.DATA_READ_ONLY);
    space.map(CODE, memory, Rights.CODE);
    assertThatThrownBy(() -> space.load8(0x1234))
        .hasMessage("load at 0x00001234: nothing is mapped there");
    assertThatThrownBy(() -> space.store8(DATA, 0))
        .hasMessage("store at 0x3ffb0000: the memory is read-only (SRAM)");
    assertThatThrownBy(() -> space.load16(CODE)).hasMessageContaining("32-bit accesses only");
    assertThatThrownBy(() -> space.store32(CODE + 2, 0)).hasMessageContaining("not a multiple");
    assertThatThrownBy(() -> space.fetch(DATA)).hasMessageContaining("holds no code");
  }

  @Test
  void devicesSeeOffsetAndSize() {
    List<String> log = new ArrayList<>();
    space.map(
        0x3ff40000,
        AddressSpace.PAGE_SIZE,
        new Device() {
          @Override
          public String name() {
            return "UART0";
          }

          @Override
          public int read(int offset, int size) {
            return offset << 8 | size;
          }

          @Override
          public void write(int offset, int size, int value) {
            log.add(offset + " " + size + " " + value);
          }
        });
    assertThat(space.load32(0x3ff4001c)).isEqualTo(0x1c04);
    assertThat(space.load8(0x3ff40003)).isEqualTo(0x301);
    space.store16(0x3ff40006, 7);
    assertThat(log).containsExactly("6 2 7");
    assertThat(space.nameAt(0x3ff40fff)).isEqualTo("UART0");
    assertThatThrownBy(() -> space.load32(0x3ff40002)).hasMessageContaining("UART0");
  }

  @Test
  void changesOfDecodedCodeAreToldAtEveryAlias() {
    List<Integer> changed = new ArrayList<>();
    space.map(DATA, memory, Rights.DATA);
    space.map(CODE, memory, Rights.CODE);
    space.addCodeListener(changed::add);
    space.fetch(CODE + 0x100);
    space.store8(DATA + 0x200, 1);
    assertThat(changed).as("another line of the page").isEmpty();
    space.store8(DATA + 0x101, 1);
    assertThat(changed).containsExactly(DATA, CODE);
    space.store8(DATA + 0x101, 2);
    assertThat(changed).as("nothing decoded any more").hasSize(2);
    space.fetch(CODE + 0x100);
    memory.write(0x100, new byte[] {1});
    assertThat(changed).as("written by the host").hasSize(4);
  }

  @Test
  void remappingForgetsCode() {
    List<Integer> changed = new ArrayList<>();
    space.map(CODE, memory, 0, AddressSpace.PAGE_SIZE, Rights.CODE);
    memory.write(AddressSpace.PAGE_SIZE, new byte[] {9});
    space.addCodeListener(changed::add);
    space.map(CODE, memory, AddressSpace.PAGE_SIZE, AddressSpace.PAGE_SIZE, Rights.CODE);
    assertThat(changed).containsExactly(CODE);
    assertThat(space.load32(CODE)).isEqualTo(9);
    space.unmap(CODE, AddressSpace.PAGE_SIZE);
    assertThat(space.isExecutable(CODE)).isFalse();
  }
}
