// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import mirage.config.run.RunSettings;
import mirage.emulator.net.NetworkOptions;
import picocli.CommandLine.Option;

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
      description = "Wait at this TCP port for a debugger (GDB remote protocol).")
  Integer gdb;

  @Option(names = "--count", description = "At the end, print how many instructions were executed.")
  boolean count;

  @Option(
      names = "--flash",
      paramLabel = "FILE",
      description = "Keep the flash chip's content in FILE from run to run.")
  Path flash;

  RunSettings options(NetworkOptions network) {
    return new RunSettings(
        Optional.ofNullable(expect),
        timeout,
        realtime,
        Optional.ofNullable(trace),
        gdb == null ? OptionalInt.empty() : OptionalInt.of(gdb),
        count,
        Optional.ofNullable(flash),
        flash != null,
        network,
        Optional.empty());
  }
}
