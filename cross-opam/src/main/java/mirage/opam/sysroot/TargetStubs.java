// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import mirage.bindings.runtime.OcamlSource;
import mirage.device.SourceFolder;
import mirage.device.Target;
import mirage.opam.packages.KnownPackages;
import mirage.opam.packages.KnownPackages.Fact;

/**
 * The C side of the distribution's libraries on one target: which cannot be used at all, and where
 * the archives are that take the place of the distribution's.
 */
final class TargetStubs {
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
        isForTarget(library)
            ? Optional.empty()
            : KnownPackages.refusal(library.name())
                .map(text -> "not available on %s: %s".formatted(target.id(), text));
    return reason
        .or(() -> library.archives().stream().flatMap(a -> unusable(a).stream()).findFirst())
        .map(text -> "OCaml library %s: %s".formatted(library.name(), text));
  }

  /** Whether the C code that lies beside the library is the target's. */
  private boolean isForTarget(Library library) {
    return target == Target.UNIX || library.origin() == Library.Origin.INSTALLED;
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
    return isForTarget(library) ? installed(library) : compiled(library.name());
  }

  private List<Path> compiled(String library) {
    Optional<SortedMap<String, byte[]>> files =
        KnownPackages.value(Fact.C, library)
            .map(folder -> StubArchives.files(new SourceFolder(TargetStubs.class, folder)))
            .or(
                () ->
                    KnownPackages.value(Fact.COMPILER_C, library)
                        .map(folder -> OcamlSource.folder(builder.cache(), folder))
                        .map(StubArchives::files));
    return files.map(sources -> List.of(builder.archive(library, sources))).orElse(List.of());
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
