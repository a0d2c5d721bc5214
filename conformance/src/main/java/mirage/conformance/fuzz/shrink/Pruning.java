// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.fuzz.shrink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mirage.conformance.fuzz.comparison.Comparison;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;
import mirage.tools.MirageException;
import mirage.tools.TemporaryFolder;

/** Takes the definitions out of a failing program's source that nothing needs. */
record Pruning(Comparison comparison) {

  /** The source with fewer definitions, which still fails; the same if it fails only with all of them. */
  String prune(String source) {
    try (TemporaryFolder work = TemporaryFolder.of("fuzz")) {
      String pruned = pruned(source, work.path());
      return comparison.difference(pruned).isPresent() ? pruned : source;
    } catch (IOException e) {
      throw new MirageException("random program: " + AtomicFiles.reason(e), e);
    }
  }

  /** From the last definition to the first: then those that it needs are needed no more. */
  private static String pruned(String source, Path work) throws IOException {
    List<String> definitions = new ArrayList<>(Arrays.asList(source.strip().split("\n\n+")));
    for (int i = definitions.size() - 1; i >= 0; i--) {
      String definition = definitions.get(i);
      if (definition.matches("(?s)(let \\(\\) =|module P\\d+ = struct$|end$).*")) {
        continue;
      }
      definitions.remove(i);
      if (!typed(text(definitions), work)) {
        definitions.add(i, definition);
      }
    }
    return text(definitions);
  }

  private static String text(List<String> definitions) {
    return String.join("\n\n", definitions) + "\n";
  }

  private static boolean typed(String source, Path work) throws IOException {
    Files.writeString(work.resolve("program.ml"), source);
    return Command.of("ocamlc", "-w", "-a", "-stop-after", "typing", "-c", "program.ml")
        .in(work)
        .execute()
        .succeeded();
  }
}
