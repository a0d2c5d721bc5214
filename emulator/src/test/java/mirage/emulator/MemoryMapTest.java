// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import mirage.emulator.bus.AddressSpace;
import mirage.emulator.core.CoreConfig;
import org.junit.jupiter.api.Test;

class MemoryMapTest {
  @Test
  void areasDoNotOverlapAndHaveReasons() {
    List<Area> areas =
        MemoryMap.TABLE.stream().sorted(Comparator.comparingInt(Area::start)).toList();
    for (int i = 1; i < areas.size(); i++) {
      Area before = areas.get(i - 1);
      assertThat(areas.get(i).start())
          .as(before + " / " + areas.get(i))
          .isGreaterThanOrEqualTo(before.start() + before.size());
    }
    assertThat(areas)
        .filteredOn(area -> area.kind() == Area.Kind.INERT || area.kind() == Area.Kind.ABSENT)
        .allSatisfy(area -> assertThat(area.note()).isNotBlank());
  }

  /**
   * The addresses of the TRM, "System and Memory", table "Embedded memory address mapping", as a program sees
   * them.
   */
  @Test
  void memoryIsWhereTheManualSays() {
    Esp32 machine = new TestImage("start: j start").boot();
    AddressSpace pro = machine.space(0);
    for (int address :
        new int[] {
          0x3FFAE000,
          0x3FFDFFFC,
          0x3FFE0000,
          0x3FFFFFFC,
          0x40070000,
          0x4009FFFC,
          0x50001FFC,
          0x3FF80000
        }) {
      pro.store32(address, address);
    }
    assertThat(pro.load32(0x3FFDFFFC)).isEqualTo(0x3FFDFFFC);
    assertThat(pro.load32(0x400A0000)).as("SRAM1 reversed").isEqualTo(0x3FFFFFFC);
    assertThat(pro.load32(0x400C0000)).as("RTC fast memory, both buses").isEqualTo(0x3FF80000);
    assertThat(machine.space(1).load32(0x3FFE0000)).as("shared by the cores").isEqualTo(0x3FFE0000);
    assertThat(machine.space(1).nameAt(0x3FF80000)).as("RTC fast memory is the PRO CPU's").isNull();
    assertThat(pro.isExecutable(0x40080000)).isTrue();
    assertThat(pro.isExecutable(0x3FFB0000)).isFalse();
    assertThat(pro.isExecutable(CoreConfig.PRO.resetVector())).as("ROM").isFalse();
    assertThat(pro.nameAt(0x3FF00000)).isEqualTo("DPORT");
    assertThat(pro.nameAt(0x60035000)).isEqualTo("WDEV");
    assertThat(pro.nameAt(0x3F400000)).as("the ROM maps no flash").isNull();
    assertThat(pro.nameAt(0x20000000)).isNull();
  }
}
