// SPDX-License-Identifier: Apache-2.0
package samples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Arrows between modules never point back: the table in ARCHITECTURE.md, checked. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("mirage");

  @Test
  void modulesDependOnModulesBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("xtensa")
        .definedBy("mirage.xtensa..")
        .layer("formats")
        .definedBy("mirage.formats..")
        .layer("device-api")
        .definedBy("mirage.device..")
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
        .whereLayer("mirage-config")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cross-opam")
        .mayOnlyBeAccessedByLayers("mirage-config")
        .whereLayer("os-bindings")
        .mayOnlyBeAccessedByLayers("cross-opam", "mirage-config")
        .whereLayer("debugger")
        .mayOnlyBeAccessedByLayers("mirage-config")
        .whereLayer("native-backend")
        .mayOnlyBeAccessedByLayers("os-bindings", "debugger", "mirage-config")
        .whereLayer("emulator")
        .mayOnlyBeAccessedByLayers("debugger", "mirage-config")
        .whereLayer("xtensa")
        .mayOnlyBeAccessedByLayers("emulator", "native-backend", "os-bindings", "debugger")
        .whereLayer("device-api")
        .mayOnlyBeAccessedByLayers("host-tools", "os-bindings", "cross-opam", "mirage-config")
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("mirage.backend.(*)..").should().beFreeOfCycles().check(CLASSES);
    slices()
        .matching("mirage.(**)")
        .should()
        .beFreeOfCycles()
        .check(CLASSES.that(not(resideInAPackage("mirage.backend.."))));
  }
}
