// SPDX-License-Identifier: Apache-2.0
package mirage.config.dsl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mirage.config.configure.ConfigPrograms;
import mirage.config.graph.ConfigProgram;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/**
 * Compiles config.ml files.
 *
 * @param cache where programs are kept
 * @param directory the user's current folder: messages name files from there
 */
public record ConfigCompiler(BuildCache cache, Path directory) implements ConfigPrograms {
  /** What {@code mirage} 4.4 and later demand of the first line, when a minimum is asked for. */
  private static final Pattern VERSION =
      Pattern.compile(
          "^\\(\\*\\s*mirage\\b[^*]*>=\\s*([4-9]|[1-9][0-9])([.\\s\\w].*|&.*)?\\*\\).*");

  @Override
  public ConfigProgram compile(Path configMl) {
    Path file = directory.resolve(configMl).toAbsolutePath().normalize();
    checkVersion(file);
    DslLibrary library = DslLibrary.in(cache);
    String shown = shown(file);
    Fingerprint inputs =
        Fingerprint.builder().fingerprint(library.fingerprint()).text(shown).file(file).build();
    Path entry = cache.get("config", inputs, output -> build(library, shown, output));
    return new CompiledConfig(entry.resolve("config.byte"), file);
  }

  /** The name a user at the current folder would give the file. */
  private String shown(Path file) {
    Path start = directory.toAbsolutePath().normalize();
    return file.startsWith(start) ? start.relativize(file).toString() : file.toString();
  }

  private void checkVersion(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new MirageException(
          "configuration file %s missing; run mirage in the unikernel's folder, or name the file with -f"
              .formatted(shown(file)));
    }
    Matcher first = VERSION.matcher(AtomicFiles.text(file).lines().findFirst().orElse(""));
    if (first.matches()) {
      throw new MirageException(
          "%s, line 1: it is written for MirageOS %s or later; this tool has the language of MirageOS 3.10"
              .formatted(shown(file), first.group(1)));
    }
  }

  private void build(DslLibrary library, String source, Path output) {
    Path object = output.resolve("config.cmo");
    Command.Result compiled =
        compiler(library)
            .with("-g", "-w", "-a", "-c", "-o", object.toString(), Command.operand(source))
            .in(directory)
            .execute();
    if (!compiled.succeeded()) {
      throw new MirageException(compiled.message());
    }
    compiler(library)
        .with("-g", "-linkpkg", "mirage.cma", "config.cmo", "-o", "config.byte")
        .in(output)
        .run();
  }

  private static Command compiler(DslLibrary library) {
    return Command.of("ocamlfind", "ocamlc")
        .with("-package", HostLibraries.names())
        .with("-I", library.directory().toString());
  }
}
