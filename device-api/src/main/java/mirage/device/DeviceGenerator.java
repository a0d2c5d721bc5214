// SPDX-License-Identifier: Apache-2.0
package mirage.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Makes sources or flash data from a unikernel's own files: a crunched directory, a block image. */
@FunctionalInterface
public interface DeviceGenerator {
  /**
   * Called at build time, whenever what it read before has changed.
   *
   * @param request what to make
   * @return what was made and what it was made from
   * @throws IOException when a file cannot be read or written; the tool reports it to the user
   */
  Generated generate(Request request) throws IOException;

  /**
   * What to make.
   *
   * @param module name of the OCaml module to write, such as {@code "Static1"}
   * @param parameters what the config.ml gave for the device, such as {@code dir -> "t"}
   * @param unikernel the unikernel's folder, where relative names start
   * @param output an empty folder: {@code .ml}/{@code .mli} files put here become modules of the
   *     program
   */
  record Request(String module, Map<String, String> parameters, Path unikernel, Path output) {
    /** Name of the module's files, without their endings. */
    public String file() {
      return module.substring(0, 1).toLowerCase(Locale.ROOT) + module.substring(1);
    }
  }

  /**
   * What was made.
   *
   * @param inputs files and folders that were read; a change in them makes the tool call again
   * @param partitions flash data partitions to add, by name; empty for most
   */
  record Generated(java.util.List<Path> inputs, Map<String, FlashData> partitions) {}
}
