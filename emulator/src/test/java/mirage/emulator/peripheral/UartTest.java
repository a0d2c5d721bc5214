// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import static mirage.emulator.peripheral.Bench.get;
import static mirage.emulator.peripheral.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.List;
import mirage.emulator.board.SerialInput;
import mirage.emulator.bus.DeviceFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UartTest {
  private static final int FIFO = 0x00;
  private static final int INT_RAW = 0x04;
  private static final int INT_ST = 0x08;
  private static final int INT_ENA = 0x0C;
  private static final int INT_CLR = 0x10;
  private static final int CLKDIV = 0x14;
  private static final int STATUS = 0x1C;
  private static final int CONF0 = 0x20;
  private static final int CONF1 = 0x24;

  private final Bench bench = new Bench();
  private final Uart uart =
      new Uart(
          0,
          bench.clock,
          bench.clocks,
          bench.matrix,
          InterruptSource.UART_INTR,
          b -> bench.sent.append((char) b));

  @BeforeEach
  void powerOn() {
    uart.reset();
    uart.setBaudRate(115_200);
    bench.route(InterruptSource.UART_INTR, 5);
  }

  @Test
  void dividerGivesTheBaudRate() {
    assertThat(get(uart, CLKDIV)).isEqualTo(347 | 3 << 20);
    assertThat(uart.baudRate()).isBetween(115_100, 115_300);
    bench.clocks.selectSource(1);
    assertThat(uart.baudRate()).as("APB is 80 MHz with the PLL").isBetween(230_200, 230_600);
  }

  @Test
  void sends() {
    for (char c : "hi\n".toCharArray()) {
      put(uart, FIFO, c);
    }
    assertThat(bench.sent.toString()).isEqualTo("hi\n");
    assertThat(get(uart, STATUS) >>> 16 & 0xFF).as("TXFIFO_CNT").isZero();
    assertThat(get(uart, INT_RAW) & 1 << 14).as("TX_DONE").isNotZero();
  }

  @Test
  void refusesToOverrunTheTransmitter() {
    for (int i = 0; i < 129; i++) {
      put(uart, FIFO, 'x');
    }
    assertThatThrownBy(() -> put(uart, FIFO, 'x'))
        .isInstanceOf(DeviceFault.class)
        .hasMessageContaining("TXFIFO_CNT");
  }

  @Test
  void manyBytesWithALookAtTheStatusAreFine() {
    for (int i = 0; i < 1000; i++) {
      get(uart, STATUS);
      put(uart, FIFO, 'x');
    }
    assertThat(bench.sent).hasSize(1000);
  }

  @Test
  void receivesAtTheBaudRate() {
    ArrayDeque<Integer> line = new ArrayDeque<>();
    "abc".chars().forEach(line::add);
    uart.connect(() -> line.isEmpty() ? -1 : line.remove());
    bench.micros(10_000);
    assertThat(get(uart, STATUS) & 0xFF).as("held back until the program listens").isZero();
    uart.listen();
    bench.micros(100);
    assertThat(get(uart, STATUS) & 0xFF).isEqualTo(1);
    bench.micros(200);
    assertThat(get(uart, STATUS) & 0xFF).isEqualTo(3);
    assertThat(get(uart, FIFO)).isEqualTo('a');
    assertThat(get(uart, FIFO)).isEqualTo('b');
    assertThat(get(uart, FIFO)).isEqualTo('c');
    assertThat(get(uart, STATUS) & 0xFF).isZero();
  }

  @Test
  void fullThresholdInterrupts() {
    put(uart, CONF1, 2);
    put(uart, INT_ENA, 1);
    uart.receive('a');
    assertThat(bench.proLines).isEmpty();
    uart.receive('b');
    assertThat(get(uart, INT_ST)).isEqualTo(1);
    assertThat(bench.proLines).containsExactly(5);
    put(uart, INT_CLR, 1);
    assertThat(bench.proLines).as("the condition still holds").containsExactly(5);
    get(uart, FIFO);
    assertThat(bench.proLines).isEmpty();
  }

  @Test
  void timeoutInterrupts() {
    put(uart, CONF1, 1 << 31 | 2 << 24 | 100);
    put(uart, INT_ENA, 1 << 8);
    uart.receive('a');
    bench.micros(130);
    assertThat(bench.proLines).isEmpty();
    bench.micros(20);
    assertThat(bench.proLines).as("16 bit times are 139 us").containsExactly(5);
    put(uart, INT_CLR, 1 << 8);
    assertThat(bench.proLines).isEmpty();
  }

  @Test
  void aBreakInterruptsAndIsNoByteWhereThoseInErrorAreKeptOut() {
    ArrayDeque<Integer> line = new ArrayDeque<>(List.of((int) 'a', SerialInput.BREAK));
    put(uart, CONF0, get(uart, CONF0) | 1 << 22);
    put(uart, INT_ENA, 1 << 7);
    uart.connect(() -> line.isEmpty() ? -1 : line.remove());
    uart.listen();
    bench.micros(100);
    assertThat(bench.proLines).isEmpty();
    bench.micros(100);
    assertThat(bench.proLines).containsExactly(5);
    assertThat(get(uart, INT_RAW) & (1 << 7 | 1 << 3)).as("BRK_DET, FRM_ERR").isEqualTo(0x88);
    assertThat(get(uart, STATUS) & 0xFF).isEqualTo(1);
    put(uart, INT_CLR, 1 << 7);
    assertThat(bench.proLines).isEmpty();

    put(uart, CONF0, get(uart, CONF0) & ~(1 << 22));
    line.add(SerialInput.BREAK);
    uart.inputArrived();
    bench.micros(100);
    assertThat(get(uart, STATUS) & 0xFF).isEqualTo(2);
  }

  @Test
  void overflowLosesBytesAndSaysSo() {
    for (int i = 0; i < 129; i++) {
      uart.receive(i);
    }
    assertThat(get(uart, INT_RAW) & 1 << 4).isNotZero();
    assertThat(get(uart, STATUS) & 0xFF).isEqualTo(128);
    put(uart, CONF0, get(uart, CONF0) | 1 << 17);
    assertThat(get(uart, STATUS) & 0xFF).as("RXFIFO_RST").isZero();
  }

  @Test
  void senderWaitsForAFullFifo() {
    int[] next = {0};
    uart.connect(() -> next[0] < 300 ? next[0]++ & 0xFF : -1);
    uart.listen();
    bench.micros(100_000);
    assertThat(next[0]).isEqualTo(128);
    for (int i = 0; i < 300; i++) {
      assertThat(get(uart, FIFO)).isEqualTo(i & 0xFF);
      bench.micros(100);
    }
  }

  @Test
  void anUnknownRegisterIsAFault() {
    assertThatThrownBy(() -> get(uart, 0x70))
        .hasMessage("UART0: load from a register that is not modelled, offset 0x070");
    assertThatThrownBy(() -> uart.write(CONF1, 1, 0))
        .hasMessageContaining("UART_CONF1")
        .hasMessageContaining("32-bit");
  }
}
