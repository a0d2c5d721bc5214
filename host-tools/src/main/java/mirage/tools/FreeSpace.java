// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether a failure came from a full disk: host programs say that, but not where. */
public final class FreeSpace {
  private static final long LITTLE = 64 << 10;

  /** What programs say then; there may be room again, for many delete what they could not finish. */
  private static final String SAID = "No space left on device";

  private FreeSpace() {}

  /**
   * The failure to report.
   *
   * @param place a directory that was written to
   * @param failure what a program that wrote there reported
   * @param remedy what the user can do when the place is full
   * @return one that says that the place is full, when it is; else the same
   */
  public static MirageException explained(Path place, MirageException failure, String remedy) {
    try {
      long free = Files.getFileStore(place).getUsableSpace();
      return free >= LITTLE && !failure.getMessage().contains(SAID)
          ? failure
          : new MirageException(
              "%s: no space left (%d bytes free); %s\n%s"
                  .formatted(place, free, remedy, failure.getMessage()),
              failure);
    } catch (IOException e) {
      return failure;
    }
  }
}
