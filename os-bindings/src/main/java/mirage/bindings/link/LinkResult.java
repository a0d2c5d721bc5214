// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was linked.
 *
 * @param executable ELF file; for the host, the program to run
 * @param image merged flash image; the chip only
 * @param partitions folder with the flash partitions, a file each, if there are any; the host only
 * @param warnings to be shown to the user, one line each
 */
public record LinkResult(
    Path executable, Optional<Path> image, Optional<Path> partitions, List<String> warnings) {
  public LinkResult {
    warnings = List.copyOf(warnings);
  }
}
