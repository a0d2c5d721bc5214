// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import mirage.formats.EspImage.Segment;
import mirage.formats.PartitionTable.Partition;
import org.junit.jupiter.api.Test;

class FlashImageTest {
  private static final EspImage LOADER =
      EspImage.of(0x40078000, 4 << 20, List.of(new Segment(0x40078000, new byte[64])));
  private static final byte[] APP =
      EspImage.of(0x40080000, 4 << 20, List.of(new Segment(0x40080000, new byte[4096]))).write();
  private static final PartitionTable TABLE =
      new PartitionTable(
          List.of(
              new Partition(Partition.APP, Partition.FACTORY, 0x10000, 0x100000, "app", 0),
              new Partition(Partition.DATA, 0x40, 0x110000, 0x1000, "args", 0)));
  private static final FlashImage IMAGE =
      new FlashImage(LOADER, TABLE, Map.of("app", APP, "args", new byte[] {1, 2, 3}));

  @Test
  void everythingIsWhereTheChipLooks() {
    byte[] flash = IMAGE.write();
    assertThat(flash).hasSize(0x110003).endsWith(1, 2, 3);
    assertThat(flash[0]).isEqualTo((byte) 0xFF);
    assertThat(flash[0x1000] & 0xFF).isEqualTo(EspImage.MAGIC);
    assertThat(flash[0x10000] & 0xFF).isEqualTo(EspImage.MAGIC);
    assertThat(PartitionTable.read("flash", flash, 0x8000)).isEqualTo(TABLE);
  }

  @Test
  void readsWhatItWrites() {
    FlashImage read = FlashImage.read("flash", IMAGE.write());
    assertThat(read.loader()).isEqualTo(LOADER);
    assertThat(read.table()).isEqualTo(TABLE);
    assertThat(read.contents().get("app")).startsWith(APP).hasSize(0x100000);
    assertThat(read.contents().get("args")).containsExactly(1, 2, 3);
  }

  @Test
  void tableHasMd5AndErasedRest() {
    byte[] table = TABLE.write();
    assertThat(table).hasSize(0xC00);
    assertThat(table).startsWith(0xAA, 0x50, 0, 0, 0, 0, 1, 0, 0, 0, 0x10, 0, 'a', 'p', 'p', 0);
    assertThat(table[64] & 0xFF).isEqualTo(0xEB);
    assertThat(table[96]).isEqualTo((byte) 0xFF);
    table[12] = 'b';
    assertThatThrownBy(() -> PartitionTable.read("t", table, 0)).hasMessageContaining("MD5");
  }

  @Test
  void contentLargerThanItsPartitionIsRefusedWithBothNumbers() {
    FlashImage tooLarge = new FlashImage(LOADER, TABLE, Map.of("args", new byte[4097]));
    assertThatThrownBy(tooLarge::write)
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("4097")
        .hasMessageContaining("4096");
  }

  @Test
  void overlappingOrMisplacedPartitionsAreRefused() {
    PartitionTable overlap =
        new PartitionTable(
            List.of(
                new Partition(Partition.APP, 0, 0x10000, 0x10000, "a", 0),
                new Partition(Partition.DATA, 0x40, 0x1F000, 0x1000, "b", 0)));
    assertThatThrownBy(overlap::write).isInstanceOf(FormatException.class);
    PartitionTable misplaced =
        new PartitionTable(List.of(new Partition(Partition.APP, 0, 0x11000, 0x10000, "a", 0)));
    assertThatThrownBy(misplaced::write).isInstanceOf(FormatException.class);
  }

  @Test
  void foreignFilesAreNamed() {
    assertThatThrownBy(() -> FlashImage.read("notes.txt", "some text".getBytes()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("notes.txt")
        .hasMessageContaining("a flash image");
    assertThatThrownBy(() -> FlashImage.read("zeros", new byte[0x20000]))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("0x1000")
        .hasMessageContaining("0xe9");
  }

  @Test
  void damage() {
    Fuzz.check(IMAGE.write(), bytes -> FlashImage.read("fuzz", bytes));
    Fuzz.check(TABLE.write(), bytes -> PartitionTable.read("fuzz", bytes, 0));
  }
}
