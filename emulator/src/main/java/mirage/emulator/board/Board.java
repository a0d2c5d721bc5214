// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.board;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import mirage.emulator.clock.Clock;

/**
 * What is soldered around the chip, as data: the emulator wires a chip by it. One board may be given to many chips. What does not
 * fit the chip is an {@link IllegalArgumentException}.
 *
 * @param name in messages
 * @param flashId manufacturer (low byte) and type of the flash chip, as its JEDEC id says; its size follows the image
 * @param console number of the UART that is the serial console
 * @param ethernet where the PHY is
 * @param serial what hangs on further UARTs
 * @param spi devices of SPI2 and SPI3
 * @param i2c devices of I2C buses
 * @param leds lamps, by names of their own
 * @param buttons likewise
 */
public record Board(
    String name,
    int flashId,
    int console,
    Phy ethernet,
    List<Serial> serial,
    List<Spi> spi,
    List<I2c> i2c,
    List<Led> leds,
    List<Button> buttons) {

  /** Pins of the chip, from 0. */
  private static final int PINS = 40;

  private static final int UARTS = 3;

  /** The usual development board, with the Ethernet PHY at its usual pins. */
  public static final Board DEVKIT =
      new Board(
          "devkit",
          0x40C8,
          0,
          new Phy(0, 23, 18),
          List.of(),
          List.of(),
          List.of(),
          List.of(new Led("blue", 2, false)),
          List.of(new Button("boot", 0, true)));

  /**
   * The Ethernet PHY.
   *
   * @param address on the management bus, 0 to 31
   * @param mdc pin of the bus's clock
   * @param mdio pin of its data
   */
  public record Phy(int address, int mdc, int mdio) {
    public Phy {
      range("address of the PHY", address, 32);
      checkPin(mdc);
      checkPin(mdio);
    }
  }

  /**
   * The far end of a UART.
   *
   * @param output gets each byte sent
   * @param input is asked for bytes at the rate of the line, while the program listens
   */
  public record Serial(int uart, IntConsumer output, SerialInput input) {
    public Serial {
      range("UART", uart, UARTS);
    }
  }

  /**
   * A device on the lines of an SPI controller.
   *
   * @param controller 2 or 3
   * @param clock pin of SCK
   * @param output pin of the controller's data to the device (MOSI)
   * @param input pin of the device's data (MISO)
   * @param select pin of the device's select line; it has a pull-up
   * @param device makes one for a chip with this clock
   */
  public record Spi(
      int controller,
      int clock,
      int output,
      int input,
      int select,
      Function<Clock, SpiDevice> device) {
    public Spi {
      if (controller != 2 && controller != 3) {
        throw new IllegalArgumentException(
            "SPI%d; devices of a board are on SPI2 or SPI3".formatted(controller));
      }
      Stream.of(clock, output, input, select).forEach(Board::checkPin);
    }
  }

  /**
   * A device on an I2C bus: it hears whichever controller the program leads to its pins, that have pull-ups.
   *
   * @param address of 7 bits, 0x08 to 0x77; the others have a meaning of their own
   * @param clock pin of SCL
   * @param data pin of SDA
   * @param device makes one for a chip with this clock
   */
  public record I2c(int address, int clock, int data, Function<Clock, I2cDevice> device) {
    public I2c {
      if (address < 0x08 || address > 0x77) {
        throw new IllegalArgumentException(
            "address 0x%02x of an I2C device; allowed are 0x08 to 0x77".formatted(address));
      }
      checkPin(clock);
      checkPin(data);
    }

    private String place() {
      return "0x%02x at pins %d, %d".formatted(address, clock, data);
    }
  }

  /** A lamp between a pin and ground, or, if {@code activeLow}, the supply. */
  public record Led(String name, int pin, boolean activeLow) {
    public Led {
      checkPin(pin);
    }
  }

  /** A switch between a pin and the supply, or, if {@code activeLow}, ground; a resistor pulls to the other side. */
  public record Button(String name, int pin, boolean activeLow) {
    public Button {
      checkPin(pin);
    }
  }

  public Board {
    serial = List.copyOf(serial);
    spi = List.copyOf(spi);
    i2c = List.copyOf(i2c);
    leds = List.copyOf(leds);
    buttons = List.copyOf(buttons);
    range("UART", console, UARTS);
    distinct("UART", Stream.concat(Stream.of(console), serial.stream().map(Serial::uart)));
    distinct("I2C device", i2c.stream().map(I2c::place));
    distinct("LED", leds.stream().map(Led::name));
    distinct("button", buttons.stream().map(Button::name));
    distinct(
        "button or select line at pin",
        Stream.concat(buttons.stream().map(Button::pin), spi.stream().map(Spi::select)));
  }

  /** The same with a UART's far end. */
  public Board with(Serial line) {
    return new Board(name, flashId, console, ethernet, and(serial, line), spi, i2c, leds, buttons);
  }

  /** The same with a device more. */
  public Board with(Spi device) {
    return new Board(
        name, flashId, console, ethernet, serial, and(spi, device), i2c, leds, buttons);
  }

  /** The same with a device more. */
  public Board with(I2c device) {
    return new Board(
        name, flashId, console, ethernet, serial, spi, and(i2c, device), leds, buttons);
  }

  /** The same with an LED more. */
  public Board with(Led led) {
    return new Board(name, flashId, console, ethernet, serial, spi, i2c, and(leds, led), buttons);
  }

  /** The same with a button more. */
  public Board with(Button button) {
    return new Board(
        name, flashId, console, ethernet, serial, spi, i2c, leds, and(buttons, button));
  }

  /** The same with its PHY elsewhere. */
  public Board with(Phy phy) {
    return new Board(name, flashId, console, phy, serial, spi, i2c, leds, buttons);
  }

  /** The same with the console at another UART. */
  public Board withConsole(int uart) {
    return new Board(name, flashId, uart, ethernet, serial, spi, i2c, leds, buttons);
  }

  private static <T> List<T> and(List<T> list, T more) {
    List<T> all = new ArrayList<>(list);
    all.add(more);
    return all;
  }

  private static void checkPin(int number) {
    range("pin", number, PINS);
  }

  private static void range(String what, int number, int count) {
    if (number < 0 || number >= count) {
      throw new IllegalArgumentException(
          "%s %d; allowed are 0 to %d".formatted(what, number, count - 1));
    }
  }

  private static void distinct(String what, Stream<?> names) {
    Set<Object> seen = new HashSet<>();
    names.forEach(
        name -> {
          if (!seen.add(name)) {
            throw new IllegalArgumentException("two of %s %s on a board".formatted(what, name));
          }
        });
  }
}
