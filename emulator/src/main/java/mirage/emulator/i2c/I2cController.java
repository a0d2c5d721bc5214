// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.i2c;

import mirage.emulator.clock.Alarm;
import mirage.emulator.clock.Clock;
import mirage.emulator.clock.ClockTree;
import mirage.emulator.peripheral.InterruptMatrix;
import mirage.emulator.peripheral.InterruptRegisters;
import mirage.emulator.peripheral.InterruptSource;
import mirage.emulator.peripheral.Register;
import mirage.emulator.peripheral.RegisterBlock;

/**
 * An I2C controller as master (TRM, "I2C Controller"): it executes a list of commands, byte by byte in the time the periods of SCL
 * take, with a FIFO for each direction. A byte that is not acknowledged as the command expects ends the list, with a STOP. Not
 * modelled: the slave, access to the FIFOs as memory, devices that hold the clock, a second master.
 */
public final class I2cController extends RegisterBlock {
  private static final int COMMANDS = 16;

  /** Clock periods of a byte and its acknowledgement. */
  private static final int BITS = 9;

  // Of I2C_CTR.
  private static final int MASTER = 4;
  private static final int START = 5;
  private static final int SENDS_LSB_FIRST = 6;
  private static final int RECEIVES_LSB_FIRST = 7;
  private static final int CONTROL_BITS = 0x1FF & ~(1 << START);

  // Of I2C_FIFO_CONF.
  private static final int AS_MEMORY = 10;
  private static final int CLEARS_RECEIVED = 12;
  private static final int CLEARS_TO_SEND = 13;

  // Of the interrupt registers.
  private static final int RXFIFO_FULL = 1;
  private static final int TXFIFO_EMPTY = 1 << 1;
  private static final int RXFIFO_OVF = 1 << 2;
  private static final int END_DETECT = 1 << 3;
  private static final int MASTER_TRAN_COMP = 1 << 6;
  private static final int TRANS_COMPLETE = 1 << 7;
  private static final int TRANS_START = 1 << 9;
  private static final int ACK_ERR = 1 << 10;
  private static final int ALL_INTERRUPTS = 0x1FFF;

  // Of a command.
  private static final int CHECKS_ACK = 8;
  private static final int EXPECTED_ACK = 9;
  private static final int SENT_ACK = 10;
  private static final int DONE = 31;
  private static final int COMMAND_BITS = 1 << DONE | 0x3FFF;

  private static final Operation[] OPERATIONS = Operation.values();

  private final Clock clock;
  private final ClockTree clocks;
  private final I2cLines lines;
  private final InterruptRegisters interrupts;
  private final Alarm step;
  private final Register lowPeriod = register(0x00, "I2C_SCL_LOW_PERIOD", 0, 0x3FFF);
  private final Register control = register(0x04, "I2C_CTR", 3, CONTROL_BITS);
  private final Register fifoConfiguration = plain(0x18, "I2C_FIFO_CONF", 0x0155_408B);
  private final Register highPeriod = register(0x38, "I2C_SCL_HIGH_PERIOD", 0, 0x3FFF);
  private final Register startHold = register(0x40, "I2C_SCL_START_HOLD", 8, 0x3FF);
  private final Register startSetup = register(0x44, "I2C_SCL_RSTART_SETUP", 8, 0x3FF);
  private final Register stopHold = register(0x48, "I2C_SCL_STOP_HOLD", 0, 0x3FFF);
  private final Register stopSetup = register(0x4C, "I2C_SCL_STOP_SETUP", 0, 0x3FF);
  private final Register[] commands = array(0x58, "I2C_COMD", COMMANDS, 0, COMMAND_BITS);
  private final Fifo toSend = new Fifo();
  private final Fifo received = new Fifo();

  /** The command that is executed. */
  private int current;

  /** Bytes of it that have passed. */
  private int passed;

  /** The level of the last acknowledgement, as I2C_STATUS shows it. */
  private boolean refused;

  /** What a command does, in the order of their codes. */
  private enum Operation {
    RSTART,
    WRITE,
    READ,
    STOP,
    END
  }

  /**
   * @param number 0 or 1
   * @param lines where the controller's signals lead
   */
  public I2cController(
      int number, Clock clock, ClockTree clocks, InterruptMatrix matrix, I2cLines lines) {
    super("I2C_EXT" + number, 0x100);
    this.clock = clock;
    this.clocks = clocks;
    this.lines = lines;
    step = clock.alarm(name() + " goes on", this::step);
    InterruptSource source =
        number == 0 ? InterruptSource.I2C_EXT0_INTR : InterruptSource.I2C_EXT1_INTR;
    interrupts =
        new InterruptRegisters(
            this,
            new InterruptRegisters.Offsets(0x20, 0x2C, 0x28, 0x24),
            "I2C_",
            ALL_INTERRUPTS,
            this::levels,
            status -> matrix.set(source, status != 0));
    control.onWrite(this::start);
    register(0x08, "I2C_STATUS", 0, 0).onRead(this::status);
    fifoConfiguration.onWrite(this::configure);
    register(0x1C, "I2C_DATA", 0, 0).onRead(this::take).onWrite(this::put);
    // The lines are ideal and there is one master.
    register(0x0C, "I2C_TIME_OUT", 0, 0xFFFFF);
    register(0x10, "I2C_SLAVE_ADDR", 0, 1 << 31 | 0x7FFF);
    register(0x30, "I2C_SDA_HOLD", 0, 0x3FF);
    register(0x34, "I2C_SDA_SAMPLE", 0, 0x3FF);
    register(0x50, "I2C_SCL_FILTER_CFG", 8, 0xF);
    register(0x54, "I2C_SDA_FILTER_CFG", 8, 0xF);
    plain(0xF8, "I2C_DATE", 0x1604_2000);
  }

