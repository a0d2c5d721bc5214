// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mirage.config.run.RunSettings;
import mirage.emulator.net.NetworkOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a unikernel is run. */
final class RunOptions {
  @Option(
      names = "--expect",
      paramLabel = "TEXT",
      description =
          "End with status 0 as soon as TEXT appears on the console, with 1 if it never does.")
  String expect;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description = "End with status 1 after this time; virtual time on the emulated chip.")
  double timeout;

  @Option(
      names = "--realtime",
      description = "Let the chip's time pass as the host's does, instead of skipping idle time.")
  boolean realtime;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write every instruction executed to FILE, - for standard error.")
  String trace;

  @Option(
      names = "--gdb",
      paramLabel = "PORT",
      converter = Port.class,
      description = "Wait at this TCP port for a debugger (GDB remote protocol).")
  Integer gdb;

  @Option(names = "--count", description = "At the end, print how many instructions were executed.")
  boolean count;

  @Option(
      names = "--flash",
      paramLabel = "FILE",
      description = "Keep the flash chip's content in FILE from run to run.")
  Path flash;

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

  /** Those given that mean nothing to a process of this machine. */
  List<String> ofTheChip() {
    List<String> given = new ArrayList<>();
    if (realtime) {
      given.add("--realtime");
    }
    if (trace != null) {
      given.add("--trace");
    }
    if (gdb != null) {
      given.add("--gdb");
    }
    if (count) {
      given.add("--count");
    }
    if (flash != null) {
      given.add("--flash");
    }
    return given;
  }

  /** Those given that mean nothing to several boards at once, which are in virtual time. */
  List<String> ofOneBoard() {
    List<String> given = ofTheChip();
    given.remove("--count");
    return given;
  }

  /**
   * The options as settings.
   *
   * @param directory where names of files start
   * @param network of the chip
   */
  RunSettings options(Path directory, NetworkOptions network) {
    return new RunSettings(
        Optional.ofNullable(expect),
        timeout,
        realtime,
        Optional.ofNullable(trace)
            .map(file -> file.equals("-") ? file : directory.resolve(file).toString()),
        gdb == null ? OptionalInt.empty() : OptionalInt.of(gdb),
        count,
        Optional.ofNullable(flash).map(directory::resolve),
        flash != null,
        network,
        Optional.empty());
  }
}
