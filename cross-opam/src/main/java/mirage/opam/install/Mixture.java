// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.util.List;
import java.util.Optional;
import mirage.opam.sysroot.Sysroot;

/**
 * Finds libraries of the sysroot that were compiled against another build of what a step takes from
 * sources: the compiler would refuse the two together, in words that help nobody.
 */
record Mixture(Sysroot sysroot, Plan.Step step) {
  List<String> problems() {
    return step.libraries().stream()
        .flatMap(
            library ->
                replaced(library)
                    .map(
                        name ->
                            "package %s: the installed library %s was compiled against the installed %s, and %s is built from sources: give the source of %s, too"
                                .formatted(step.source().title(), library, name, name, library))
                    .stream())
        .toList();
  }

  private Optional<String> replaced(String library) {
    return sysroot.closureNames(List.of(library)).stream()
        .filter(name -> !name.equals(library))
        .map(name -> name.replaceFirst("\\..*", ""))
        .filter(step.requires()::contains)
        .findFirst();
  }
}
