// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mirage.emulator.Esp32;
import mirage.emulator.Esp32Builder;
import mirage.emulator.clock.Clock;
import mirage.emulator.net.Station;
import mirage.emulator.peripheral.Efuse;
import mirage.emulator.wlan.Address;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * How a program is run: each option with its name, its help, what it accepts and what it stands for, here and nowhere else. A mixin or
 * a group of every command that runs something. What leads out of the chip is {@link mirage.emulator.net.NetworkArguments}.
 */
public final class RunOptions {
  @Option(
      names = "--expect",
      paramLabel = "TEXT",
      description =
          "End with status 0 as soon as TEXT appears on the console, with 1 if it never does.")
  @AlsoFor({Runs.BOARDS, Runs.PROCESS})
  private String expect;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description = "End with status 1 after this time; virtual time on the emulated chip.")
  @AlsoFor({Runs.BOARDS, Runs.PROCESS})
  private double timeout;

  @Option(
      names = "--realtime",
      description =
          "Let the chip's time pass as the host's does, instead of skipping idle time; random numbers are the host's.")
  private boolean realtime;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write every instruction executed to FILE, - for standard error.")
  private String trace;

  @Option(
      names = "--gdb",
      paramLabel = "PORT",
      converter = Port.class,
      description = "Wait at this TCP port for a debugger (GDB remote protocol).")
  private Integer gdb;

  @Option(names = "--count", description = "At the end, print how many instructions were executed.")
  @AlsoFor(Runs.BOARDS)
  private boolean count;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Let the chip's random numbers follow from N.")
  @AlsoFor(Runs.BOARDS)
  private long seed = Esp32.DEFAULT_SEED;

  @Option(
      names = "--mac",
      paramLabel = "MAC",
      converter = Mac.class,
      description =
          "The chip's first MAC address (" + Esp32.DEFAULT_MAC + "); further boards count on.")
  @AlsoFor(Runs.BOARDS)
  private String mac = Esp32.DEFAULT_MAC;

  @Option(
      names = "--allow-reset",
      description = "Let a reset restart the chip instead of ending the run.")
  private boolean allowReset;

  @Option(
      names = "--flash",
      paramLabel = "FILE",
      description = "Keep the flash chip's content in FILE from run to run.")
  private Path flash;

  @Option(
      names = "--rom",
      paramLabel = "FILE",
      description =
          "Content of the chip's ROM, from address 0x40000000 on, for a program that calls it.")
  @AlsoFor(Runs.BOARDS)
  private Path rom;

  private Path directory = Path.of("");

  /** What is run, if it is not a single emulated chip. */
  public enum Runs {
    /** Several boards, all in virtual time. */
    BOARDS,
    /** A process of the host. */
    PROCESS
  }

  /** What an option means something to besides a single chip. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.FIELD)
  private @interface AlsoFor {
    Runs[] value();
  }

  /** Options as they are typed, for those who run something without a command line. */
  public static RunOptions of(String... words) {
    RunOptions options = new RunOptions();
    new CommandLine(options).parseArgs(words);
    return options;
  }

  /** Lets names of files start at {@code folder}. */
  public RunOptions in(Path folder) {
    directory = folder;
    return this;
  }

  /** The names of those typed on a command line that mean nothing to what is run. */
  public static List<String> without(Runs what, ParseResult typed) {
    List<String> names = new ArrayList<>();
    for (Field field : RunOptions.class.getDeclaredFields()) {
      Option option = field.getAnnotation(Option.class);
      AlsoFor also = field.getAnnotation(AlsoFor.class);
      boolean meant = also != null && Arrays.asList(also.value()).contains(what);
      if (option != null && !meant && typed.hasMatchedOption(option.names()[0])) {
        names.add(option.names()[0]);
      }
    }
    return names;
  }

  /** Text on the console that ends the run with success. */
  public Optional<String> expect() {
    return Optional.ofNullable(expect);
  }

  /** Seconds after which the run ends without success; 0 for none. */
  public double timeout() {
    return timeout;
  }

  /** The tick of virtual time at which a run that begins at {@code now} is to end. */
  long deadline(long now) {
    return timeout == 0 ? Long.MAX_VALUE : now + (long) (timeout * Clock.TICKS_PER_SECOND);
  }

  /** Whether virtual time keeps pace with the host's clock, and random numbers are the host's. */
  boolean realtime() {
    return realtime;
  }

  /** File for one line per instruction; "-" for standard error. */
  Optional<String> trace() {
    return Optional.ofNullable(trace)
        .map(file -> file.equals("-") ? file : directory.resolve(file).toString());
  }

  /** TCP port, on the local host, to wait at for a debugger. */
  OptionalInt gdb() {
    return gdb == null ? OptionalInt.empty() : OptionalInt.of(gdb);
  }

  /** Whether the number of instructions is reported at the end. */
  boolean count() {
    return count;
  }

  /** File with the content of the flash chip, written back at the end; used instead of the image's if it exists. */
  public Optional<Path> flash() {
    return Optional.ofNullable(flash).map(directory::resolve);
  }

  /**
   * Begins to build board {@code number}, from 0; each has random numbers and addresses of its own.
   *
   * @param live somebody else lives in the host's time, or the user wants it so
   */
  Esp32Builder chip(int number, boolean live) {
    Esp32Builder builder =
        Esp32.builder().mac(address(number)).seed(seed + number).allowReset(allowReset);
    if (rom != null) {
      builder.rom(Image.content(directory.resolve(rom)));
    }
    return live ? builder.entropy(new SecureRandom()::nextInt) : builder;
  }

  /** Board {@code number} as others see it, from 0. */
  Station station(int number, String name) {
    return new Station(name, Address.of(address(number)));
  }

  private byte[] address(int number) {
    byte[] address = Efuse.parseMac(mac);
    int last = ((address[4] & 0xFF) << 8 | address[5] & 0xFF) + Station.ADDRESSES * number;
    address[4] = (byte) (last >> 8);
    address[5] = (byte) last;
    return address;
  }

  /** A number of a TCP port; 0 takes any that is free. */
  static final class Port implements ITypeConverter<Integer> {
    private static final int HIGHEST = 65535;

    @Override
    public Integer convert(String text) {
      if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > HIGHEST) {
        throw new TypeConversionException("'" + text + "': expected a port, 0 to " + HIGHEST);
      }
      return Integer.valueOf(text);
    }
  }

  /** A time in seconds; 0 is none. */
  static final class Seconds implements ITypeConverter<Double> {
    private static final double MOST = 1e9;

    @Override
    public Double convert(String text) {
      if (!text.matches("\\d{1,10}(\\.\\d*)?") || Double.parseDouble(text) > MOST) {
        throw new TypeConversionException("'" + text + "': expected seconds, 0 (none) to 1e9");
      }
      return Double.valueOf(text);
    }
  }

  /** Six bytes in hexadecimal. */
  static final class Mac implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        Efuse.parseMac(text);
        return text;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
