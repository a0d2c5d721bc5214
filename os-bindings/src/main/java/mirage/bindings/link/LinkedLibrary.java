// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.nio.file.Path;
import java.util.List;

/**
 * An OCaml library a program was linked with.
 *
 * @param name findlib name
 * @param archives its bytecode archives ({@code .cma}), to tell which compilation units are its own
 * @param stubs static archives ({@code .a}) or objects ({@code .o}) of its C functions, built for the target
 */
public record LinkedLibrary(String name, List<Path> archives, List<Path> stubs) {
  public LinkedLibrary {
    archives = List.copyOf(archives);
    stubs = List.copyOf(stubs);
  }
}
