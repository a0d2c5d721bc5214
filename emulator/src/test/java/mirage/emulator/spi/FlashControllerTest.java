// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.spi;

import static mirage.emulator.peripheral.Bench.get;
import static mirage.emulator.peripheral.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mirage.emulator.bus.Memory;
import mirage.emulator.peripheral.Bench;
import org.junit.jupiter.api.Test;

class FlashControllerTest {
  private static final int CMD = 0x00;
  private static final int ADDR = 0x04;
  private static final int RD_STATUS = 0x10;
  private static final int USER = 0x1C;
  private static final int USER1 = 0x20;
  private static final int USER2 = 0x24;
  private static final int MOSI_DLEN = 0x28;
  private static final int MISO_DLEN = 0x2C;
  private static final int W0 = 0x80;
  private static final int READ = 1 << 31;
  private static final int WREN = 1 << 30;
  private static final int RDID = 1 << 28;
  private static final int RDSR = 1 << 27;
  private static final int PP = 1 << 25;
  private static final int SE = 1 << 24;
  private static final int USR = 1 << 18;

  private final Bench bench = new Bench();
  private final Memory memory = new Memory("flash", 4 << 20);
  private final FlashController spi =
      new FlashController(1, new SpiFlash(bench.clock, memory, 0x40C8));

  private int status() {
    put(spi, CMD, RDSR);
    return get(spi, RD_STATUS) & 0xFFFF;
  }

  private void erase(int address) {
    put(spi, CMD, WREN);
    put(spi, ADDR, address);
    put(spi, CMD, SE);
    bench.micros(100_000);
  }

  private void user(int command, int flags, int address, int mosiBytes, int misoBytes) {
    put(spi, USER, 1 << 31 | flags);
    put(spi, USER1, 23 << 26);
    put(spi, USER2, 7 << 28 | command);
    put(spi, ADDR, address << 8);
    put(spi, MOSI_DLEN, 8 * mosiBytes - 1);
    put(spi, MISO_DLEN, 8 * misoBytes - 1);
    put(spi, CMD, USR);
  }

  @Test
  void readsTheIdOfA4MegabytePart() {
    put(spi, CMD, RDID);
    assertThat(get(spi, W0)).isEqualTo(0x1640C8);
    assertThat(get(spi, CMD)).as("the command bit clears itself").isZero();
    user(0x9F, 1 << 28, 0, 0, 3);
    assertThat(get(spi, W0) & 0xFFFFFF).isEqualTo(0x1640C8);
  }

  @Test
  void readsData() {
    memory.write(0x12345, new byte[] {1, 2, 3, 4, 5});
    put(spi, ADDR, 5 << 24 | 0x12345);
    put(spi, CMD, READ);
    assertThat(get(spi, W0)).isEqualTo(0x04030201);
    user(0x03, 1 << 30 | 1 << 28, 0x12346, 0, 4);
    assertThat(get(spi, W0)).isEqualTo(0x05040302);
  }

  @Test
  void programsOnlyFromOneToZeroAfterErase() {
    memory.write(0x3000, new byte[] {0x55});
    put(spi, CMD, WREN);
    assertThat(status()).as("WEL").isEqualTo(2);
    put(spi, ADDR, 0x3000);
    put(spi, CMD, SE);
    assertThat(status()).as("busy, WEL gone").isEqualTo(1);
    bench.micros(100_000);
    assertThat(status()).isZero();
    assertThat(memory.read(0x3000, 2)).containsExactly(0xFF, 0xFF);
    put(spi, W0, 0x0F);
    put(spi, CMD, WREN);
    put(spi, ADDR, 1 << 24 | 0x3000);
    put(spi, CMD, PP);
    bench.micros(10_000);
    assertThat(memory.read8(0x3000)).isEqualTo(0x0F);
    put(spi, W0, 0xF3);
    put(spi, CMD, WREN);
    put(spi, CMD, PP);
    assertThat(memory.read8(0x3000)).isEqualTo(0x03);
  }

  @Test
  void withoutWriteEnableNothingHappens() {
    erase(0x4000);
    put(spi, W0, 0);
    put(spi, ADDR, 4 << 24 | 0x4000);
    put(spi, CMD, PP);
    assertThat(memory.read8(0x4000)).isEqualTo(0xFF);
    put(spi, CMD, WREN);
    put(spi, CMD, PP);
    put(spi, CMD, WREN);
    put(spi, CMD, SE);
    assertThat(memory.read8(0x4000)).as("the part is busy").isZero();
  }

  @Test
  void programmingWrapsInsideItsPage() {
    erase(0x5000);
    user(0x06, 0, 0, 0, 0);
    put(spi, W0, 0x44332211);
    user(0x02, 1 << 30 | 1 << 27, 0x50FE, 4, 0);
    assertThat(memory.read(0x50FE, 2)).containsExactly(0x11, 0x22);
    assertThat(memory.read(0x5000, 2)).containsExactly(0x33, 0x44);
    assertThat(memory.read8(0x5100)).isEqualTo(0xFF);
  }

  @Test
  void whatTheModelHasNotIsAFault() {
    assertThatThrownBy(() -> user(0x77, 0, 0, 0, 0))
        .hasMessageContaining("flash chip")
        .hasMessageContaining("0x77");
    assertThatThrownBy(() -> user(0x03, 1 << 28, 0, 0, 65)).hasMessageContaining("64 data bytes");
    assertThatThrownBy(() -> put(spi, CMD, WREN | RDSR)).hasMessageContaining("more than one");
  }
}
