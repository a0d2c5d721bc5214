// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mirage.device.FlashData;

/**
 * What to link.
 *
 * @param name of the unikernel; the results are named after it
 * @param bytecode a bytecode executable with all OCaml code
 * @param libraries what it was made of, in link order
 * @param partitions data partitions, by name
 * @param output directory of the results; made if it is missing
 */
public record LinkRequest(
    String name,
    Path bytecode,
    List<LinkedLibrary> libraries,
    Map<String, FlashData> partitions,
    Path output,
    LinkOptions options) {
  public LinkRequest {
    libraries = List.copyOf(libraries);
    partitions = Map.copyOf(partitions);
  }
}
