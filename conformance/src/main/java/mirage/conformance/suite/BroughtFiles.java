// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.bindings.CToolchain;

/** The files that are in RAM when a program starts that needs {@link Need#FILES}. */
final class BroughtFiles {
  private BroughtFiles() {}

  /**
   * Makes the table of files.h.
   *
   * @param folder where the files are
   * @param names as the program knows them
   * @return an object to be linked, in the same folder
   */
  static Path object(CToolchain toolchain, Path folder, List<String> names) throws IOException {
    StringBuilder contents = new StringBuilder(".section .rodata.files\n");
    StringBuilder table =
        new StringBuilder(".align 4\n.global conformance_files\nconformance_files:\n");
    for (int n = 0; n < names.size(); n++) {
      contents.append(
          "name%1$d: .asciz \"%2$s\"\nstart%1$d: .incbin \"%2$s\"\nend%1$d:\n"
              .formatted(n, names.get(n)));
      table.append(".word name%1$d, start%1$d, end%1$d\n".formatted(n));
    }
    Path text = folder.resolve("files_of_test.S");
    Files.writeString(text, contents.append(table).append(".word 0\n"));
    Path object = folder.resolve("files_of_test.o");
    toolchain.compile(text, object, List.of("-Wa,-I" + folder));
    return object;
  }
}
