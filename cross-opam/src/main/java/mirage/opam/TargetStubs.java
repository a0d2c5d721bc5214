// SPDX-License-Identifier: Apache-2.0
package mirage.opam;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import mirage.bindings.runtime.OcamlSource;
import mirage.device.SourceFolder;
import mirage.device.Target;

/**
 * The C side of the distribution's libraries on one target: which cannot be used at all, and where
 * the archives are that take the place of the distribution's.
 */
final class TargetStubs {
  private static final String NO_SYSTEM =
      "there is no operating system on the chip; use the devices of the unikernel's config.ml";

  private static final String NO_THREADS =
      "there are no system threads on the chip; use Lwt's promises";

  /** Libraries that make no sense without an operating system. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("unix", NO_SYSTEM),
          Map.entry("lwt.unix", NO_SYSTEM),
          Map.entry("threads", NO_THREADS),
          Map.entry("threads.posix", NO_THREADS),
          Map.entry("threads.vm", NO_THREADS),
          Map.entry("graphics", NO_SYSTEM),
          Map.entry("mirage-crypto-ec", "its C code is not built for the chip"),
          Map.entry(
              "dynlink", "a program for the chip is one image, nothing can be loaded into it"));

  /** Our C sources for the chip, in place of those a distribution's library was built from. */
  private static final Map<String, SourceFolder> SOURCES =
      Map.of(
          "bigstringaf", new SourceFolder(TargetStubs.class, "c/bigstringaf"),
          "cstruct", new SourceFolder(TargetStubs.class, "c/cstruct"),
          "mirage-crypto", new SourceFolder(TargetStubs.class, "c/mirage-crypto"),
          "mtime.clock.os", new SourceFolder(TargetStubs.class, "c/mtime-clock"),
          "ptime.clock.os", new SourceFolder(TargetStubs.class, "c/ptime-clock"),
          "zarith", new SourceFolder(TargetStubs.class, "c/zarith"));

  /** Libraries of the compiler's own sources, and where their C files are there. */
  private static final Map<String, String> COMPILERS_OWN = Map.of("str", "otherlibs/str");

  /** OCaml's {@code Config.cma_magic_number} and its like. */
  private static final int MAGIC_LENGTH = 12;

  private final Target target;
  private final Distribution distribution;
  private final StubArchives builder;
  private Map<Path, Inspector.Archive> inspected = Map.of();
  private Set<String> magics = Set.of();

  TargetStubs(Target target, Distribution distribution, StubArchives builder) {
    this.target = target;
    this.distribution = distribution;
    this.builder = builder;
  }

  /** Why the library cannot be used on the target; empty when it can. */
  Optional<String> refusal(Library library) {
    Optional<String> reason =
        switch (target) {
          case UNIX -> Optional.empty();
          case ESP32 ->
              Optional.ofNullable(REFUSED.get(library.name()))
                  .map(text -> "not available on %s: %s".formatted(target.id(), text));
        };
    return reason
        .or(() -> library.archives().stream().flatMap(a -> unusable(a).stream()).findFirst())
        .map(text -> "OCaml library %s: %s".formatted(library.name(), text));
  }

  /** What the distribution's META names may be anything: native code, JavaScript, nothing at all. */
  private Optional<String> unusable(Path archive) {
    if (!Files.isRegularFile(archive)) {
      return Optional.of("its file %s is missing".formatted(archive));
    }
    return magics().contains(magic(archive))
        ? Optional.empty()
        : Optional.of("%s is no bytecode of this OCaml compiler".formatted(archive));
  }

  /** Of archives ({@code .cma}) and single units ({@code .cmo}), as this compiler writes them. */
  private Set<String> magics() {
    if (magics.isEmpty()) {
      Path standard = distribution.standardLibrary();
      magics =
          Set.of(magic(standard.resolve("stdlib.cma")), magic(standard.resolve("std_exit.cmo")));
    }
    return magics;
  }

  private static String magic(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAGIC_LENGTH), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** Static archives of the library's C code, built now if need be. */
  List<Path> archives(Library library) {
    return switch (target) {
      case UNIX -> installed(library);
      case ESP32 -> compiled(library.name());
    };
  }

  private List<Path> compiled(String library) {
    if (SOURCES.containsKey(library)) {
      return List.of(builder.archive(library, StubArchives.files(SOURCES.get(library))));
    }
    if (COMPILERS_OWN.containsKey(library)) {
      Path folder = OcamlSource.folder(builder.cache(), COMPILERS_OWN.get(library));
      return List.of(builder.archive(library, StubArchives.files(folder)));
    }
    return List.of();
  }

  /** Numbers in the library's bytecode that the target's words do not hold, {@code "Unit value"}. */
  List<String> wideLiterals(Library library) {
    return switch (target) {
      case UNIX -> List.of();
      case ESP32 ->
          library.archives().stream()
              .flatMap(archive -> inspect(archive).literals().stream())
              .toList();
    };
  }

  private List<Path> installed(Library library) {
    List<Path> archives = new ArrayList<>();
    for (Path archive : library.archives()) {
      for (String object : inspect(archive).objects()) {
        if (object.startsWith("-l")) {
          String file = "lib" + object.substring(2) + ".a";
          Stream.of(library.directory(), archive.getParent(), distribution.standardLibrary())
              .map(place -> place.resolve(file))
              .filter(Files::exists)
              .findFirst()
              .ifPresent(archives::add);
        }
      }
    }
    return List.copyOf(archives);
  }

  /** The distribution's archives are read at once: one run of a host program, kept in the cache. */
  private Inspector.Archive inspect(Path archive) {
    if (inspected.isEmpty()) {
      List<Path> all =
          distribution.libraries().values().stream()
              .flatMap(library -> library.archives().stream())
              .filter(Files::exists)
              .distinct()
              .sorted()
              .toList();
      inspected = new TreeMap<>(new Inspector(builder.cache()).archives(all));
    }
    if (inspected.containsKey(archive) || !Files.exists(archive)) {
      return inspected.getOrDefault(archive, new Inspector.Archive(List.of(), List.of()));
    }
    return new Inspector(builder.cache()).archives(List.of(archive)).get(archive);
  }
}
