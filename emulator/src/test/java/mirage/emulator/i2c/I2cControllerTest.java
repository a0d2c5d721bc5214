// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.i2c;

import static mirage.emulator.peripheral.Bench.get;
import static mirage.emulator.peripheral.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import mirage.emulator.peripheral.Bench;
import mirage.emulator.peripheral.Gpio;
import mirage.emulator.peripheral.InterruptSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** I2C0 with registers at address 0x48, SCL at pin 22, SDA at pin 21, at 100 kHz of an APB clock of 40 MHz. */
class I2cControllerTest {
  private static final int CTR = 0x04;
  private static final int STATUS = 0x08;
  private static final int FIFO_CONF = 0x18;
  private static final int DATA = 0x1C;
  private static final int RAW = 0x20;
  private static final int CLEAR = 0x24;
  private static final int ENABLE = 0x28;
  private static final int INTERRUPT_STATUS = 0x2C;
  private static final int COMD = 0x58;
  private static final int MASTER = 1 << 4 | 3;
  private static final int START = 1 << 5;

  private static final int RSTART = 0;
  private static final int WRITE = 1 << 11 | 1 << 8;
  private static final int READ = 2 << 11;
  private static final int NACK = 1 << 10;
  private static final int STOP = 3 << 11;
  private static final int END = 4 << 11;

  private static final int END_DETECT = 1 << 3;
  private static final int TRANS_COMPLETE = 1 << 7;
  private static final int ACK_ERR = 1 << 10;

  private final Bench bench = new Bench();
  private final Gpio gpio = new Gpio(bench.matrix);
  private final I2cLines lines = I2cLines.of(0, gpio);
  private final I2cController i2c =
      new I2cController(0, bench.clock, bench.clocks, bench.matrix, lines);
  private final RegisterFile device = new RegisterFile();

  @BeforeEach
  void wire() {
    lines.attach(device, 0x48, 22, 21);
    gpio.reset();
    i2c.reset();
    lead(29, 22);
    lead(30, 21);
    put(i2c, 0x00, 200);
    put(i2c, 0x38, 200);
    put(i2c, FIFO_CONF, 0);
  }

  private void lead(int signal, int pin) {
    put(gpio, 0x530 + 4 * pin, signal);
    put(gpio, 0x130 + 4 * signal, 0x80 | pin);
  }

  private void list(int... commands) {
    for (int i = 0; i < commands.length; i++) {
      put(i2c, COMD + 4 * i, commands[i]);
    }
  }

  private void send(int... bytes) {
    for (int value : bytes) {
      put(i2c, DATA, value);
    }
  }

  private void run() {
    put(i2c, CTR, MASTER | START);
    bench.micros(10_000);
  }

  private List<Integer> received() {
    List<Integer> bytes = new ArrayList<>();
    while ((get(i2c, STATUS) >>> 8 & 0x3F) > 0) {
      bytes.add(get(i2c, DATA));
    }
    return bytes;
  }

  @Test
  void bytesAreWrittenAndReadBackAfterASecondStart() {
    list(RSTART, WRITE | 5, STOP);
    send(0x90, 2, 0x11, 0x22, 0x33);
    run();
    assertThat(device.seen).containsExactly("start write", "2", "11", "22", "33", "stop");
    device.seen.clear();
    list(RSTART, WRITE | 2, RSTART, WRITE | 1, READ | 3, READ | NACK | 1, STOP);
    send(0x90, 2, 0x91);
    run();
    assertThat(device.seen).containsExactly("start write", "2", "start read", "stop");
    assertThat(received()).containsExactly(0x11, 0x22, 0x33, 0xA5);
    assertThat(get(i2c, RAW) & (TRANS_COMPLETE | ACK_ERR)).isEqualTo(TRANS_COMPLETE);
    assertThat(get(i2c, COMD + 4 * 6)).as("done").isEqualTo(1 << 31 | STOP);
    assertThat(get(i2c, COMD + 4 * 7)).isZero();
  }

  @Test
  void aTransactionTakesItsTimeAndInterrupts() {
    bench.route(InterruptSource.I2C_EXT0_INTR, 4);
    put(i2c, ENABLE, TRANS_COMPLETE);
    put(i2c, 0x48, 100);
    list(RSTART, WRITE | 2, STOP);
    send(0x90, 0);
    put(i2c, CTR, MASTER | START);
    assertThat(get(i2c, CTR)).as("the start clears itself").isEqualTo(MASTER);
    assertThatThrownBy(() -> put(i2c, CTR, MASTER | START)).hasMessageContaining("before");
    // 16 cycles of START, 18 bits of 400, 100 of STOP.
    long ticks = (16 + 18 * 400 + 100) * (long) bench.clocks.apbTicks();
    bench.clock.advanceTo(bench.clock.now() + ticks - 1);
    assertThat(get(i2c, STATUS) >>> 4 & 1).as("busy").isOne();
    assertThat(bench.proLines).isEmpty();
    bench.clock.advanceTo(bench.clock.now() + 1);
    assertThat(get(i2c, STATUS) >>> 4 & 1).as("busy").isZero();
    assertThat(bench.proLines).containsExactly(4);
    assertThat(get(i2c, INTERRUPT_STATUS)).isEqualTo(TRANS_COMPLETE);
    put(i2c, CLEAR, TRANS_COMPLETE);
    assertThat(bench.proLines).isEmpty();
  }

