// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.nio.file.Path;
import java.util.Optional;
import mirage.emulator.net.NetworkOptions;
import mirage.emulator.profile.CallProfiler;

/**
 * What {@link Emulator} runs and how.
 *
 * @param image flash image (.bin) or executable (.elf)
 * @param symbols an ELF file whose symbols name addresses in traces and fault reports
 * @param flash content of the flash chip, if it is not the image's
 * @param how what a user may ask for
 * @param network what the Ethernet cable leads to; with the host there the run keeps the host's pace
 * @param profiler counts instructions by function
 */
public record EmulatorOptions(
    Path image,
    Optional<Path> symbols,
    Optional<byte[]> flash,
    RunOptions how,
    NetworkOptions network,
    Optional<CallProfiler> profiler) {

  /** Runs {@code image} in virtual time until it halts, or as these run options say. */
  public static EmulatorOptions of(Path image, String... options) {
    return of(image, RunOptions.of(options));
  }

  /** Runs {@code image} as {@code how} says. */
  public static EmulatorOptions of(Path image, RunOptions how) {
    return new EmulatorOptions(
        image, Optional.empty(), Optional.empty(), how, NetworkOptions.NONE, Optional.empty());
  }

  /** The same with names for addresses. */
  public EmulatorOptions withSymbols(Optional<Path> file) {
    return new EmulatorOptions(image, file, flash, how, network, profiler);
  }

  /** The same with another content of the flash chip, to begin with. */
  public EmulatorOptions withFlash(Optional<byte[]> content) {
    return new EmulatorOptions(image, symbols, content, how, network, profiler);
  }

  /** The same with a network. */
  public EmulatorOptions withNetwork(NetworkOptions farEnd) {
    return new EmulatorOptions(image, symbols, flash, how, farEnd, profiler);
  }

  /** The same with a profiler. */
  public EmulatorOptions withProfiler(Optional<CallProfiler> counter) {
    return new EmulatorOptions(image, symbols, flash, how, network, counter);
  }

  /** Whether virtual time keeps pace with the host's clock. */
  boolean realtime() {
    return how.realtime() || network.live();
  }
}
