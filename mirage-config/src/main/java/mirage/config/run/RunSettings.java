// SPDX-License-Identifier: Apache-2.0
package mirage.config.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import mirage.emulator.net.NetworkOptions;
import mirage.emulator.profile.CallProfiler;
import mirage.tools.MirageException;

/**
 * How to run a unikernel.
 *
 * @param expect text on the console that ends the run with success
 * @param timeout seconds after which it ends without; 0 for none
 * @param realtime the chip's time passes as the host's does
 * @param trace file for every instruction, {@code -} for standard error
 * @param gdb TCP port to wait at for a debugger
 * @param count print the number of instructions at the end
 * @param flash file with the flash chip's content
 * @param persist whether the content is kept in that file from run to run
 * @param network what the chip's Ethernet cable leads to
 * @param profiler counts instructions by function
 */
public record RunSettings(
    Optional<String> expect,
    double timeout,
    boolean realtime,
    Optional<String> trace,
    OptionalInt gdb,
    boolean count,
    Optional<Path> flash,
    boolean persist,
    NetworkOptions network,
    Optional<CallProfiler> profiler) {

  /**
   * The same with this content of the flash chip, which is not kept.
   *
   * @throws MirageException when there is one already
   */
  RunSettings with(Path content) {
    if (flash.isPresent()) {
      throw new MirageException(
          "an ELF file takes boot arguments only without --flash; link to a flash image (.bin)");
    }
    return new RunSettings(
        expect,
        timeout,
        realtime,
        trace,
        gdb,
        count,
        Optional.of(content),
        false,
        network,
        profiler);
  }
}
