// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

import java.util.function.IntConsumer;
import mirage.emulator.board.Inlet;
import mirage.emulator.board.SerialInput;
import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.clock.ClockTree;

/**
 * A UART controller (TRM, "UART Controller"). Received bytes arrive at the configured baud rate. Sent bytes
 * leave the FIFO at once, so
 * that a program does not spend its instructions on waiting for the line; a program that would overrun the FIFO of
 * the chip because it does not look at TXFIFO_CNT is stopped with a fault.
 */
public final class Uart extends RegisterBlock implements Inlet {
  /** Bytes each FIFO holds in its default configuration. */
  static final int FIFO_SIZE = 128;

  private static final int RXFIFO_FULL = 1;
  private static final int TXFIFO_EMPTY = 1 << 1;
  private static final int FRM_ERR = 1 << 3;
  private static final int RXFIFO_OVF = 1 << 4;
  private static final int BRK_DET = 1 << 7;
  private static final int RXFIFO_TOUT = 1 << 8;
  private static final int TX_DONE = 1 << 14;
  private static final int ALL_INTERRUPTS = 0x7FFFF;
  private static final int RXFIFO_RST = 17;
  private static final int TXFIFO_RST = 18;
  private static final int ERR_WR_MASK = 22;
  private static final int TICK_REF_ALWAYS_ON = 27;
  private static final int BITS_PER_BYTE = 10;

  private final Clock clock;
  private final ClockTree clocks;
  private final IntConsumer output;
  private final InterruptRegisters interrupts;
  private final Register clkdiv = plain(0x14, "UART_CLKDIV", 0x2B6);
  private final Register conf0 = plain(0x20, "UART_CONF0", 0x0800_001C);
  private final Register conf1 = plain(0x24, "UART_CONF1", 0x0000_6060);
  private final Alarm arrival;
  private final Alarm timeout;
  private final byte[] rx = new byte[FIFO_SIZE];
  private int rxRead;
  private int rxCount;
  private SerialInput input = SerialInput.NONE;
  private boolean listening;
  private int unseen;
  private long lineFree;

  /**
   * @param number 0, 1 or 2
   * @param output gets each byte sent
   */
  public Uart(
      int number,
      Clock clock,
      ClockTree clocks,
      InterruptMatrix matrix,
      InterruptSource source,
      IntConsumer output) {
    super("UART" + number, 0x80);
    this.clock = clock;
    this.clocks = clocks;
    this.output = output;
    arrival = clock.alarm(name() + " byte arrives", this::arrive);
    timeout = clock.alarm(name() + " receive timeout", this::timeOut);
    interrupts =
        new InterruptRegisters(
            this,
            new InterruptRegisters.Offsets(0x04, 0x08, 0x0C, 0x10),
            "UART_",
            ALL_INTERRUPTS,
            this::levels,
            status -> matrix.set(source, status != 0));
    declareData();
    declareUnused();
  }

  private void declareData() {
    register(0x00, "UART_FIFO", 0, 0).onRead(this::pop).onWrite(this::send);
    register(0x1C, "UART_STATUS", 0, 0).onRead(this::status);
    conf0.onWrite(this::configure);
    conf1.onWrite(word -> interrupts.update());
    register(0x60, "UART_MEM_RX_STATUS", 0, 0)
        .onRead(() -> rxRead << 2 | ((rxRead + rxCount) % FIFO_SIZE) << 13);
    register(0x64, "UART_MEM_CNT_STATUS", 0, 0);
    register(0x5C, "UART_MEM_TX_STATUS", 0, 0);
    plain(0x78, "UART_DATE", 0x15122500);
    plain(0x7C, "UART_ID", 0x0500);
  }

  /** Registers of functions a console does not use; they keep what is written. */
  private void declareUnused() {
    plain(0x18, "UART_AUTOBAUD", 0x1000);
    register(0x28, "UART_LOWPULSE", 0xFFFFF, 0);
    register(0x2C, "UART_HIGHPULSE", 0xFFFFF, 0);
    register(0x30, "UART_RXD_CNT", 0, 0);
    plain(0x34, "UART_FLOW_CONF", 0);
    plain(0x38, "UART_SLEEP_CONF", 0xF0);
    plain(0x3C, "UART_SWFC_CONF", 0x1311E000);
    plain(0x40, "UART_IDLE_CONF", 0x00A40100);
    plain(0x44, "UART_RS485_CONF", 0);
    plain(0x48, "UART_AT_CMD_PRECNT", 0x186A00);
    plain(0x4C, "UART_AT_CMD_POSTCNT", 0x186A00);
    plain(0x50, "UART_AT_CMD_GAPTOUT", 0x1E00);
    plain(0x54, "UART_AT_CMD_CHAR", 0x32B);
    plain(0x58, "UART_MEM_CONF", 0x88);
    register(0x68, "UART_POSPULSE", 0xFFFFF, 0);
    register(0x6C, "UART_NEGPULSE", 0xFFFFF, 0);
  }

  @Override
  public void reset() {
    super.reset();
    rxRead = 0;
    rxCount = 0;
    unseen = 0;
    lineFree = 0;
    listening = false;
    timeout.cancel();
    arrival.cancel();
    interrupts.reset();
  }