  @Test
  void nobodyAcknowledgesTheAddressOfAnother() {
    list(RSTART, WRITE | 2, STOP);
    send(0x92, 0);
    run();
    assertThat(device.seen).isEmpty();
    assertThat(get(i2c, RAW) & (TRANS_COMPLETE | ACK_ERR)).isEqualTo(ACK_ERR);
    assertThat(get(i2c, STATUS)).as("refused, idle, a byte left").isEqualTo(1 | 1 << 18);
    assertThat(get(i2c, COMD + 4) >>> 31).as("not done").isZero();
  }

  @Test
  void aDeviceMayRefuseAByteAndAMasterMayNotMind() {
    list(RSTART, WRITE | 4, STOP);
    send(0x90, 16, 1, 2);
    run();
    assertThat(device.seen).containsExactly("start write", "10", "stop");
    assertThat(get(i2c, RAW) & (TRANS_COMPLETE | ACK_ERR)).isEqualTo(ACK_ERR);
    put(i2c, FIFO_CONF, 1 << 13);
    put(i2c, CLEAR, -1);
    list(RSTART, WRITE & ~(1 << 8) | 2, STOP);
    send(0x90, 16);
    run();
    assertThat(get(i2c, RAW) & (TRANS_COMPLETE | ACK_ERR)).isEqualTo(TRANS_COMPLETE);
  }

  @Test
  void aListThatEndsWithoutAStopGoesOnInTheNext() {
    list(RSTART, WRITE | 2, END);
    send(0x90, 7);
    run();
    assertThat(get(i2c, RAW) & (TRANS_COMPLETE | END_DETECT)).isEqualTo(END_DETECT);
    assertThat(get(i2c, STATUS) >>> 4 & 1).as("busy").isOne();
    list(WRITE | 1, STOP);
    send(0x5A);
    run();
    assertThat(device.seen).containsExactly("start write", "7", "5a", "stop");
  }

  @Test
  void whoIsNotAcknowledgedLetsTheLineGo() {
    list(RSTART, WRITE | 1, READ | NACK | 2, STOP);
    send(0x91);
    run();
    assertThat(received()).containsExactly(0xA0, 0xFF);
  }

  @Test
  void fifosHaveThresholdsAndOverflow() {
    put(i2c, FIFO_CONF, 2 << 5 | 3);
    assertThat(get(i2c, RAW)).as("fewer than two to send").isEqualTo(2);
    send(0x91, 0x91);
    assertThat(get(i2c, RAW)).isZero();
    list(RSTART, WRITE | 1, READ | 40, STOP);
    run();
    assertThat(get(i2c, RAW) & 7).as("full, empty, overflow").isEqualTo(7);
    assertThat(received()).hasSize(32).startsWith(0xA0, 0xA1).endsWith(0xAF);
    assertThat(get(i2c, RAW) & 1).isZero();
  }

  @Test
  void bitsMayPassInTheOtherOrder() {
    put(i2c, CTR, MASTER | 3 << 6);
    list(RSTART, WRITE | 1, READ | NACK | 1, STOP);
    send(0x89);
    put(i2c, CTR, MASTER | START | 3 << 6);
    bench.micros(10_000);
    assertThat(received()).containsExactly(0x05);
  }

  @Test
  void withoutBothLinesNobodyHears() {
    put(gpio, 0x130 + 4 * 30, 0);
    list(RSTART, WRITE | 1, STOP);
    send(0x90);
    run();
    assertThat(get(i2c, RAW) & ACK_ERR).isEqualTo(ACK_ERR);
    assertThat(gpio.high(22) && gpio.high(21)).as("an idle bus is high").isTrue();
  }

  @Test
  void aResetEndsWhatIsUnderWay() {
    list(RSTART, WRITE | 3, STOP);
    send(0x90, 1, 2);
    put(i2c, CTR, MASTER | START);
    bench.micros(150);
    i2c.reset();
    assertThat(get(i2c, STATUS)).isZero();
    bench.micros(10_000);
    assertThat(device.seen).containsExactly("start write", "stop");
  }

  @Test
  void whatTheModelHasNotIsAFault() {
    assertThatThrownBy(() -> put(i2c, CTR, START))
        .hasMessage(
            "I2C_EXT0: a transaction is started without I2C_MS_MODE; the model is a master");
    list(5 << 11);
    assertThatThrownBy(this::run).hasMessageContaining("I2C_COMD0 has the operation 5");
    list(WRITE);
    assertThatThrownBy(this::run).hasMessage("I2C_EXT0: I2C_COMD0 is a WRITE of no bytes");
    list(RSTART, WRITE | 1);
    assertThatThrownBy(this::run)
        .hasMessageContaining("I2C_COMD1 sends byte 1 of 1 while nothing is in the transmit FIFO");
    assertThatThrownBy(() -> get(i2c, DATA)).hasMessageContaining("receive FIFO");
    assertThatThrownBy(() -> send(new int[33])).hasMessageContaining("room for no more");
    assertThatThrownBy(() -> put(i2c, FIFO_CONF, 1 << 10)).hasMessageContaining("NONFIFO");
    assertThatThrownBy(() -> get(i2c, 0x100)).hasMessageContaining("not modelled");
    list(new int[16]);
    assertThatThrownBy(this::run).hasMessageContaining("neither STOP nor END");
  }
}
