// SPDX-License-Identifier: Apache-2.0
package mirage.conformance;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md says of arrows, for all classes of all modules of the root pom.xml. */
class ArchitectureTest {
  private static final Path ROOT = Path.of("..");

  /** A package with more says in its package-info why. */
  private static final int MOST_CLASSES = 25;

  /** Which modules may stand on a module. */
  private static final Map<String, List<String>> ABOVE =
      Map.ofEntries(
          Map.entry("cross-opam", List.of("mirage-config")),
          Map.entry("debugger", List.of("mirage-config")),
          Map.entry("os-bindings", List.of("cross-opam", "mirage-config", "conformance")),
          Map.entry(
              "native-backend", List.of("os-bindings", "debugger", "mirage-config", "conformance")),
          Map.entry("emulator", List.of("debugger", "mirage-config", "conformance")),
          Map.entry(
              "xtensa",
              List.of("emulator", "native-backend", "os-bindings", "debugger", "conformance")),
          Map.entry(
              "formats",
              List.of(
                  "emulator",
                  "native-backend",
                  "os-bindings",
                  "cross-opam",
                  "debugger",
                  "mirage-config",
                  "conformance")),
          Map.entry(
              "host-tools",
              List.of(
                  "devices",
                  "os-bindings",
                  "cross-opam",
                  "debugger",
                  "mirage-config",
                  "conformance")),
          Map.entry(
              "device-api",
              List.of(
                  "host-tools",
                  "devices",
                  "os-bindings",
                  "cross-opam",
                  "mirage-config",
                  "conformance")));

  /** The modules that nobody but tests and the command stands on. */
  private static final List<String> ROOFS = List.of("conformance", "mirage-config", "devices");

  private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(folders());

  private static List<Path> folders() {
    try {
      return Pattern.compile("<module>(.*)</module>")
          .matcher(Files.readString(ROOT.resolve("pom.xml")))
          .results()
          .map(match -> ROOT.resolve(match.group(1)).resolve("target/classes"))
          .filter(Files::isDirectory)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void modulesDependOnModulesBelowThem() {
    LayeredArchitecture layers = layers();
    for (String roof : ROOFS) {
      layers = layers.whereLayer(roof).mayNotBeAccessedByAnyLayer();
    }
    for (Map.Entry<String, List<String>> module : ABOVE.entrySet()) {
      layers =
          layers
              .whereLayer(module.getKey())
              .mayOnlyBeAccessedByLayers(module.getValue().toArray(String[]::new));
    }
    layers.check(CLASSES);
  }

  private static LayeredArchitecture layers() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("xtensa")
        .definedBy("mirage.xtensa..")
        .layer("formats")
        .definedBy("mirage.formats..")
        .layer("device-api")
        .definedBy("mirage.device")
        .layer("devices")
        .definedBy("mirage.device.*..")
        .layer("host-tools")
        .definedBy("mirage.tools..")
        .layer("emulator")
        .definedBy("mirage.emulator..")
        .layer("native-backend")
        .definedBy("mirage.backend..")
        .layer("os-bindings")
        .definedBy("mirage.bindings..")
        .layer("cross-opam")
        .definedBy("mirage.opam..")
        .layer("debugger")
        .definedBy("mirage.debugger..")
        .layer("mirage-config")
        .definedBy("mirage.config..", "mirage.plugin..")
        .layer("conformance")
        .definedBy("mirage.conformance..");
  }

  @Test
  void everyModuleWasLookedAt() {
    assertThat(CLASSES.containPackage("mirage.backend.machine.word")).isTrue();
    for (String name : List.of("xtensa", "debugger", "plugin", "conformance", "device.testkit")) {
      assertThat(CLASSES.containPackage("mirage." + name)).as(name).isTrue();
    }
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("mirage.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packagesCanBeSeenAtOnce() throws IOException {
    for (Path folder : folders()) {
      Path sources = folder.getParent().getParent().resolve("src/main/java");
      try (Stream<Path> all = Files.exists(sources) ? Files.walk(sources) : Stream.empty()) {
        for (Path each : all.filter(Files::isDirectory).toList()) {
          seenAtOnce(each);
        }
      }
    }
  }

  private static void seenAtOnce(Path sources) throws IOException {
    try (Stream<Path> files = Files.list(sources)) {
      Path documentation = sources.resolve("package-info.java");
      long classes =
          files.filter(f -> f.toString().endsWith(".java") && !f.equals(documentation)).count();
      if (classes > MOST_CLASSES) {
        assertThat(Files.readString(documentation))
            .as("%s, of a package of %d classes", documentation, classes)
            .contains("classes");
      }
    }
  }
}
