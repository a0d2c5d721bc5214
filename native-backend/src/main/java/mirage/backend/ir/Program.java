// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.List;

/**
 * A whole program.
 *
 * @param main the toplevel code of all modules, in link order
 * @param functions all functions, {@code main} included
 * @param globals initial values of the globals as the bytecode file has them; null where a module sets
 *     it
 */
public record Program(Function main, List<Function> functions, List<Object> globals) {}