  /** The rate set by UART_CLKDIV and the source clock, in bits per second. */
  public int baudRate() {
    long sourceTicks = conf0.bit(TICK_REF_ALWAYS_ON) ? clocks.apbTicks() : ClockTree.REF_TICK_TICKS;
    long sixteenths = Math.max(16, clkdiv.field(0, 20) * 16L + clkdiv.field(20, 4));
    return (int) (16 * Clock.TICKS_PER_SECOND / (sourceTicks * sixteenths));
  }

  /**
   * Sets the divider for {@code baud} from the present source clock, as the ROM does before it starts a
   * program.
   */
  public void setBaudRate(int baud) {
    long sixteenths = 16 * Clock.TICKS_PER_SECOND / ((long) clocks.apbTicks() * baud);
    clkdiv.set((int) (sixteenths / 16 | sixteenths % 16 << 20));
  }

  /** Connects the receive side; bytes are taken once the program has shown that it listens. */
  public void connect(SerialInput newInput) {
    input = newInput;
    inputArrived();
  }

  /** The input has bytes again after it had none. */
  @Override
  public void inputArrived() {
    if (takesInput()) {
      arrival.set(clock.now() + byteTicks());
    }
  }

  /** Whether a byte from the input would be received, and none is on its way already. */
  @Override
  public boolean takesInput() {
    return listening && !arrival.armed() && rxCount < FIFO_SIZE;
  }

  /**
   * The program listens: it enabled a receive interrupt, read the FIFO, or waits. Until then the input is
   * held back,
   * since a program resets its FIFO while it starts and piped input would be lost.
   */
  @Override
  public void listen() {
    if (!listening) {
      listening = true;
      inputArrived();
    }
  }

  /** Whether a byte that arrives raises, sooner or later, this controller's interrupt. */
  @Override
  public boolean interruptsOnInput() {
    return (interrupts.enabled() & (RXFIFO_FULL | RXFIFO_TOUT)) != 0;
  }

  private long byteTicks() {
    return Clock.TICKS_PER_SECOND * BITS_PER_BYTE / baudRate();
  }

  private void arrive() {
    // With a full FIFO the sender waits; reading a byte lets it go on.
    int next = rxCount < FIFO_SIZE ? input.poll() : -1;
    if (next == SerialInput.BREAK) {
      receiveBreak();
    } else if (next >= 0) {
      receive(next);
      arrival.set(clock.now() + byteTicks());
    }
  }

  /** A byte arrives on the line now; with a full FIFO it is lost and RXFIFO_OVF is raised, as on the chip. */
  public void receive(int value) {
    if (rxCount == FIFO_SIZE) {
      interrupts.raise(RXFIFO_OVF);
      return;
    }
    rx[(rxRead + rxCount) % FIFO_SIZE] = (byte) value;
    rxCount++;
    armTimeout();
    interrupts.update();
  }

  /** To the receiver a break is a byte of zeroes without a stop bit, and a state of the line. */
  private void receiveBreak() {
    if (!conf0.bit(ERR_WR_MASK)) {
      receive(0);
    }
    interrupts.raise(FRM_ERR);
    interrupts.raise(BRK_DET);
  }

  private void armTimeout() {
    if (conf1.bit(31)) {
      // The threshold counts in units of eight bit times (TRM, "UART Controller",
      // UART_RX_TOUT_THRHD).
      timeout.set(clock.now() + conf1.field(24, 7) * 8L * Clock.TICKS_PER_SECOND / baudRate());
    }
  }

  private void timeOut() {
    if (rxCount > 0) {
      interrupts.raise(RXFIFO_TOUT);
    }
  }

  private int levels() {
    if ((interrupts.enabled() & (RXFIFO_FULL | RXFIFO_TOUT)) != 0) {
      listen();
    }
    int full = conf1.field(0, 7);
    return TXFIFO_EMPTY | (rxCount > 0 && rxCount >= full ? RXFIFO_FULL : 0);
  }

  private int pop() {
    listen();
    if (rxCount == 0) {
      return 0;
    }
    int value = rx[rxRead] & 0xFF;
    rxRead = (rxRead + 1) % FIFO_SIZE;
    rxCount--;
    interrupts.update();
    inputArrived();
    return value;
  }

  private int status() {
    unseen = 0;
    return rxCount | 1 << 31 | 1 << 15;
  }

  private void send(int word) {
    long now = clock.now();
    long perByte = byteTicks();
    lineFree = Math.max(lineFree, now) + perByte;
    unseen++;
    boolean waitsByInterrupt = (interrupts.enabled() & (TXFIFO_EMPTY | TX_DONE)) != 0;
    if (!waitsByInterrupt && unseen > FIFO_SIZE + 1 && (lineFree - now) / perByte > FIFO_SIZE + 1) {
      throw unsupported(
          "more than %d bytes written to UART_FIFO without a look at TXFIFO_CNT; bytes would be lost at %d baud"
              .formatted(FIFO_SIZE, baudRate()));
    }
    output.accept(word & 0xFF);
    interrupts.raise(TX_DONE);
  }

  private void configure(int word) {
    if ((word >>> RXFIFO_RST & 1) != 0) {
      rxRead = 0;
      rxCount = 0;
      timeout.cancel();
    }
    if ((word >>> TXFIFO_RST & 1) != 0) {
      unseen = 0;
      lineFree = 0;
    }
    interrupts.update();
  }
}
