// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mirage.bindings.program.Program;

/**
 * How a program is linked.
 *
 * @param backEnd what becomes of the bytecode; the chip only
 * @param program what of the bytecode is kept
 * @param flashBytes size of the chip's flash: 1, 2, 4, 8 or 16 MB
 * @param applicationBytes size of the application's partition, a multiple of 64 KB; 0: 1 MB, or what the application
 *     needs if that is more
 * @param partitionBytes sizes of data partitions by name, multiples of 4 KB; one that is not named is as large as its file
 * @param runtimeSizes constants of the C runtime's {@code tuning.h} and the C expressions they are instead; the chip only
 * @param phy the vendor's library that calibrates the radio; without one a radio is an emulated one's. The chip only
 */
public record LinkOptions(
    BackEnd backEnd,
    Program.Options program,
    int flashBytes,
    int applicationBytes,
    Map<String, Integer> partitionBytes,
    Map<String, String> runtimeSizes,
    Optional<Path> phy) {
  public static final LinkOptions DEFAULT =
      new LinkOptions(
          BackEnd.BYTECODE,
          Program.Options.DEFAULT,
          4 << 20,
          0,
          Map.of(),
          Map.of(),
          Optional.empty());

  public LinkOptions {
    partitionBytes = Map.copyOf(partitionBytes);
    runtimeSizes = Map.copyOf(runtimeSizes);
  }

  /** The same with another back end. */
  public LinkOptions with(BackEnd other) {
    return new LinkOptions(
        other, program, flashBytes, applicationBytes, partitionBytes, runtimeSizes, phy);
  }

  /** The same with a library for the radio, or without one. */
  public LinkOptions withPhy(Optional<Path> library) {
    return new LinkOptions(
        backEnd, program, flashBytes, applicationBytes, partitionBytes, runtimeSizes, library);
  }

  /** The same for a chip with this flash. */
  public LinkOptions with(FlashPlan flash) {
    return new LinkOptions(
        backEnd,
        program,
        flash.flashBytes(),
        flash.applicationBytes(),
        flash.partitionBytes(),
        runtimeSizes,
        phy);
  }

  /** The same with all flash behind the tables for the application. */
  public LinkOptions withWholeFlash() {
    return new LinkOptions(
        backEnd,
        program,
        flashBytes,
        flashBytes - FlashLayout.APPLICATION_OFFSET,
        partitionBytes,
        runtimeSizes,
        phy);
  }
}
