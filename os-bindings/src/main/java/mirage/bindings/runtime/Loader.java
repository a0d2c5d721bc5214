// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mirage.bindings.CToolchain;
import mirage.device.SourceFolder;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.SourceFolders;

/**
 * The second-stage loader: a program of its own, linked for the RAM the boot ROM loads it into.
 *
 * @param toolchain what compiles it
 */
record Loader(CToolchain toolchain) {
  static final String NAME = "loader.elf";

  private static final SourceFolder SOURCES = RuntimeBuild.folder("c/loader");

  /** Register names and the steps of the flash cache are shared with the board. */
  private static final SourceFolder BOARD = RuntimeBuild.folder("c/board/esp32");

  void addTo(Fingerprint.Builder inputs) {
    inputs.text(NAME).folder(SOURCES).folder(BOARD);
  }

  void build(Path directory) throws IOException {
    Path work = Files.createDirectory(directory.resolve("loader"));
    Path board = Files.createDirectory(work.resolve("board"));
    SourceFolders.copy(BOARD, board);
    CToolchain compiler = toolchain.including(board);
    List<String> objects = new ArrayList<>();
    for (String file : SourceFolders.copy(SOURCES, work)) {
      if (file.endsWith(".c") || file.endsWith(".S")) {
        Path object = work.resolve(file.replace('.', '_') + ".o");
        compiler.compile(
            work.resolve(file), object, List.of("-ffile-prefix-map=" + work + "=/loader"));
        objects.add(object.toString());
      }
    }
    Command.of(toolchain.compiler())
        .with("-nostdlib", "-T", work.resolve("loader.ld").toString())
        .with("-o", directory.resolve(NAME).toString())
        .with(objects)
        .with("-lgcc")
        .run();
    AtomicFiles.delete(work);
  }
}
