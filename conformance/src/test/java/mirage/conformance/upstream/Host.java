// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;

/**
 * Builds the same sources with dune for this machine. What has no dune files comes from the distribution there.
 *
 * @param workspace a folder to be made, of all sources and the program
 */
record Host(Path workspace) {
  /** Checkouts of signatures that the chip has from this project's jars. */
  static final List<String> SIGNATURES =
      List.of(
          "mirage-block",
          "mirage-clock",
          "mirage-flow",
          "mirage-kv",
          "mirage-net",
          "mirage-random",
          "mirage-time");

  private static final Set<String> NOT_COPIED = Set.of(".git", "_build", "_opam");

  /** Copies the sources of a case there. */
  void sources(Case one, Path sources) throws IOException {
    Set<String> names = new TreeSet<>(SIGNATURES);
    names.addAll(one.checkouts());
    for (String name : names) {
      Path source = sources.resolve(name);
      if (Files.isRegularFile(source.resolve("dune-project"))) {
        copy(source, workspace.resolve(name));
      }
    }
    Files.writeString(workspace.resolve("dune-project"), "(lang dune 2.9)\n");
    Files.writeString(
        workspace.resolve("dune"), "(vendored_dirs %s)\n".formatted(String.join(" ", names)));
  }

  /** What the program prints, with its status behind it. */
  String run(ProgramFolder program, String place) throws IOException {
    copy(program.folder(), workspace.resolve(place));
    List<String> rewriters =
        program.libraries().stream().filter(l -> l.startsWith("ppx_")).toList();
    Files.writeString(
        workspace.resolve(place).resolve("dune"),
        """
        (executable
         (name %s)
         (modes exe)
         (flags (:standard -w -a))
         (libraries %s)%s)
        """
            .formatted(
                program.name(),
                program.libraries().stream()
                    .filter(l -> !l.startsWith("ppx_"))
                    .collect(Collectors.joining(" ")),
                rewriters.isEmpty()
                    ? ""
                    : "\n (preprocess (pps %s))".formatted(String.join(" ", rewriters))));
    String executable = "./" + place + "/" + program.name() + ".exe";
    Command.of("dune", "build", "--root", ".", "--profile", "release", executable)
        .in(workspace)
        .environment("DUNE_CACHE", "disabled")
        .run();
    Command.Result result =
        Command.of("sh", "-c", "exec _build/default/%s 2>&1".formatted(executable))
            .in(workspace)
            .timeout(Duration.ofMinutes(5))
            .execute();
    return UpstreamTest.ended(result.output(), "" + result.status());
  }

  private static void copy(Path from, Path to) throws IOException {
    AtomicFiles.delete(to);
    AtomicFiles.copyTree(from, to, NOT_COPIED);
  }
}
