// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import static mirage.emulator.peripheral.Bench.get;
import static mirage.emulator.peripheral.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import mirage.emulator.bus.DeviceFault;
import mirage.emulator.bus.Memory;
import org.junit.jupiter.api.Test;

/** eFuse, GPIO, FRC timers, SYSCON, random numbers, and the parts that only stand for something. */
class SmallBlocksTest {
  private final Bench bench = new Bench();

  @Test
  void efuseHoldsTheMacWithItsCrc() {
    Efuse efuse = new Efuse(Efuse.parseMac("24:0A:c4:00:01:10"));
    efuse.reset();
    assertThat(get(efuse, 0x04)).isEqualTo(0xC4000110);
    assertThat(get(efuse, 0x08) & 0xFFFF).isEqualTo(0x240A);
    // CRC-8/MAXIM of "123456789" is 0xA1 by the catalogues; the same code runs over the address.
    assertThat(Efuse.crc("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xA1);
    assertThat(get(efuse, 0x08) >>> 16).isEqualTo(Efuse.crc(Efuse.parseMac("24:0a:c4:00:01:10")));
    assertThat(get(efuse, 0x0C) >>> 15 & 1).as("revision 1 or later").isEqualTo(1);
    assertThatThrownBy(() -> put(efuse, 0x104, 2)).hasMessageContaining("EFUSE_PGM_CMD");
  }

  @Test
  void badMacAddressesAreRefused() {
    for (String bad :
        new String[] {
          "", "24:0a:c4:00:01", "24:0a:c4:00:01:1g", "01:00:00:00:00:00", "24-0a-c4-00-01-10"
        }) {
      assertThatThrownBy(() -> Efuse.parseMac(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + bad + "'");
    }
  }

  /** What the vendor's PHY library waits for; the rest is memory. */
  @Test
  void theRadiosFrontEndIsReadyAtOnce() {
    FrontEnd front = new FrontEnd();
    front.reset();
    put(front, 0x7C, 0);
    put(front, 0x80, 5);
    assertThat(get(front, 0x7C)).isEqualTo(-1);
    assertThat(get(front, 0x174)).isEqualTo(-1);
    assertThat(get(front, 0x80)).isEqualTo(5);

    ReadyRegisters band = new ReadyRegisters("BB", 0x1000);
    band.reset();
    put(band, 0xFFC, 0);
    assertThat(get(band, 0xFFC)).isEqualTo(-1);

    List<Integer> tuned = new ArrayList<>();
    AnalogMaster analog = new AnalogMaster(tuned::add);
    analog.reset();
    put(analog, 0xC4, 0x18);
    put(analog, 0x10, 7);
    assertThat(tuned).containsExactly(0x18);
    assertThat(get(analog, 0x04)).isEqualTo(0xFDFFFFFF);
    assertThat(get(analog, 0x44) & get(analog, 0x4C) & get(analog, 0xC4)).isEqualTo(-1);
    assertThat(get(analog, 0x10)).isEqualTo(7);
  }

  @Test
  void gpioDrivesReadsAndInterrupts() {
    Gpio gpio = new Gpio(bench.matrix);
    List<String> heard = new ArrayList<>();
    gpio.listen(5, high -> heard.add("5 " + high));
    gpio.listen(6, high -> heard.add("6 " + high));
    gpio.reset();
    bench.route(InterruptSource.GPIO_INTERRUPT, 2);
    put(gpio, 0x24, 1 << 5);
    put(gpio, 0x08, 1 << 5 | 1 << 6);
    assertThat(heard).as("only enabled pins are driven").containsExactly("5 true");
    put(gpio, 0x0C, 1 << 5);
    assertThat(get(gpio, 0x04)).isEqualTo(1 << 6);
    put(gpio, 0x88 + 4 * 33, 1 << 7 | 4 << 13);
    gpio.drive(33, true);
    assertThat(get(gpio, 0x40)).isEqualTo(2);
    assertThat(get(gpio, 0x50)).as("GPIO_STATUS1").isEqualTo(2);
    assertThat(get(gpio, 0x7C)).as("GPIO_PCPU_INT1").isEqualTo(2);
    assertThat(bench.proLines).containsExactly(2);
    put(gpio, 0x58, 2);
    assertThat(bench.proLines).isEmpty();
  }

  @Test
  void frcTimersCountAndInterrupt() {
    FrcTimers frc = new FrcTimers(bench.clock, bench.clocks, bench.matrix);
    frc.reset();
    bench.route(InterruptSource.TIMER_INT2, 8);
    put(frc, 0x30, 250);
    put(frc, 0x28, 1 << 7 | 2 << 1);
    bench.micros(40);
    assertThat(get(frc, 0x24)).as("40 MHz / 16").isEqualTo(100);
    bench.micros(59);
    assertThat(bench.proLines).isEmpty();
    bench.micros(1);
    assertThat(bench.proLines).containsExactly(8);
    put(frc, 0x2C, 1);
    assertThat(bench.proLines).isEmpty();
    put(frc, 0x00, 1000);
    put(frc, 0x08, 1 << 7);
    bench.micros(10);
    assertThat(get(frc, 0x04)).as("FRC1 counts down").isEqualTo(600);
  }

  @Test
  void sysconDividesTheCrystal() {
    Syscon syscon = new Syscon(bench.clocks);
    put(syscon, 0, 3);
    assertThat(bench.clocks.cpuHz()).isEqualTo(10_000_000);
    syscon.reset();
    assertThat(bench.clocks.cpuHz()).isEqualTo(40_000_000);
  }

  @Test
  void randomNumbersComeFromTheGivenSource() {
    int[] next = {41};
    WifiDevice wdev = new WifiDevice(() -> ++next[0]);
    assertThat(get(wdev, 0x144)).isEqualTo(42);
    assertThat(get(wdev, 0x144)).isEqualTo(43);
    assertThatThrownBy(() -> get(wdev, 0x100)).isInstanceOf(DeviceFault.class);
  }

  @Test
  void partsThatStandForSomething() {
    StoredRegisters pads = new StoredRegisters("IO_MUX", 0x100, "pads are wired");
    put(pads, 0x44, 0x2800);
    assertThat(get(pads, 0x44)).isEqualTo(0x2800);
    Unmodelled emac = new Unmodelled("EMAC", "Ethernet MAC");
    assertThatThrownBy(() -> get(emac, 0x10))
        .hasMessage("EMAC (Ethernet MAC) is not modelled: load at offset 0x010");
    SharedPage page = new SharedPage(pads).add(0x400, emac);
    assertThat(get(page, 0x44)).isEqualTo(0x2800);
    assertThatThrownBy(() -> put(page, 0x410, 1))
        .hasMessageContaining("EMAC")
        .hasMessageContaining("0x010");
  }

  @Test
  void instructionBusShowsSram1InReverse() {
    Memory sram1 = new Memory("SRAM1", 0x20000);
    ReversedMemory reversed = new ReversedMemory(sram1);
    put(reversed, 0, 0x11223344);
    assertThat(sram1.read(0x1FFFC, 4)).containsExactly(0x44, 0x33, 0x22, 0x11);
    sram1.write(0, new byte[] {1, 2, 3, 4});
    assertThat(get(reversed, 0x1FFFC)).isEqualTo(0x04030201);
    assertThatThrownBy(() -> reversed.read(0, 1)).hasMessageContaining("only words");
  }
}
