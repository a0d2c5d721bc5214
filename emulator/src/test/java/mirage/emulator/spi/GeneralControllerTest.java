// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.spi;

import static mirage.emulator.peripheral.Bench.get;
import static mirage.emulator.peripheral.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mirage.emulator.bus.Memory;
import mirage.emulator.peripheral.Bench;
import mirage.emulator.peripheral.Gpio;
import mirage.emulator.peripheral.InterruptSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SPI3 with a flash chip at pins 18, 23, 19, selected by pin 5: the same chip that SPI0 and SPI1 have. */
class GeneralControllerTest {
  private static final int CMD = 0x00;
  private static final int CTRL = 0x08;
  private static final int CLOCK = 0x18;
  private static final int USER = 0x1C;
  private static final int USER1 = 0x20;
  private static final int USER2 = 0x24;
  private static final int MOSI_DLEN = 0x28;
  private static final int MISO_DLEN = 0x2C;
  private static final int PIN = 0x34;
  private static final int SLAVE = 0x38;
  private static final int W0 = 0x80;
  private static final int USR = 1 << 18;
  private static final int COMMAND = 1 << 31;
  private static final int ADDRESS = 1 << 30;
  private static final int INPUT = 1 << 28;
  private static final int OUTPUT = 1 << 27;
  private static final int DUMMY = 1 << 29;
  private static final int SELECT_PIN = 5;

  private final Bench bench = new Bench();
  private final Gpio gpio = new Gpio(bench.matrix);
  private final Memory memory = new Memory("flash", 4 << 20);
  private final MatrixLines lines = MatrixLines.of(3, gpio);
  private final GeneralController spi =
      new GeneralController(3, bench.clock, bench.clocks, bench.matrix, lines);

  @BeforeEach
  void wire() {
    lines.attach(new SpiFlash(bench.clock, memory, 0x40C8), 18, 23, 19, SELECT_PIN);
    gpio.reset();
    spi.reset();
    leadOut(63, 18);
    leadOut(65, 23);
    leadOut(68, SELECT_PIN);
    put(gpio, 0x130 + 4 * 64, 0x80 | 19);
  }

  private void leadOut(int signal, int pin) {
    put(gpio, 0x530 + 4 * pin, signal);
  }

  private void readId() {
    put(spi, USER, COMMAND | INPUT);
    put(spi, USER2, 7 << 28 | 0x9F);
    put(spi, MISO_DLEN, 23);
    put(spi, CMD, USR);
  }

  @Test
  void aTransactionTakesItsTimeAndInterrupts() {
    bench.route(InterruptSource.SPI_INTR_3, 4);
    put(spi, CLOCK, 39 << 12);
    put(spi, SLAVE, 1 << 9);
    readId();
    assertThat(get(spi, CMD)).isEqualTo(USR);
    assertThat(gpio.high(SELECT_PIN)).as("selected").isFalse();
    assertThatThrownBy(() -> put(spi, CMD, USR)).hasMessageContaining("SPI3");
    int period = 40 * bench.clocks.apbTicks();
    bench.clock.advanceTo(bench.clock.now() + 32L * period - 1);
    assertThat(bench.proLines).isEmpty();
    bench.clock.advanceTo(bench.clock.now() + 1);
    assertThat(bench.proLines).containsExactly(4);
    assertThat(get(spi, CMD)).isZero();
    assertThat(gpio.high(SELECT_PIN)).isTrue();
    assertThat(get(spi, W0) & 0xFFFFFF).isEqualTo(0x1640C8);
    put(spi, SLAVE, 1 << 9);
    assertThat(bench.proLines).isEmpty();
  }

  @Test
  void aProgramMaySelectByItself() {
    put(gpio, 0x530 + 4 * SELECT_PIN, 0x100);
    put(gpio, 0x08, 1 << SELECT_PIN);
    put(gpio, 0x24, 1 << SELECT_PIN);
    memory.write(0x100, new byte[] {7, 8, 9});
    put(gpio, 0x0C, 1 << SELECT_PIN);
    put(spi, USER, OUTPUT);
    put(spi, MOSI_DLEN, 31);
    put(spi, W0, 0x00010003);
    put(spi, CMD, USR);
    bench.micros(1000);
    put(spi, USER, INPUT);
    put(spi, MISO_DLEN, 15);
    put(spi, CMD, USR);
    bench.micros(1000);
    assertThat(get(spi, W0) & 0xFFFF).as("one read in two transactions").isEqualTo(0x0807);
    put(gpio, 0x08, 1 << SELECT_PIN);
    readId();
    bench.micros(1000);
    assertThat(get(spi, W0) & 0xFFFFFF).as("nobody is selected").isEqualTo(0xFFFFFF);
  }

  @Test
  void theDeviceStaysSelectedIfThatIsWanted() {
    put(spi, PIN, 1 << 30 | 6);
    readId();
    bench.micros(1000);
    assertThat(gpio.high(SELECT_PIN)).isFalse();
    put(spi, PIN, 7);
    readId();
    assertThat(gpio.high(SELECT_PIN)).as("CS0 is left out").isTrue();
  }

  @Test
  void withoutAClockNothingPasses() {
    leadOut(0x100, 18);
    readId();
    assertThat(get(spi, W0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }

  @Test
  void aReadOnFourLinesHasItsDummyCycles() {
    memory.write(0x2000, new byte[] {1, 2, 3, 4});
    put(spi, CTRL, 1 << 24);
    put(spi, USER, COMMAND | ADDRESS | DUMMY | INPUT);
    put(spi, USER1, 31 << 26 | 3);
    put(spi, USER2, 7 << 28 | 0xEB);
    put(spi, 0x04, 0x2000 << 8);
    put(spi, MISO_DLEN, 31);
    put(spi, CMD, USR);
    assertThat(get(spi, W0)).isEqualTo(0x04030201);
  }

  @Test
  void whatTheModelHasNotIsAFault() {
    put(spi, USER, OUTPUT);
    put(spi, MOSI_DLEN, 8);
    assertThatThrownBy(() -> put(spi, CMD, USR))
        .hasMessage("SPI3: data out has 9 bits; the model passes whole bytes");
    put(spi, SLAVE, 1 << 30);
    assertThatThrownBy(() -> put(spi, CMD, USR)).hasMessageContaining("master");
    assertThatThrownBy(() -> put(spi, CMD, 1 << 28)).hasMessageContaining("SPI_USR");
    assertThatThrownBy(() -> get(spi, 0x100)).hasMessageContaining("not modelled");
  }
}