  @Override
  public void reset() {
    super.reset();
    step.cancel();
    lines.stop();
    toSend.clear();
    received.clear();
    refused = false;
    interrupts.reset();
  }

  private int status() {
    return (refused ? 1 : 0)
        | (lines.busy() ? 1 << 4 : 0)
        | received.count() << 8
        | toSend.count() << 18;
  }

  private int levels() {
    int empty = fifoConfiguration.field(5, 5);
    int full = fifoConfiguration.field(0, 5);
    return (toSend.count() < empty ? TXFIFO_EMPTY : 0)
        | (received.count() > full ? RXFIFO_FULL : 0);
  }

  private void configure(int word) {
    if (fifoConfiguration.bit(AS_MEMORY)) {
      throw unsupported("I2C_NONFIFO_EN: the model has the FIFOs by I2C_DATA alone");
    }
    if (fifoConfiguration.bit(CLEARS_RECEIVED)) {
      received.clear();
    }
    if (fifoConfiguration.bit(CLEARS_TO_SEND)) {
      toSend.clear();
    }
    interrupts.update();
  }

  private int take() {
    if (received.count() == 0) {
      throw unsupported("I2C_DATA is read while nothing is in the receive FIFO");
    }
    int value = received.pop();
    interrupts.update();
    return value;
  }

  private void put(int word) {
    if (toSend.full()) {
      throw unsupported(
          "I2C_DATA is written while %d bytes are in the transmit FIFO; it has room for no more"
              .formatted(Fifo.SIZE));
    }
    toSend.push(word);
    interrupts.update();
  }

  /** A word was written to I2C_CTR; the bit that starts clears itself. */
  private void start(int word) {
    if ((word >>> START & 1) == 0) {
      return;
    }
    if (!control.bit(MASTER)) {
      throw unsupported("a transaction is started without I2C_MS_MODE; the model is a master");
    }
    if (step.armed()) {
      throw unsupported("a list of commands is started before the one before is over");
    }
    begin(0);
  }

  private void begin(int command) {
    if (command == COMMANDS) {
      throw unsupported("the list of commands has neither STOP nor END");
    }
    current = command;
    passed = 0;
    Operation operation = operation();
    if ((operation == Operation.WRITE || operation == Operation.READ) && length() == 0) {
      throw unsupported("I2C_COMD%d is a %s of no bytes".formatted(command, operation));
    }
    wait(operation);
  }

  private Operation operation() {
    int code = commands[current].field(11, 3);
    if (code >= OPERATIONS.length) {
      throw unsupported(
          "I2C_COMD%d has the operation %d; there are RSTART 0, WRITE 1, READ 2, STOP 3, END 4"
              .formatted(current, code));
    }
    return OPERATIONS[code];
  }

  /** What a step does happens at its end. */
  private void wait(Operation operation) {
    int cycles =
        switch (operation) {
          case RSTART -> startSetup.value() + startHold.value();
          case WRITE, READ -> BITS * (lowPeriod.value() + highPeriod.value());
          case STOP -> stopSetup.value() + stopHold.value();
          case END -> 0;
        };
    step.set(clock.now() + (long) cycles * clocks.apbTicks());
  }

  private void step() {
    switch (operation()) {
      case RSTART -> {
        lines.start();
        finish(TRANS_START);
      }
      case WRITE -> write();
      case READ -> read();
      case STOP -> {
        lines.stop();
        finish(TRANS_COMPLETE);
      }
      case END -> finish(END_DETECT);
    }
  }

  private void finish(int events) {
    Register command = commands[current];
    command.set(command.value() | 1 << DONE);
    interrupts.raise(events);
    if ((events & (TRANS_COMPLETE | END_DETECT)) == 0) {
      begin(current + 1);
    }
  }

  private void write() {
    if (toSend.count() == 0) {
      throw unsupported(
          "I2C_COMD%d sends byte %d of %d while nothing is in the transmit FIFO"
              .formatted(current, passed + 1, length()));
    }
    refused = !lines.write(ordered(toSend.pop(), SENDS_LSB_FIRST));
    if (commands[current].bit(CHECKS_ACK) && refused != commands[current].bit(EXPECTED_ACK)) {
      lines.stop();
      interrupts.raise(MASTER_TRAN_COMP | ACK_ERR);
    } else {
      pass();
    }
  }

  private void read() {
    int value = ordered(lines.read(!commands[current].bit(SENT_ACK)), RECEIVES_LSB_FIRST);
    if (received.full()) {
      interrupts.raise(RXFIFO_OVF);
    } else {
      received.push(value);
    }
    pass();
  }

  private void pass() {
    passed++;
    if (passed < length()) {
      interrupts.raise(MASTER_TRAN_COMP);
      wait(operation());
    } else {
      finish(MASTER_TRAN_COMP);
    }
  }

  private int length() {
    return commands[current].field(0, 8);
  }

  private int ordered(int value, int lsbFirst) {
    return control.bit(lsbFirst) ? Integer.reverse(value) >>> 24 : value;
  }
}
